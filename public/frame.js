// Talks to the page that shows this one in a frame: sends the height, each change of page, and the result if the host
// asked for it, but never an answer. The messages are in docs/embedding.md. Does nothing outside frames. ES5, like the
// loader.
(function () {
  'use strict';
  var KEY = 'subsidy-checker';
  // The kind of page for the first word of the fragment.
  var PAGES = { q: 'question', answers: 'answers', result: 'result', rules: 'rules' };
  var GOALS = ['enrol', 'exam', 'claim'];
  // The largest height that is sent, in pixels.
  var MOST = 50000;
  // Smaller changes of the height, in pixels, are not sent, so that a host page that reacts to the height can't cause
  // an endless loop.
  var SLACK = 4;
  var page = document.documentElement;
  var host = window.parent;
  // The host's origin, taken from its first valid message. A host without a named origin receives only the height.
  var origin = null;
  var told = 0;
  // Whether the host asked for the result.
  var wantsResult = false;
  // The host's requests that wait until the program runs.
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

  // Sends the height to any origin: it is not confidential, and hosts without a named origin need it most.
  function measure() {
    var height = Math.min(Math.ceil(document.body.getBoundingClientRect().height), MOST);
    if (Math.abs(height - told) > SLACK) {
      told = height;
      send('height', { height: height }, '*');
    }
  }

  function step() {
    var first = (page.getAttribute('data-at') || window.location.hash).slice(1).split('/')[0];
    sendToHost('step', { page: PAGES.hasOwnProperty(first) ? PAGES[first] : 'start' });
  }

  // What is shown now and may be sent to the host: the findings of a result, and that the answers were deleted. Each is
  // sent once for as long as it is shown.
  var shown = {};

  // Whether the person has sent an answer on this page. The host may neither read nor delete answers given earlier or
  // elsewhere.
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

  // Runs a function when the program is ready. Until then the language links would load another page.
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

  // Deletes the answers and loads the page again, so that nothing of the previous person is shown. The host then sends
  // `start` again.
  function reset(goal) {
    if (isAnswered()) {
      try {
        window.localStorage.removeItem('subsidy-checker.answers');
        window.localStorage.removeItem('subsidy-checker.papers');
      } catch (refused) {
        // If the storage is refused, nothing is stored in it.
      }
    }
    sendToHost('reset');
    // The address is replaced without an event, because the program would continue with its present state. It is complete, because a
    // fragment alone may be resolved against another page's address.
    var here = window.location.href.split('#')[0];
    window.history.replaceState(null, '', here + (GOALS.indexOf(goal) >= 0 ? '#start/' + goal : '#'));
    window.location.reload();
  }

  // The host's appearance is applied as far as the text stays readable.

  var ACCENT = /^#[0-9a-f]{6}$/i;
  // The least contrast of normal text (WCAG 2, level AA).
  var LEAST = 4.5;
  // The share of the accent colour in the background of a chosen item.
  var TINT = 0.1;
  var DARK = '(prefers-color-scheme: dark)';
  // The media query of the dark rule for each scheme.
  var SCHEMES = { light: 'not all', dark: 'all', auto: DARK };
  var theme = {};
  // The rule of the style sheet that holds the dark colours.
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

  // Returns the relative luminance as defined by WCAG.
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

  // Applies the accent colour if text in it and on it has enough contrast on every background.
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

  // Sets when the dark colours apply. They are one rule of the style sheet, which otherwise follows the browser's
  // preference.
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

  // Applies an appearance. Values that are neither numbers nor short words are rejected.
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

  // Applies an appearance only if it differs from the last one, and at most once per animation frame, however often it
  // is sent.
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
  // An accent colour that is readable in the light scheme may not be in the dark one.
  window.matchMedia(DARK).addEventListener('change', paintAccent);

  function begin() {
    // Links to other websites open in a new tab, because those websites may not allow frames.
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
