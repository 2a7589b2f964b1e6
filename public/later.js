// Fetches the files that the program asks for, including its second Wasm file, the later part. xtask puts this file
// into the program's script, which holds the first part in `wasmInstance`; the later part uses the same memory and the
// same function table.

// A connection may stop without an error: a request is given up after this many milliseconds, and can be made again.
const PATIENCE = 20000;

// The addresses of requests that were given up. In Chromium the next request for the same address waits for the old one
// unless it bypasses the cache.
const lost = {};

const later = {
  // Fetches a file as bytes, with the time limit or without one.
  fetched: function (address, in_time) {
    // Not every browser can cancel a request.
    const stop = window.AbortController ? new AbortController() : { abort: function () {} };
    const whole = fetch(address, { signal: stop.signal, cache: lost[address] ? 'reload' : 'default' }).then(function (response) {
      if (!response.ok) {
        throw new Error(address + ' can not be had: ' + response.status);
      }
      return response.arrayBuffer();
    });
    return !in_time ? whole : Promise.race([whole, new Promise(function (_, fail) {
      const clock = setTimeout(function () {
        lost[address] = true;
        fail(new Error(address + ' takes too long'));
        stop.abort();
      }, PATIENCE);
      function settle() {
        clearTimeout(clock);
      }
      whole.then(settle, settle);
    })]);
  },

  __wasm_split_load_later: function (then, about) {
    function done(success) {
      guarded(wasm.__indirect_function_table.get(then))(about, success);
    }
    later.fetched(document.querySelector('meta[name=later]').content, true).then(function (bytes) {
      return WebAssembly.instantiate(bytes, { __wasm_split: wasmInstance.exports });
    }).then(function () {
      done(true);
    }, function () {
      done(false);
    });
  }
};
