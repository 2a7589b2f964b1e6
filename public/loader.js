// Starts the program, or leaves the page that stands in index.html and says whom to ask.
// ES5 on purpose: every browser has to get at least that far. No inline script, so that the policy can be strict.
(function () {
  'use strict';
  var page = document.documentElement;

  function fail(why) {
    page.removeAttribute('data-ready');
    page.setAttribute('data-failed', 'true');
    if (why && window.console) {
      window.console.error('the program did not start', why);
    }
  }

  function address(id) {
    return document.getElementById(id).href;
  }

  if (typeof WebAssembly !== 'object' || typeof fetch !== 'function' || typeof Promise !== 'function') {
    fail();
    return;
  }

  var glue = document.createElement('script');
  glue.src = address('glue');
  glue.onerror = function () {
    fail('its script can not be had');
  };
  glue.onload = function () {
    try {
      // Declared by the script with `let`, so it is no property of the window.
      wasm_bindgen({ module_or_path: address('program') }).then(null, fail);
    } catch (why) {
      fail(why);
    }
  };
  document.head.appendChild(glue);
})();
