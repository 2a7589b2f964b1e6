// The replacement for sw.js in case a worker ever keeps people from the page: it removes itself and the caches of the
// page's workers, nothing else, and reloads the open pages. docs/deploying.md explains when and how to use it.
'use strict';

var OURS = 'subsidy-checker ' + new URL('./', self.location).pathname + ' ';

self.addEventListener('install', function () {
  self.skipWaiting();
});

// Removes the caches, waiting at most two seconds for a storage that does not answer.
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
