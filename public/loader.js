// Chooses the language of the page that stands in index.html, then starts the program, or leaves that page and says why.
// ES5 on purpose: every browser has to get at least that far. No inline script, so that the policy can be strict. It runs
// before the page is read, so that nobody sees all languages first.
(function () {
  'use strict';
  var page = document.documentElement;
  // Time enough on a slow line; whoever still waits then gets something to read.
  var PATIENCE = 20000;
  // A module with all that the program needs of an engine: tables of references, memory that is copied, and instructions that came late.
  var PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 4, 4, 1, 111, 0, 0, 5, 3, 1, 0, 0, 10, 26, 1, 24, 0, 65, 0,
    65, 0, 65, 0, 252, 10, 0, 0, 65, 0, 192, 26, 67, 0, 0, 0, 0, 252, 0, 26, 11];

  // The languages there are, each with its title, its file and the tags that mean it.
  var offers = document.querySelectorAll('link[hreflang]');

  // What people and browsers call a language, as one of ours: the one with the longest tag that it begins with.
  function ours(wish) {
    var found = null;
    var longest = 0;
    for (var i = 0; i < offers.length; i += 1) {
      var match = new RegExp('^(' + offers[i].getAttribute('data-tags') + ')(?![a-z])', 'i').exec(wish);
      if (match && longest < match[0].length) {
        found = offers[i];
        longest = match[0].length;
      }
    }
    return found;
  }

  function kept() {
    try {
      return window.localStorage.getItem('subsidy-checker.language');
    } catch (refused) {
      return null;
    }
  }

  // The address first, then what was chosen before, then the browser's own; somebody who reads none of ours gets the one for others.
  function choose() {
    var given = /[?&]lang=([^&#]*)/.exec(window.location.search);
    var own = window.navigator.languages || [window.navigator.language || ''];
    var wishes = [given ? given[1] : '', kept() || ''].concat([].slice.call(own));
    for (var i = 0; i < wishes.length; i += 1) {
      var wished = ours(wishes[i]);
      if (wished) {
        return wished;
      }
    }
    return (own[0] && document.querySelector('link[data-others]')) || offers[0];
  }

  // Writes to the browser's console why the program did not start.
  function logError(why) {
    if (why && window.console) {
      window.console.error('the program did not start', why);
    }
  }

  // Everything on the page that isn't always there says itself when it is, by a selector of the page's state.
  function show() {
    var parts = document.querySelectorAll('[data-if]');
    for (var i = 0; i < parts.length; i += 1) {
      parts[i].hidden = !document.querySelector(parts[i].getAttribute('data-if'));
    }
    var names = document.querySelectorAll('.file');
    for (var j = 0; j < names.length; j += 1) {
      names[j].textContent = page.getAttribute('data-lost');
    }
  }

  function fail(why) {
    page.removeAttribute('data-ready');
    page.setAttribute('data-failed', 'true');
    logError(why);
    show();
  }

  // A file that didn't come, or another in its place, is no fault of the browser.
  function lose(file, why) {
    page.setAttribute('data-lost', file.split('/').pop());
    fail(why || 'a file can not be had');
  }

  function add(script, loaded, failed) {
    var element = document.createElement('script');
    element.src = script;
    element.onload = loaded;
    element.onerror = failed;
    document.head.appendChild(element);
  }

  // Requests a script once more if it was lost or something else came in its place: a browser that ends the service worker while the
  // worker answers loses the answer. The second request has another address, because WebKit remembers a script that was lost and
  // doesn't request the same address again, however often the page is opened.
  function load(script, isThere, loaded, failed) {
    function then(otherwise) {
      return function () {
        return isThere() ? loaded() : otherwise();
      };
    }
    function again() {
      add(script + '?again', then(failed), failed);
    }
    add(script, then(again), again);
  }

  var language = choose();
  page.lang = language.hreflang;
  page.setAttribute('data-scripts', 'true');
  document.title = language.title;

  // What the page is used for besides, with a script of its own; in the single file all of them are there.
  function use(what, failed) {
    var script = document.querySelector('meta[name=' + what + ']');
    if (script) {
      load(script.content, function () {
        return page.getAttribute('data-used') === what;
      }, doNothing, function () {
        failed(script.content);
      });
    }
  }

  function doNothing() {
    // The script that was loaded starts by itself.
  }

  function isSession() {
    return /^#session/.test(window.location.hash);
  }

  // On somebody else's page, which has a head of its own.
  if (window.top !== window.self) {
    page.setAttribute('data-framed', 'true');
    // Without it the frame keeps its height, and that is all.
    use('frame', doNothing);
  } else if (isSession()) {
    page.setAttribute('data-session', 'true');
    // However far the person before had come.
    window.location.replace('#session');
    use('session', lose);
  } else {
    // Typed behind the address of an open page.
    window.addEventListener('hashchange', function () {
      if (isSession()) {
        window.location.reload();
      }
    });
  }

  // Inside another app: where the program doesn't run there, the browser may help.
  if (/MicroMessenger|AlipayClient/i.test(window.navigator.userAgent)) {
    page.setAttribute('data-app', 'true');
  }

  // The page may still be coming when everything else is there already.
  function whenRead(then) {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', then);
    } else {
      then();
    }
  }

  whenRead(show);
  if (window.MutationObserver) {
    new MutationObserver(show).observe(page, { attributes: true });
  }

  if (typeof WebAssembly !== 'object' || typeof fetch !== 'function' || typeof Promise !== 'function') {
    fail();
    return;
  }

  window.setTimeout(function () {
    // Without its cover nobody's answers would go.
    if (page.getAttribute('data-session') && !page.getAttribute('data-covered')) {
      fail('the session does not begin');
    } else if (!page.getAttribute('data-ready') && !page.getAttribute('data-failed')) {
      page.setAttribute('data-slow', 'true');
    }
    // Nothing is shown while its looks are still to come.
    var looks = document.querySelector('link[rel=stylesheet]');
    if (looks && !looks.sheet) {
      looks.parentNode.removeChild(looks);
    }
  }, PATIENCE);

  // A tap before the program has come is kept in the address, and what was tapped shows that it was.
  function showTap() {
    var links = document.querySelectorAll('#plain .goals a');
    for (var i = 0; i < links.length; i += 1) {
      links[i].setAttribute('aria-current', String(links[i].hash === window.location.hash));
    }
  }

  whenRead(showTap);
  window.addEventListener('hashchange', function () {
    // The browser lets the address be changed again.
    page.removeAttribute('data-at');
    if (!page.getAttribute('data-ready')) {
      showTap();
    }
  });

  // Goes to a fragment of this page. A `blob:` page in a sandbox may not change its own address, but may write it into its history. Where
  // that is refused as well, the fragment is noted on the page. The program uses this function too.
  function go(to, instead) {
    var whole = window.location.href.split('#')[0] + to;
    function isThere() {
      return (window.location.hash || '#') === to;
    }
    try {
      if (instead) {
        window.location.replace(whole);
      } else {
        window.location.hash = to;
      }
    } catch (refused) {
      // Firefox throws here. Chromium and WebKit report doNothing, so the address is compared below.
    }
    if (isThere() && !page.hasAttribute('data-at')) {
      return;
    }
    page.removeAttribute('data-at');
    try {
      window.history[instead ? 'replaceState' : 'pushState'](null, '', whole);
    } catch (refused) {
      // Chromium reports nothing here either, after too many changes in a short time.
    }
    if (!isThere()) {
      page.setAttribute('data-at', to);
    }
    window.dispatchEvent(new Event('popstate'));
  }

  window.goToFragment = go;

  // Links within the page. Before the program has come a second tap takes the place of the first, so that the way back doesn't lead to
  // it. In a page that was put into another as a whole a fragment belongs to the other's address.
  document.addEventListener('click', function (event) {
    var link = event.target;
    while (link && link.nodeName !== 'A') {
      link = link.parentNode;
    }
    var to = link && link.getAttribute('href');
    if (!to || to.charAt(0) !== '#' || event.defaultPrevented) {
      return;
    }
    var here = window.location.href.split('#')[0];
    if (!page.getAttribute('data-ready') && window.location.hash) {
      event.preventDefault();
      go(to, true);
    } else if (document.baseURI.split('#')[0] !== here || !/^(https?|file):/.test(here)) {
      event.preventDefault();
      go(to);
    }
  });

  var program = document.getElementById('program');
  // In the single file it stands before this script, and everything else with it.
  var glue = program.getAttribute('data-glue');

  // Where another program runs, it was the file.
  function judge(why) {
    if (!glue || page.getAttribute('data-failed')) {
      fail(why);
    } else {
      WebAssembly.instantiate(new Uint8Array(PROBE)).then(function () {
        lose(program.href, why);
      }, function () {
        fail(why);
      });
    }
  }

  function run() {
    try {
      // Declared by the script with `let`, so it is no property of the window.
      wasm_bindgen({ module_or_path: program.href }).then(null, judge);
    } catch (why) {
      judge(why);
    }
  }

  if (!glue) {
    whenRead(run);
    return;
  }

  // The program asks for it later; it may come meanwhile.
  var text = document.createElement('link');
  text.rel = 'preload';
  text.as = 'fetch';
  text.crossOrigin = 'anonymous';
  text.href = language.getAttribute('data-text');
  document.head.appendChild(text);

  load(glue, function () {
    return typeof wasm_bindgen !== 'undefined';
  }, function () {
    whenRead(run);
  }, function () {
    lose(glue);
  });
})();
