// Keeps the whole page on the device, so that it opens without a network.
//
// xtask fills in the files that were built and a version over every byte of them. A version is taken whole or not at all,
// and never takes the place of another by itself: the page asks first.
'use strict';

var VERSION = '{{ version }}';
// Each file with the SHA-256 of its content.
var FILES = {{ files }};
// A line may go dead without a word. What hasn't come by then is given up, and tried at the next visit.
var PATIENCE = 240000;
// Of this folder only: other pages of the same site have caches of their own.
var OURS = 'subsidy-checker ' + new URL('./', self.location).pathname + ' ';

function address(file) {
  return new URL(file, self.location).href;
}

function digest(content) {
  return crypto.subtle.digest('SHA-256', content).then(function (hash) {
    return Array.prototype.map.call(new Uint8Array(hash), function (byte) {
      return ('0' + byte.toString(16)).slice(-2);
    }).join('');
  });
}

// Takes one file if it is what was built: networks that want one to log in first, and hosts in the middle of an upload, send
// something else and call it good.
function take(cache, file, signal) {
  return fetch(address(file), { cache: 'no-cache', signal: signal }).then(function (response) {
    return response.arrayBuffer().then(function (content) {
      return digest(content).then(function (hash) {
        if (hash !== FILES[file]) {
          throw new Error(file + ' is not the file that was built');
        }
        var type = response.headers.get('Content-Type') || 'application/octet-stream';
        return cache.put(address(file), new Response(content, { headers: { 'Content-Type': type } }));
      });
    });
  });
}

self.addEventListener('install', function (event) {
  var stop = new AbortController();
  var failure = null;
  function fail(why) {
    failure = failure || why;
    stop.abort();
  }
  var clock = setTimeout(fail, PATIENCE, new Error('it takes too long'));
  event.waitUntil(
    caches.open(OURS + VERSION).then(function (cache) {
      return Promise.all(Object.keys(FILES).map(function (file) {
        return take(cache, file, stop.signal).catch(fail);
      }));
    }).then(function () {
      clearTimeout(clock);
      // One that fails fails all, and nothing is kept of it.
      return failure && caches.delete(OURS + VERSION).then(function () {
        throw failure;
      });
    })
  );
});

self.addEventListener('activate', function (event) {
  event.waitUntil(
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(OURS) === 0 && name !== OURS + VERSION;
      }).map(function (name) {
        return caches.delete(name);
      }));
    }).then(function () {
      return self.clients.claim();
    })
  );
});

// The person has said that the new version may take over.
self.addEventListener('message', function (event) {
  if (event.data === 'take-over') {
    self.skipWaiting();
  }
});

// Which of our files is asked for. The shell whatever its query says, every other file by its exact name, and HTML only for
// whoever goes to the page: as an answer to a script it would be a white screen.
function wanted(request) {
  var url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) {
    return null;
  }
  var plain = url.origin + url.pathname;
  var isShell = plain === address('./') || plain === address('index.html');
  if (request.mode === 'navigate') {
    return isShell ? address('./') : null;
  }
  return !isShell && Object.keys(FILES).map(address).indexOf(plain) >= 0 ? plain : null;
}

self.addEventListener('fetch', function (event) {
  var file = wanted(event.request);
  if (!file) {
    return;
  }
  event.respondWith(
    caches.open(OURS + VERSION).then(function (cache) {
      return cache.match(file);
    }).then(function (kept) {
      return kept || fetch(event.request);
    })
  );
});
