// Notices when the program has been killed: by an exception that leaves a call of it and so leaves it in the middle of its work, where
// it can't be called again. Only such an exception is the program's end. What other scripts throw, be it in a listener that the
// program's own doing has called, leaves no call of the program. xtask puts this into the program's own script.
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
