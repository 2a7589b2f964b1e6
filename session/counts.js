// What is counted at an info session, and where: numbers of people and amounts in the browser's database, nobody's answers. Each
// change is one transaction, whole or not at all, and on the disk before it is told as done, where the browser offers that.

var COUNTS = 'counts';
var PIN = 'pin';
var NAME = 'name';
var WAIT = 'wait';

var STORE = 'kept';
// What a spreadsheet would run, and not show.
var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

var database = new Promise(function (done, failed) {
  // Touching it may throw already.
  var request = window.indexedDB.open('subsidy-checker.session', 1);
  request.onupgradeneeded = function () {
    request.result.createObjectStore(STORE);
  };
  request.onsuccess = function () {
    done(request.result);
  };
  request.onerror = function () {
    failed(request.error);
  };
});

function read(key) {
  return database.then(function (open) {
    return new Promise(function (done, failed) {
      var request = open.transaction(STORE).objectStore(STORE).get(key);
      request.onsuccess = function () {
        done(request.result);
      };
      request.onerror = failed;
    });
  });
}

// The last of what is being written.
var written = Promise.resolve();

// Makes a new value of the one there is; none is left where there is no new one. One change after another.
function change(key, update) {
  function write(open) {
    return new Promise(function (done, failed) {
      var transaction = open.transaction(STORE, 'readwrite', { durability: 'strict' });
      var store = transaction.objectStore(STORE);
      var before = store.get(key);
      before.onsuccess = function () {
        var now = update(before.result);
        if (now === undefined) {
          store.delete(key);
        } else {
          store.put(now, key);
        }
      };
      transaction.oncomplete = done;
      transaction.onabort = failed;
    });
  }

  written = written.catch(function () {
    // Told to whoever asked for that one.
  }).then(function () {
    return database;
  }).then(write);
  return written;
}

// One person in numbers, from the findings as the page shows them; amounts in fen, whole.
function numbers(findings) {
  var sit = findings['may-sit'];
  var dates = findings['course-dates'];
  var subsidy = findings.subsidy;
  // Who can't take part has nothing to claim, whatever the forecast says of it.
  var states = [sit, dates, subsidy].filter(Boolean).map(function (one) {
    return one.state;
  });
  var claim = subsidy && states.indexOf('not-met') < 0;
  var sure = claim && states.indexOf('unknown') < 0;
  var amount = claim && subsidy.amount;

  function fen(yuan) {
    return Math.round(Number(yuan) * 100);
  }

  function one(is) {
    return is ? 1 : 0;
  }

  return {
    finished: 1,
    sit: one(sit && sit.state === 'met'),
    sit_open: one(sit && sit.state === 'unknown'),
    claim: one(sure),
    claim_open: one(claim && !sure),
    sum_least: sure && amount ? fen(amount.min) : 0,
    sum_most: sure && amount ? fen(amount.max) : 0,
    sum_open: claim && !sure && amount ? fen(amount.max) : 0,
    no_amount: one(claim && !amount),
    // Of the class's own level only: with another one it has no days.
    class: one(sit && sit.state === 'met' && dates),
  };
}

function sum(one, other, sign) {
  var all = {};
  Object.keys(numbers({})).forEach(function (name) {
    all[name] = ((one && one[name]) || 0) + sign * ((other && other[name]) || 0);
  });
  return all;
}

// What the person who is here has been counted with: another result takes its place.
var counted = null;

function count(findings) {
  var now = numbers(findings);
  var before = counted;
  counted = now;
  return change(COUNTS, function (all) {
    return sum(sum(all, before, -1), now, 1);
  });
}

// As spreadsheets open it: in UTF-8 with its mark, every cell as text that runs nothing.
function csv(rows) {
  return '\ufeff' + rows.map(function (row) {
    return row.map(function (cell) {
      var text = String(cell);
      return '"' + (FORMULA.test(text) ? "'" : '') + text.replace(/"/g, '""') + '"';
    }).join(',') + '\r\n';
  }).join('');
}
