// Keeps the page on the device by the worker, and says what comes of it: once that it works without a network now, and
// whenever a newer version has come. A newer one waits until it is wanted. At each visit the worker is asked whether all is still
// there, and takes what isn't: only its answer makes the page `data-kept`. Offers a place on the home screen, or says how to get one.
// What is said stands in index.html.
// Apart from the loader, because the page runs without it. ES5, like the loader.
(function () {
  'use strict';
  var page = document.documentElement;
  var TOLD = 'subsidy-checker.offline';
  // Not every browser says that another worker has taken over.
  var PATIENCE = 4000;

  function say(what) {
    page.setAttribute('data-offline', what);
  }

  // Nobody puts the page on the home screen of a device that others use after them.
  function offer(how) {
    if (!page.getAttribute('data-session')) {
      page.setAttribute('data-install', how);
    }
  }

  // The name on the home screen is in the language of the page.
  var manifest = document.createElement('link');
  manifest.rel = 'manifest';
  function name() {
    var language = document.querySelector('link[hreflang="' + page.lang + '"]');
    manifest.href = language.getAttribute('data-manifest');
    document.head.appendChild(manifest);
  }

  function onceOnThisDevice() {
    try {
      var told = window.localStorage.getItem(TOLD);
      window.localStorage.setItem(TOLD, 'told');
      return !told;
    } catch (refused) {
      return false;
    }
  }

  // In a frame it is the host's page that is kept or not; a file is kept by whoever has it.
  if (window.top !== window.self || !/^https?:$/.test(window.location.protocol)) {
    return;
  }
  if (!window.isSecureContext) {
    say('insecure');
    return;
  }

  name();
  new MutationObserver(name).observe(page, { attributeFilter: ['lang'] });

  // Most browsers ask when the page does; iPhones only do it by hand, and apps' own browsers not at all.
  var asked = null;
  var agent = window.navigator.userAgent;
  window.addEventListener('beforeinstallprompt', function (event) {
    event.preventDefault();
    asked = event;
    offer('prompt');
  });
  window.addEventListener('appinstalled', function () {
    offer('');
  });
  if (/MicroMessenger|AlipayClient/i.test(agent)) {
    offer('in-app');
  } else if (window.navigator.standalone === false && /iP(hone|ad|od)|Macintosh/.test(agent)) {
    offer('share');
  }

  var workers = window.navigator.serviceWorker;
  if (!workers) {
    return;
  }

  var registration = null;
  var reloading = false;
  var triedAgain = false;
  var wasKept = !!workers.controller;

  function reload() {
    if (!reloading) {
      reloading = true;
      window.location.reload();
    }
  }

  // The answers are stored already, and the page stands in the address.
  function takeOver() {
    var waiting = registration && registration.waiting;
    if (!waiting) {
      reload();
      return;
    }
    workers.addEventListener('controllerchange', reload);
    window.setTimeout(reload, PATIENCE);
    waiting.postMessage('take-over');
  }

  function watch(worker) {
    var isFirst = !workers.controller;
    worker.addEventListener('statechange', function () {
      if (worker.state === 'installed' && !isFirst) {
        say('update');
      }
      if (worker.state === 'redundant' && isFirst) {
        tryAgain();
      }
      if (worker.state === 'activated' && isFirst) {
        check(worker);
      }
    });
  }

  // A worker may have lost what it kept; one that doesn't answer keeps nothing.
  function check(worker) {
    var channel = new MessageChannel();
    page.removeAttribute('data-kept');
    channel.port1.onmessage = function (event) {
      if (event.data) {
        page.setAttribute('data-kept', 'true');
        // Beside an offer there is no room.
        if (page.getAttribute('data-offline') !== 'update' && onceOnThisDevice()) {
          say('ready');
        }
      }
    };
    worker.postMessage('check', [channel.port2]);
  }

  // Another tab has taken the newer version: this one goes on as it is, and may follow.
  workers.addEventListener('controllerchange', function () {
    if (wasKept) {
      say('update');
    }
    wasKept = true;
  });

  document.addEventListener('click', function (event) {
    if (event.target.className === 'button take-over') {
      takeOver();
    }
    if (event.target.className === 'button small put' && asked) {
      // Refused where nobody's finger was there; then nothing happens.
      Promise.resolve(asked.prompt()).catch(function () {});
      // It can be asked once; the browser offers again if it likes.
      asked = null;
      offer('');
    }
  });

  // What could not be installed was often an earlier visit's, on a line that has died since: once more on this one.
  function tryAgain() {
    if (!triedAgain) {
      triedAgain = true;
      register();
    }
  }

  function register() {
    workers.register('sw.js', { updateViaCache: 'none' }).then(function (registered) {
      registration = registered;
      if (registered.waiting && wasKept) {
        say('update');
      }
      if (registered.active) {
        check(registered.active);
      }
      if (registered.installing) {
        watch(registered.installing);
      } else if (!registered.active) {
        tryAgain();
      }
      registered.addEventListener('updatefound', function () {
        watch(registered.installing);
      });
    }, function () {
      // Without it the page is as good, as long as there is a network.
    });
  }

  window.addEventListener('online', function () {
    if (registration && registration.active) {
      check(registration.active);
    }
  });

  // The worker asks for all files again: not while the page itself is waiting for them.
  if (document.readyState === 'complete') {
    register();
  } else {
    window.addEventListener('load', register);
  }
})();
