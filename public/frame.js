// Talks to the page of somebody else that shows this one in a frame: how high it is, that one has gone on, and what came of it
// where that was asked for. The messages are in docs/embedding.md. No answer goes out. Does nothing outside frames. ES5, like
// the loader.
(function () {
  'use strict';
  var KEY = 'subsidy-checker';
  // What can be shown, by the beginning of its address.
  var PAGES = { q: 'question', answers: 'answers', result: 'result', rules: 'rules' };
  var GOALS = ['enrol', 'exam', 'claim'];
  // The most that is told.
  var MOST = 50000;
  // Smaller changes are left alone: a page that reacts to its own height must not go round in circles.
  var SLACK = 4;
  var page = document.documentElement;
  var host = window.parent;
  // The host's, from the first sensible thing it said. One without a name hears only the height.
  var origin = null;
  var told = 0;
  // Whether the host asked to hear it.
  var wantsResult = false;
  // What the host wants of the program, once it runs.
  var wanted = [];

  if (window.top === window.self) {
    return;
  }

  function isNamed(one) {
    return /^https?:/.test(one);
  }

  function send(type, more, to) {
    var message = more || {};
    message[KEY] = 1;
    message.type = type;
    host.postMessage(message, to);
  }

  function sendToHost(type, more) {
    if (origin && isNamed(origin)) {
      send(type, more, origin);
    }
  }

  // To anybody: it is no secret, and a host that can't be named needs it most.
  function measure() {
    var height = Math.min(Math.ceil(document.body.getBoundingClientRect().height), MOST);
    if (Math.abs(height - told) > SLACK) {
      told = height;
      send('height', { height: height }, '*');
    }
  }

  function step() {
    var first = window.location.hash.slice(1).split('/')[0];
    sendToHost('step', { page: PAGES.hasOwnProperty(first) ? PAGES[first] : 'start' });
  }

  // What the program shows and the host may hear: the findings of a result, and that the answers were deleted. Told once for as
  // long as it is shown.
  var shown = {};

  // Whether the person has sent an answer here: what was answered at another time, on another page, is no host's business, neither
  // to hear nor to delete.
  function isAnswered() {
    return page.hasAttribute('data-answered');
  }

  function look() {
    var result = wantsResult && isAnswered() && document.querySelector('[data-findings]');
    var findings = result && result.getAttribute('data-findings');
    tell('result', findings, findings && { findings: JSON.parse(findings) });
    tell('reset', document.querySelector('.notice.deleted'));
  }

  function tell(type, now, more) {
    var before = shown[type];
    shown[type] = now;
    if (now && now !== before) {
      sendToHost(type, more);
    }
  }

  function choose(language) {
    var links = document.querySelectorAll('.languages a[hreflang]');
    for (var i = 0; i < links.length; i += 1) {
      if (links[i].hreflang === language && page.lang !== language) {
        links[i].click();
      }
    }
  }

  // The page before the program has links for languages that would load another.
  function whenReady(act) {
    if (page.getAttribute('data-ready')) {
      act();
    } else {
      wanted.push(act);
    }
  }

  function ready() {
    while (page.getAttribute('data-ready') && wanted.length) {
      wanted.shift()();
    }
  }

  // The page is loaded anew, so that nothing is shown any more of who was here; the host says `start` again then.
  function reset(goal) {
    if (isAnswered()) {
      try {
        window.localStorage.removeItem('subsidy-checker.answers');
        window.localStorage.removeItem('subsidy-checker.papers');
      } catch (refused) {
        // Then nothing is in it.
      }
    }
    sendToHost('reset');
    // Without a word to the program, which would go on with what it has.
    window.history.replaceState(null, '', GOALS.indexOf(goal) >= 0 ? '#start/' + goal : '#');
    window.location.reload();
  }

  // The host's looks, as far as people can read what is painted so.

  var ACCENT = /^#[0-9a-f]{6}$/i;
  // Of normal text; WCAG 2, AA.
  var LEAST = 4.5;
  // The share of the accent in the ground of what is chosen.
  var TINT = 0.1;
  var DARK = '(prefers-color-scheme: dark)';
  // When it is dark.
  var SCHEMES = { light: 'not all', dark: 'all', auto: DARK };
  var theme = {};
  // Of the style sheet: what is dark.
  var darkRule = null;

  function refuse(what) {
    if (window.console) {
      window.console.warn(KEY + ': ' + what);
    }
  }

  function rgb(colour) {
    return [1, 3, 5].map(function (at) {
      return parseInt(colour.substr(at, 2), 16);
    });
  }

  // WCAG's relative luminance.
  function luminance(colour) {
    var parts = rgb(colour).map(function (part) {
      return part / 255 <= 0.04045 ? part / 255 / 12.92 : Math.pow((part / 255 + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  function contrast(one, two) {
    one = luminance(one) + 0.05;
    two = luminance(two) + 0.05;
    return Math.max(one, two) / Math.min(one, two);
  }

  function mixed(ground, colour) {
    var over = rgb(colour);
    var parts = rgb(ground).map(function (part, at) {
      return ('0' + Math.round(part + (over[at] - part) * TINT).toString(16)).slice(-2);
    });
    return '#' + parts.join('');
  }

  function token(name) {
    return window.getComputedStyle(page).getPropertyValue('--' + name).trim();
  }

  function set(name, value) {
    if (value === null) {
      page.style.removeProperty('--' + name);
    } else {
      page.style.setProperty('--' + name, value);
    }
  }

  // The accent, where everything that it would be on, and everything on it, can be read.
  function paintAccent() {
    var accent = theme.accent;
    set('accent', null);
    set('tint', null);
    if (accent === undefined) {
      return;
    }
    if (!ACCENT.test(accent)) {
      refuse('the accent ' + accent + ' is no colour. Write it like #0b5cad');
      return;
    }
    var tint = mixed(token('surface'), accent);
    var pairs = [[accent, tint], [token('text'), tint], [token('quiet'), tint], [token('on-accent'), accent]];
    ['ground', 'surface', 'good-tint', 'bad-tint', 'open-tint'].forEach(function (ground) {
      pairs.push([accent, token(ground)]);
    });
    for (var i = 0; i < pairs.length; i += 1) {
      var found = contrast(pairs[i][0], pairs[i][1]);
      if (found < LEAST) {
        refuse('with the accent ' + accent + ' the contrast of ' + pairs[i].join(' on ') + ' would be ' + found.toFixed(2) +
          ', less than ' + LEAST + '. The own colour stays');
        return;
      }
    }
    set('accent', accent);
    set('tint', tint);
  }

  function paintPixels(name, value, least, most) {
    set(name, null);
    if (typeof value === 'number' && value >= least && value <= most) {
      set(name, value + 'px');
    } else if (value !== undefined) {
      refuse('the ' + name + ' ' + value + ' is no number of pixels from ' + least + ' to ' + most);
    }
  }

  // All that is dark is one rule of the style sheet, which the browser's preference switches on otherwise.
  function paintScheme() {
    var scheme = theme.scheme === undefined ? 'auto' : theme.scheme;
    if (!SCHEMES.hasOwnProperty(scheme)) {
      refuse('the scheme ' + scheme + ' is none of light, dark and auto');
      return;
    }
    try {
      var rules = document.styleSheets[0].cssRules;
      for (var i = 0; i < rules.length && !darkRule; i += 1) {
        darkRule = rules[i].media && rules[i].media.mediaText === DARK ? rules[i] : null;
      }
      darkRule.media.mediaText = SCHEMES[scheme];
      page.style.colorScheme = scheme === 'auto' ? '' : scheme;
    } catch (unreadable) {
      refuse('the style sheet is closed to this page, in a sandbox; its scheme stays. Show checker.html there');
    }
  }

  // What is no short word or number is left out.
  function paint(said) {
    theme = {};
    LOOKS.forEach(function (look) {
      if (typeof said[look] === 'number' || typeof said[look] === 'string' && said[look].length < 20) {
        theme[look] = said[look];
      } else if (said[look] !== undefined) {
        refuse('the ' + look + ' is neither a number nor a short word');
      }
    });
    paintScheme();
    paintAccent();
    paintPixels('corner', theme.corner, 0, 24);
    paintPixels('size', theme.size, 14, 24);
  }

  // Only another look than the last is painted, and once a frame, however often it is sent.
  var LOOKS = ['accent', 'corner', 'size', 'scheme'];
  var painted = '';
  var asked = null;

  function wear(said) {
    if (!asked) {
      window.requestAnimationFrame(function () {
        var now = asked;
        var look = LOOKS.map(function (name) {
          return typeof now[name] + (typeof now[name] === 'object' ? '' : now[name]);
        }).join();
        asked = null;
        if (look !== painted) {
          painted = look;
          paint(now);
        }
      });
    }
    asked = said;
  }

  window.addEventListener('message', function (event) {
    var said = event.data;
    if (event.source !== host || typeof said !== 'object' || !said || said[KEY] !== 1) {
      return;
    }
    if (said.type === 'start' && !origin) {
      origin = event.origin;
      wantsResult = Array.isArray(said.events) && said.events.indexOf('result') >= 0;
      whenReady(function () {
        sendToHost('ready');
      });
      told = 0;
      measure();
      look();
    } else if (event.origin !== origin) {
      return;
    } else if (said.type === 'lang') {
      whenReady(function () {
        choose(said.lang);
      });
    } else if (said.type === 'theme') {
      wear(said);
    } else if (said.type === 'reset') {
      reset(said.goal);
    }
  });

  window.addEventListener('popstate', step);
  // A colour that can be read by day may not be at night.
  window.matchMedia(DARK).addEventListener('change', paintAccent);

  function begin() {
    // Other sites needn't let themselves be shown in a frame.
    [].forEach.call(document.querySelectorAll('a[href^=http]'), function (link) {
      link.target = '_blank';
      link.rel = 'noopener';
    });
    new ResizeObserver(measure).observe(document.body);
    new MutationObserver(ready).observe(page, { attributes: true, attributeFilter: ['data-ready'] });
    new MutationObserver(look).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'data-findings'],
    });
  }

  page.setAttribute('data-used', 'frame');
  if (document.body) {
    begin();
  } else {
    document.addEventListener('DOMContentLoaded', begin);
  }
})();
