// Keeps the whole page on the device, so that it opens without a network.
//
// xtask fills in the list of the built files and a version computed from every byte of them. A version is installed
// completely or not at all, and replaces another one only after the person has accepted it.
'use strict';

var VERSION = '{{ version }}';
// Each file with the SHA-256 of its content.
var FILES = {{ files }};
// The files that the page can open without: a host that does not serve them does not prevent the others from being
// kept.
var SPARE = /\.(webmanifest|png|svg)$/;
// A connection may stop without an error. Requests are given up after this many milliseconds and repeated at the next
// visit.
var PATIENCE = 240000;
// A storage may not answer either. After this many milliseconds a file is fetched from the network.
var STORAGE_PATIENCE = 2000;
// The prefix of the cache names, for this folder only: other pages of the same website have their own caches.
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

// Fetches one file and keeps it if its hash is that of the built file: login pages of networks and hosts during an
// upload send other content with status 200.
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

// Fetches and keeps files. Fails if a file that the page needs is missing; the others may follow at another visit.
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

// Returns the files of the list that are not in the cache: browsers delete cached files while the worker stays.
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

// Fetches and keeps the missing files. Fails if the page would not open without a network afterwards.
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
        // If one file fails, the installation fails and its cache is deleted. A cache that existed before belongs to
        // another worker of the same version.
        return (had ? Promise.resolve() : caches.delete(OURS + VERSION)).then(function () {
          throw failure;
        });
      });
    })
  );
});

// Resolves when the task has ended, successfully or not, or after the time limit, because others wait for it.
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

// The worker answers no request before this has ended.
self.addEventListener('activate', function (event) {
  event.waitUntil(inTime(removeOlder).then(function () {
    return self.clients.claim();
  }));
});

// The person has accepted the new version.
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

// Returns the address of the kept file that a request asks for, or null. The shell matches with any query and every
// other file by its exact address; HTML is returned only for navigation, because it would break a script request.
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

// Returns the kept response of a file. The shell is marked as a last resort (`last`) if other needed files are missing:
// the host may serve a newer version, and no longer the missing files of this one.
function look(file) {
  return caches.open(OURS + VERSION).then(function (cache) {
    return Promise.all([cache.match(file), file === address('./') ? missing(cache) : []]);
  }).then(function (found) {
    return { response: found[0], last: found[1].some(function (file) {
      return !SPARE.test(file);
    }) };
  });
}

// How long the next request waits for the storage, in milliseconds: after one failed wait the following requests don't
// wait again.
var wait = STORAGE_PATIENCE;

// Answers from the cache; from the network if the cache fails, is too slow or is incomplete; and from the incomplete
// cache if there is no network.
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
