// The way out, should a worker ever keep people from the page: put in the place of sw.js, it removes itself and what the
// page's workers kept, nothing else, and loads the open pages anew. docs/deploying.md says when and how.
'use strict';

var OURS = 'subsidy-checker ' + new URL('./', self.location).pathname + ' ';

self.addEventListener('install', function () {
  self.skipWaiting();
});

// A storage that doesn't answer keeps nobody here.
function remove() {
  return new Promise(function (done) {
    setTimeout(done, 2000);
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(OURS) === 0;
      }).map(function (name) {
        return caches.delete(name);
      }));
    }).then(done, done);
  });
}

self.addEventListener('activate', function (event) {
  event.waitUntil(
    remove().then(function () {
      return self.registration.unregister();
    }).then(function () {
      return self.clients.matchAll({ type: 'window' });
    }).then(function (pages) {
      return Promise.all(pages.map(function (page) {
        return page.navigate(page.url);
      }));
    })
  );
});
