// Unpacks the compressed files in the single file and makes them the `data:` addresses that the program fetches. It
// does not use the browser's decompression, which Safari 16.0 lacks. It runs before the loader, which does not depend
// on it. ES5.
(function () {
  'use strict';
  // RFC 1951: the base lengths and distances, the numbers of extra bits, and the order in which the code lengths are
  // stored.
  var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  var DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
    6145, 8193, 12289, 16385, 24577];
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  var LONGEST = 15;

  // Builds a Huffman code from the code length of each symbol: the number of codes of each length, and the symbols in
  // order.
  function code(lengths) {
    var counts = [], symbols = [];
    for (var length = 0; length <= LONGEST; length += 1) {
      counts[length] = 0;
      for (var symbol = 0; symbol < lengths.length; symbol += 1) {
        if (lengths[symbol] === length && length > 0) {
          counts[length] += 1;
          symbols.push(symbol);
        }
      }
    }
    return { counts: counts, symbols: symbols };
  }

  function fixed(ends) {
    var lengths = [];
    ends.forEach(function (end) {
      while (lengths.length < end[0]) {
        lengths.push(end[1]);
      }
    });
    return code(lengths);
  }

  // Decompresses a byte string (deflate) and returns a byte string.
  function unpack(packed) {
    var out = [], at = 0, held = 0, holding = 0;

    function bits(count) {
      while (holding < count) {
        held |= packed.charCodeAt(at) << holding;
        at += 1;
        holding += 8;
      }
      var value = held & ((1 << count) - 1);
      held >>>= count;
      holding -= count;
      return value;
    }

    function next(code) {
      var value = 0, first = 0, index = 0;
      for (var length = 1; length <= LONGEST; length += 1) {
        value |= bits(1);
        var count = code.counts[length];
        if (value - first < count) {
          return code.symbols[index + value - first];
        }
        index += count;
        first = (first + count) << 1;
        value <<= 1;
      }
      throw new Error('what is packed in this file is damaged');
    }

    function codes() {
      var literals = bits(5) + 257, distances = bits(5) + 1, count = bits(4) + 4, lengths = [], all = [];
      for (var i = 0; i < ORDER.length; i += 1) {
        lengths[ORDER[i]] = i < count ? bits(3) : 0;
      }
      var short = code(lengths);
      while (all.length < literals + distances) {
        var symbol = next(short);
        var value = symbol === 16 ? all[all.length - 1] : symbol < 16 ? symbol : 0;
        var times = symbol < 16 ? 1 : symbol === 16 ? bits(2) + 3 : symbol === 17 ? bits(3) + 3 : bits(7) + 11;
        while (times > 0) {
          all.push(value);
          times -= 1;
        }
      }
      return [code(all.slice(0, literals)), code(all.slice(literals))];
    }

    function block(literal, far) {
      for (var symbol = next(literal); symbol !== 256; symbol = next(literal)) {
        if (symbol < 256) {
          out.push(symbol);
        } else {
          var length = LENGTHS[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
          var distance = next(far);
          var from = out.length - DISTANCES[distance] - bits(distance < 2 ? 0 : (distance >> 1) - 1);
          for (var i = 0; i < length; i += 1) {
            out.push(out[from + i]);
          }
        }
      }
    }

    for (var last = 0; !last;) {
      last = bits(1);
      var kind = bits(2);
      if (kind === 0) {
        held = holding = 0;
        var size = packed.charCodeAt(at) | packed.charCodeAt(at + 1) << 8;
        for (at += 4; size > 0; size -= 1, at += 1) {
          out.push(packed.charCodeAt(at));
        }
      } else {
        var both = kind === 2 ? codes() : [fixed([[144, 8], [256, 9], [280, 7], [288, 8]]), fixed([[30, 5]])];
        block(both[0], both[1]);
      }
    }
    // The text is built in pieces, because engines limit the number of arguments.
    for (var text = '', i = 0; i < out.length; i += 8192) {
      text += String.fromCharCode.apply(null, out.slice(i, i + 8192));
    }
    return text;
  }

  var all = document.querySelectorAll('[data-packed]');
  for (var i = 0; i < all.length && typeof WebAssembly === 'object'; i += 1) {
    var content = unpack(window.atob(all[i].getAttribute('data-packed')));
    all[i].setAttribute(all[i].getAttribute('data-to'), 'data:' + all[i].getAttribute('data-kind') + ';base64,' + window.btoa(content));
    all[i].removeAttribute('data-packed');
  }
})();
