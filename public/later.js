// Brings the part of the program that isn't needed at first. xtask puts this into the program's own script, whose exports are in
// `wasm`: the other part works in the same memory and calls by the same table.
const later = {
  __wasm_split_load_later: function (then, about) {
    function done(success) {
      wasm.__indirect_function_table.get(then)(about, success);
    }
    fetch(document.querySelector('meta[name=later]').content).then(function (response) {
      if (!response.ok) {
        throw new Error('a part of the program can not be had: ' + response.status);
      }
      return response.arrayBuffer();
    }).then(function (bytes) {
      return WebAssembly.instantiate(bytes, { __wasm_split: wasm });
    }).then(function () {
      done(true);
    }, function () {
      done(false);
    });
  }
};
