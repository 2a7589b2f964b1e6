// Talks to the page of somebody else that shows this one in a frame: how high it is, and that one has gone on. The messages
// are in docs/embedding.md. No answer goes out. Does nothing outside frames. ES5, like the loader.
(function () {
  'use strict';
  var KEY = 'subsidy-checker';
  // What can be shown, by the beginning of its address.
  var PAGES = { q: 'question', answers: 'answers', result: 'result', rules: 'rules' };
  // Smaller changes are left alone: a page that reacts to its own height must not go round in circles.
  var SLACK = 4;
  var page = document.documentElement;
  var host = window.parent;
  // The host's, once it has said something sensible.
  var origin = null;
  var told = 0;

  if (window.top === window.self) {
    return;
  }

  function send(type, more, to) {
    var message = more || {};
    message[KEY] = 1;
    message.type = type;
    host.postMessage(message, to);
  }

  // To anybody: it is no secret, and a host that can't be named needs it most.
  function measure() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(height - told) > SLACK) {
      told = height;
      send('height', { height: height }, '*');
    }
  }

  function step() {
    if (origin) {
      var first = window.location.hash.slice(1).split('/')[0];
      send('step', { page: PAGES.hasOwnProperty(first) ? PAGES[first] : 'start' }, origin);
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

  window.addEventListener('message', function (event) {
    var said = event.data;
    if (event.source !== host || typeof said !== 'object' || !said || said[KEY] !== 1) {
      return;
    }
    if (said.type === 'start' && !origin && event.origin !== 'null') {
      origin = event.origin;
      send('ready', null, origin);
      told = 0;
      measure();
    } else if (said.type === 'lang' && event.origin === origin) {
      choose(said.lang);
    }
  });

  window.addEventListener('popstate', step);

  function begin() {
    new ResizeObserver(measure).observe(document.body);
  }

  if (document.body) {
    begin();
  } else {
    document.addEventListener('DOMContentLoaded', begin);
  }
})();
