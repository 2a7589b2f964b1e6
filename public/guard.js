// Notices when the program has ended: an exception left a call into it, so that it stopped in the middle of its work
// and can't be called again. Exceptions of other scripts don't leave such a call, even if they are thrown in a listener
// that the program has triggered. xtask puts this file into the program's script.
//
// The program's panic hook is not enough: an exception thrown by an import passes through the Wasm without a panic, and
// so does a trap. Nor is the window's `error` event: it also reports other people's scripts.
function guarded(call) {
  return function () {
    try {
      return call.apply(null, arguments);
    } catch (why) {
      const page = document.documentElement;
      page.removeAttribute('data-ready');
      page.setAttribute('data-failed', 'true');
      throw why;
    }
  };
}

function guardAll(exports) {
  const all = {};
  Object.keys(exports).forEach(function (name) {
    all[name] = typeof exports[name] === 'function' ? guarded(exports[name]) : exports[name];
  });
  return all;
}
