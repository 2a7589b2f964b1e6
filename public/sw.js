// Keeps the whole page on the device, so that it opens without a network.
//
// xtask fills in the files that were built and a version over every byte of them. A version is taken whole or not at all,
// and never takes the place of another by itself: the page asks first.
'use strict';

var VERSION = '{{ version }}';
// Each file with the SHA-256 of its content.
var FILES = {{ files }};
// What the page opens without: a host that doesn't know such a file has the rest kept all the same.
var SPARE = /\.(webmanifest|png|svg)$/;
// A line may go dead without a word. What hasn't come by then is given up, and tried at the next visit.
var PATIENCE = 240000;
// Nor does every storage answer. Whoever waits longer for what is kept gets it from the network.
var STORAGE_PATIENCE = 2000;
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

// Takes files. Fails if one of them doesn't come that the page needs; the others may follow at another visit.
function takeAll(cache, files) {
  var stop = new AbortController();
  var failure = null;
  var clock = setTimeout(function () {
    stop.abort();
  }, PATIENCE);
  return Promise.all(files.map(function (file) {
    return take(cache, file, stop.signal).catch(function (why) {
      if (!SPARE.test(file)) {
        failure = failure || why;
        stop.abort();
      }
    });
  })).then(function () {
    clearTimeout(clock);
    if (failure) {
      throw failure;
    }
  });
}

// The files of the list that aren't kept: browsers throw away what they kept, and the worker stays.
function missing(cache) {
  return cache.keys().then(function (requests) {
    var kept = requests.map(function (request) {
      return request.url;
    });
    return Object.keys(FILES).filter(function (file) {
      return kept.indexOf(address(file)) < 0;
    });
  });
}

// Takes what is missing. Fails if the page doesn't open without a network then.
function check() {
  return caches.open(OURS + VERSION).then(function (cache) {
    return missing(cache).then(function (files) {
      return takeAll(cache, files);
    });
  });
}

self.addEventListener('install', function (event) {
  event.waitUntil(
    caches.has(OURS + VERSION).then(function (had) {
      return check().catch(function (failure) {
        // One that fails fails all, and nothing is kept of it. What was there before is another worker's of the same version.
        return (had ? Promise.resolve() : caches.delete(OURS + VERSION)).then(function () {
          throw failure;
        });
      });
    })
  );
});

// What is done by then, well or badly: whatever waits for it has to go on.
function inTime(doing) {
  return new Promise(function (done) {
    setTimeout(done, STORAGE_PATIENCE);
    doing().then(done, done);
  });
}

function removeOlder() {
  return caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) {
      return name.indexOf(OURS) === 0 && name !== OURS + VERSION;
    }).map(function (name) {
      return caches.delete(name);
    }));
  });
}

// Nothing is answered before this is over.
self.addEventListener('activate', function (event) {
  event.waitUntil(inTime(removeOlder).then(function () {
    return self.clients.claim();
  }));
});

// The person has said that the new version may take over.
self.addEventListener('message', function (event) {
  if (event.data === 'take-over') {
    self.skipWaiting();
  }
  if (event.data === 'check') {
    event.waitUntil(check().then(function () {
      event.ports[0].postMessage(true);
    }, function () {
      event.ports[0].postMessage(false);
    }));
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

// What is kept of a file. The shell of which the rest isn't all there is only the last resort: the host may have a newer version,
// and no longer the rest of this one.
function look(file) {
  return caches.open(OURS + VERSION).then(function (cache) {
    return Promise.all([cache.match(file), file === address('./') ? missing(cache) : []]);
  }).then(function (found) {
    return { response: found[0], last: found[1].some(function (file) {
      return !SPARE.test(file);
    }) };
  });
}

// How long the next request waits for the storage: whoever has waited in vain once doesn't do so for every file.
var wait = STORAGE_PATIENCE;

// From what is kept; from the network where that fails, takes too long or lacks something; and from whatever is kept after all where
// there is no network.
function answer(request, file) {
  return new Promise(function (done, failed) {
    var asked = false;
    var found = look(file);

    function ask() {
      if (!asked) {
        asked = true;
        fetch(request).then(done, function (why) {
          found.then(function (kept) {
            if (!kept.response) {
              throw why;
            }
            done(kept.response);
          }).catch(function () {
            failed(why);
          });
        });
      }
    }

    var clock = setTimeout(function () {
      wait = 0;
      ask();
    }, wait);
    found.then(function (kept) {
      wait = STORAGE_PATIENCE;
      clearTimeout(clock);
      if (kept.response && !kept.last) {
        done(kept.response);
      } else {
        ask();
      }
    }).catch(function () {
      clearTimeout(clock);
      ask();
    });
  });
}

self.addEventListener('fetch', function (event) {
  var file = wanted(event.request);
  if (file) {
    event.respondWith(answer(event.request, file));
  }
});
