// What is counted at an info session, and where: numbers of people and amounts in the browser's database, nobody's answers. Each
// change is one transaction, whole or not at all, and on the disk before it is told as done, where the browser offers that.

var COUNTS = 'counts';
var PIN = 'pin';
var NAME = 'name';
var WAIT = 'wait';

var STORE = 'kept';
// What a spreadsheet would run, and not show.
var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

// How long a browser may take to open the database: some never do, and never say so.
var OPENING = 5000;

// The connection to the database, opened when it is first needed. The system may close it at any time.
var connection = null;

function disconnect() {
  connection = null;
}

function connect() {
  connection = connection || new Promise(function (done, failed) {
    window.setTimeout(function () {
      failed(new DOMException('', 'TimeoutError'));
    }, OPENING);
    // Touching it may throw already.
    var request = window.indexedDB.open('subsidy-checker.session', 1);
    request.onupgradeneeded = function () {
      request.result.createObjectStore(STORE);
    };
    request.onsuccess = function () {
      var open = request.result;
      open.onclose = disconnect;
      // Whoever deletes the database waits until every window has let it go.
      open.onversionchange = function () {
        open.close();
        disconnect();
      };
      done(open);
    };
    request.onerror = function () {
      failed(request.error);
    };
  });
  return connection;
}

// Runs one transaction and resolves, once it is complete, with what `act` has returned for the value there was. A transaction that
// fails has changed nothing: it is tried a second time, with a new connection.
function transact(mode, key, act) {
  function attempt() {
    return connect().then(function (open) {
      return new Promise(function (done, failed) {
        var transaction = open.transaction(STORE, mode, { durability: 'strict' });
        var store = transaction.objectStore(STORE);
        var before = store.get(key);
        var result;
        var error;
        before.onsuccess = function () {
          try {
            result = act(before.result, store);
          } catch (thrown) {
            error = thrown;
            transaction.abort();
          }
        };
        transaction.oncomplete = function () {
          done(result);
        };
        transaction.onabort = function () {
          failed(error || transaction.error);
        };
      });
    });
  }

  return attempt().catch(function () {
    disconnect();
    return attempt();
  });
}

function read(key) {
  return transact('readonly', key, function (value) {
    return value;
  });
}

// The last of what is being written.
var written = Promise.resolve();

// Makes a new value of the one there is; none is left where there is no new one. One change after another.
function change(key, update) {
  written = written.catch(function () {
    // Told to whoever asked for that one.
  }).then(function () {
    return transact('readwrite', key, function (before, store) {
      var now = update(before);
      if (now === undefined) {
        store.delete(key);
      } else {
        store.put(now, key);
      }
    });
  });
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

// What the person who is here has been counted with, once that is written: another result takes its place. The counts carry their
// period, which begins when the first person is counted after a clearing, be it in another window. In a new period nobody has been counted.
var counted = null;

function count(findings) {
  var now = numbers(findings);
  var period;
  return change(COUNTS, function (all) {
    period = (all && all.period) || String(Math.random());
    var before = counted && counted.period === period ? counted.numbers : null;
    return Object.assign(sum(sum(all, before, -1), now, 1), { period: period });
  }).then(function () {
    counted = { numbers: now, period: period };
  });
}

// How many people have left without being counted, and the name of the error that the last of them met. Only the number is kept,
// and only as long as the window is open.
var MISSED = 'subsidy-checker.session.missed';
var missed = { count: 0 };
try {
  missed = JSON.parse(window.sessionStorage.getItem(MISSED)) || missed;
} catch (refused) {
  // It is known until the page is loaded anew.
}

function setMissed(count, error) {
  missed = { count: count, error: error };
  try {
    if (count) {
      window.sessionStorage.setItem(MISSED, JSON.stringify(missed));
    } else {
      window.sessionStorage.removeItem(MISSED);
    }
  } catch (refused) {
    // As above.
  }
}

// The result of the person who is here, as long as it is not known to be counted, and the name of the error that it met.
var pending = null;

function keepCount(findings) {
  var own = pending = {};
  own.retry = function () {
    return keepCount(findings);
  };
  own.done = count(JSON.parse(findings)).then(function () {
    if (pending === own) {
      pending = null;
    }
  }, function (error) {
    own.error = nameOf(error);
  });
  return own.done;
}

// Resolves when nothing is being written any more; what couldn't be counted is tried once more.
function settle() {
  if (!pending) {
    return written;
  }
  return pending.error ? pending.retry() : pending.done;
}

// The person leaves. Nothing can be written any more.
function miss() {
  if (pending) {
    setMissed(missed.count + 1, pending.error || 'TimeoutError');
    pending = null;
  }
}

function nameOf(error) {
  return (error && error.name) || 'AbortError';
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
