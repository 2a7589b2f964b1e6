// Fetches the files that the program asks for, among them the part of it that isn't needed at first. xtask puts this into the
// program's own script, which has the first part in `wasmInstance`: the other part works in the same memory and calls by the same
// table.

// A line may go dead without a word: what hasn't come by then is given up, and can be asked for once more.
const PATIENCE = 20000;

// What was given up. Chromium has the next try wait for it, unless that wants nothing of what is kept.
const lost = {};

const later = {
  // A file as bytes, in time or whenever it comes.
  fetched: function (address, in_time) {
    // Not every browser can give up.
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
