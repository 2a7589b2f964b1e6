// Registers the worker that keeps the page on the device, and reports its state: once that the page works without a
// network, and each time that a newer version has been installed. A newer version waits until the person accepts it. At
// each visit the worker checks whether all files are still there and fetches the missing ones; only its positive answer
// sets `data-kept`. Also offers to put the page on the home screen, or explains how. The texts are in index.html.
//
// This script is separate from the loader because the page runs without it. ES5, like the loader.
(function () {
  'use strict';
  var page = document.documentElement;
  var TOLD = 'subsidy-checker.offline';
  // Not every browser reports that another worker has taken over, so the page reloads after this many milliseconds.
  var PATIENCE = 4000;

  function say(what) {
    page.setAttribute('data-offline', what);
  }

  // Offers to put the page on the home screen, but not in an info session, where other people use the device
  // afterwards.
  function offer(how) {
    if (!page.getAttribute('data-session')) {
      page.setAttribute('data-install', how);
    }
  }

  // The manifest in the page's language, which gives the name on the home screen.
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

  // In a frame, the host's page decides what is kept; a file opened from a disk is kept already.
  if (window.top !== window.self || !/^https?:$/.test(window.location.protocol)) {
    return;
  }
  if (!window.isSecureContext) {
    say('insecure');
    return;
  }

  name();
  new MutationObserver(name).observe(page, { attributeFilter: ['lang'] });

  // Most browsers install when the page asks. On iPhones people do it by hand, and browsers inside apps can't do it.
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

  // Activates the waiting version and reloads the page. The answers are stored already, and the address names the page.
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

  // Asks the worker whether all files are kept. A worker may have lost files; one that does not answer counts as
  // keeping none.
  function check(worker) {
    var channel = new MessageChannel();
    page.removeAttribute('data-kept');
    channel.port1.onmessage = function (event) {
      if (event.data) {
        page.setAttribute('data-kept', 'true');
        // There is no room for this message while an update is offered.
        if (page.getAttribute('data-offline') !== 'update' && onceOnThisDevice()) {
          say('ready');
        }
      }
    };
    worker.postMessage('check', [channel.port2]);
  }

  // Another tab has activated the newer version. This tab continues with the old one and offers the update.
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
      // The browser refuses this without a tap of the person; then nothing happens.
      Promise.resolve(asked.prompt()).catch(function () {});
      // The prompt can be shown only once; the browser may offer another one later.
      asked = null;
      offer('');
    }
  });

  // Registers the worker once more. A registration joins an installation that an earlier visit has started, and fails
  // with it, for example because the connection of that visit has failed since.
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
      // Without the worker the page works as well, as long as there is a network.
    });
  }

  window.addEventListener('online', function () {
    if (registration && registration.active) {
      check(registration.active);
    }
  });

  // The worker fetches all files again, so it is registered only after the page has loaded its own.
  if (document.readyState === 'complete') {
    register();
  } else {
    window.addEventListener('load', register);
  }
})();
