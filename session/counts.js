// The counts of an info session, in the browser's database: numbers of people and amounts, but no answers. Each change
// is one transaction, completely done or not at all, and is written to the disk before it is reported as done, if the
// browser supports that.

var COUNTS = 'counts';
var PIN = 'pin';
var NAME = 'name';
var WAIT = 'wait';

var STORE = 'kept';
// The characters at the start of a cell that a spreadsheet would treat as a formula.
var FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

// How long opening the database may take, in milliseconds: some browsers never finish and never report an error.
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
    // Accessing `indexedDB` may already throw.
    var request = window.indexedDB.open('subsidy-checker.session', 1);
    request.onupgradeneeded = function () {
      request.result.createObjectStore(STORE);
    };
    request.onsuccess = function () {
      var open = request.result;
      open.onclose = disconnect;
      // Another window that deletes the database waits until every window has closed it.
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

// Runs one transaction and resolves, once it is complete, with what `act` returned for the stored value. A failed
// transaction has changed nothing and is tried once more with a new connection.
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

// The promise of the last change.
var written = Promise.resolve();

// Replaces a stored value by the result of `update`, or deletes it if the result is undefined. Changes run one after
// another.
function change(key, update) {
  written = written.catch(function () {
    // The error was reported to the caller of that change.
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

// Converts the findings of one person, as the page shows them, into counts; amounts are whole fen.
function numbers(findings) {
  var sit = findings['may-sit'];
  var dates = findings['course-dates'];
  var subsidy = findings.subsidy;
  // A person who can't sit the exam or attend the class can claim nothing, whatever the forecast is.
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
    // Counts only people at the class's own level: other levels have no course dates.
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

// The numbers with which the present person has been counted, once they are written: another result replaces them. The
// period begins with the first person counted after the counts are cleared, even in another window. In a new period
// nobody has been counted yet.
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

// How many people have left without being counted, and the name of the last error. Only the number and that name are
// kept, and only while the window is open.
var MISSED = 'subsidy-checker.session.missed';
var missed = { count: 0 };
try {
  missed = JSON.parse(window.sessionStorage.getItem(MISSED)) || missed;
} catch (refused) {
  // The number stays in memory until the page is reloaded.
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
    // The number stays in memory until the page is reloaded.
  }
}

// The present person's result until it has been counted, with the name of the error if counting failed.
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

// Resolves when no change is being written any more; a count that failed is tried once more.
function settle() {
  if (!pending) {
    return written;
  }
  return pending.error ? pending.retry() : pending.done;
}

// Records that the present person leaves without being counted. Nothing can be written to the database any more.
function miss() {
  if (pending) {
    setMissed(missed.count + 1, pending.error || 'TimeoutError');
    pending = null;
  }
}

function nameOf(error) {
  return (error && error.name) || 'AbortError';
}

// Returns the rows as CSV for spreadsheets: UTF-8 with a byte order mark, every cell as text that can't run as a
// formula.
function csv(rows) {
  return '\ufeff' + rows.map(function (row) {
    return row.map(function (cell) {
      var text = String(cell);
      return '"' + (FORMULA.test(text) ? "'" : '') + text.replace(/"/g, '""') + '"';
    }).join(',') + '\r\n';
  }).join('');
}
