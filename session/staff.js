// The pages for the staff: the counts behind a PIN, their export, and the time limits. The PIN only keeps the curious
// out: it is stored in plain text beside the counts, because four digits could be guessed in any form.

// The limits of the seconds that can be set.
var LEAST = 5;
var MOST = 3600;
var DIGITS = /^\d{4,8}$/;
var HOURS_OF_SHANGHAI = 8;

function staff() {
  read(PIN).then(function (pin) {
    if (pin === undefined) {
      newPin();
    } else {
      askPin(pin);
    }
  }, unreadable);
}

function unreadable(error) {
  open('staff', say('counts'), [make('p', 'warning', say('not_kept', { why: why(nameOf(error)) })),
    press('quiet', say('close'), reset)]);
}

// Explains an error by its name.
function why(name) {
  return name === 'QuotaExceededError' ? say('full') : say('failed', { error: name });
}

// Returns a warning if people left without being counted, or an empty list.
function missedLine() {
  return missed.count ? [make('p', 'warning', say('missed_words', { count: missed.count, why: why(missed.error) }))] : [];
}

function field(label, kind, value) {
  var all = make('label', 'field');
  var input = make('input');
  input.type = kind === 'text' ? 'text' : 'password';
  input.inputMode = kind === 'text' ? 'text' : 'numeric';
  // The browser neither stores nor suggests the value.
  input.autocomplete = kind === 'text' ? 'off' : 'new-password';
  input.maxLength = kind === 'text' ? 40 : 8;
  input.value = value || '';
  all.append(make('span', '', label), input);
  all.input = input;
  return all;
}

function seconds(label, value) {
  var all = field(label, 'text', String(value));
  all.input.inputMode = 'numeric';
  return all;
}

// Creates a status line for errors and confirmations.
function told() {
  var line = make('p', 'told');
  line.setAttribute('role', 'status');
  line.fail = function (error) {
    line.textContent = say('not_done', { why: why(nameOf(error)) });
  };
  return line;
}

function newPin() {
  var once = field(say('pin'), 'pin');
  var twice = field(say('pin_again'), 'pin');
  var line = told();
  function set() {
    if (!DIGITS.test(once.input.value)) {
      line.textContent = say('pin_bad');
    } else if (once.input.value !== twice.input.value) {
      line.textContent = say('pin_differs');
    } else {
      change(PIN, function () {
        return once.input.value;
      }).then(openCounts, line.fail);
    }
  }
  open('staff', say('pin_new'), [make('p', 'help', say('pin_new_words')), once, twice, line,
    press('button', say('pin_set'), set), press('quiet', say('close'), reset)]);
}

function askPin(pin) {
  var typed = field(say('pin'), 'pin');
  var line = told();
  function look() {
    if (typed.input.value === pin) {
      openCounts();
    } else {
      line.textContent = say('pin_wrong');
    }
  }
  var forgotten = sure('pin_forgot', function (line) {
    clear().then(function () {
      return change(PIN, nothing);
    }).then(staff, line.fail);
  });
  open('staff', say('staff'), [typed, line, press('button', say('pin_open'), look), forgotten,
    press('quiet', say('close'), reset)]);
}

function nothing() {
  return undefined;
}

// Deletes the counts and the session's name.
function clear() {
  return change(COUNTS, nothing).then(function () {
    setMissed(0);
    return change(NAME, nothing);
  });
}

// A button that asks for confirmation in place before something is deleted, with the messages `…`, `…_words` and
// `…_yes`. `act` gets the line in which errors are shown.
function sure(name, act) {
  var all = make('div', 'sure');
  all.append(press('quiet', say(name), function () {
    var line = told();
    all.replaceChildren(make('p', 'warning', say(name + '_words')), press('button bad', say(name + '_yes'), function () {
      act(line);
    }), line);
  }));
  return all;
}

// Returns today's date in Asia/Shanghai, such as 2025-05-10.
function today() {
  return new Date(Date.now() + HOURS_OF_SHANGHAI * 3600000).toISOString().slice(0, 10);
}

// Returns with how many people the class opens that can still be joined, or else the last class.
function leastPeople() {
  var day = today();
  var open = SESSION.classes.filter(function (one) {
    return day <= one.until;
  });
  return (open[0] || SESSION.classes[SESSION.classes.length - 1]).least;
}

// Returns the counts as rows in the order in which they are shown; amounts are yuan.
function rows(all) {
  var least = leastPeople();
  var short = Math.max(0, least - all.class);
  var each = ['finished', 'sit', 'sit_open', 'claim', 'claim_open', 'sum_least', 'sum_most', 'sum_open', 'no_amount'];
  return each.map(function (name) {
    return [say(name), /^sum_/.test(name) ? all[name] / 100 : all[name]];
  }).concat([[say('class_short', { least: least }), short]], missed.count ? [[say('missed'), missed.count]] : []);
}

// Opens the staff page: the counts, the name of the session, export, clearing, and waiting times.
function openCounts() {
  Promise.all([read(COUNTS), read(NAME)]).then(function (kept) {
    var all = sum(kept[0], null, 1);
    var table = make('table');
    rows(all).forEach(function (row) {
      var line = make('tr');
      var label = make('th', '', row[0]);
      label.scope = 'row';
      line.append(label, make('td', '', row[1]));
      table.append(line);
    });
    var name = field(say('name'), 'text', kept[1]);
    var line = told();
    name.input.addEventListener('change', function () {
      change(NAME, function () {
        return name.input.value;
      }).catch(line.fail);
    });
    var cleared = sure('clear', function (line) {
      clear().then(openCounts, line.fail);
    });
    open('staff', say('counts'), missedLine().concat(make('p', 'help', say('counts_words')), table, name, line,
      press('button', say('export'), function () {
        save(all, name.input.value);
      }), cleared, waiting(), press('quiet', say('close'), reset)));
  }).catch(unreadable);
}

// Creates the fields for the time without input before the warning and before the reset.
function waiting() {
  var after = seconds(say('after'), wait.after);
  var last = seconds(say('last'), wait.last);
  var line = told();
  function keep() {
    var both = [after, last].map(function (one) {
      return /^\d+$/.test(one.input.value) ? Number(one.input.value) : 0;
    });
    if (Math.min.apply(null, both) < LEAST || MOST < Math.max.apply(null, both)) {
      line.textContent = say('seconds_bad', { least: LEAST, most: MOST });
      return;
    }
    wait = { after: both[0], last: both[1] };
    change(WAIT, function () {
      return wait;
    }).then(function () {
      line.textContent = say('saved');
    }, line.fail);
  }
  return [after, last, line, press('quiet', say('save'), keep)];
}

function save(all, name) {
  var day = today();
  var about = [[say('item'), say('value')], [say('name'), name], [say('exported'), day], [say('version'), SESSION.version]];
  var link = make('a');
  link.href = 'data:text/csv;charset=utf-8,' + encodeURIComponent(csv(about.concat(rows(all))));
  link.download = 'session-' + day + '.csv';
  link.click();
}
