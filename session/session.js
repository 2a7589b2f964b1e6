// The checker at an info session: people use one device one after another, and nothing of one person remains for the
// next. Shows a cover with a start button, a button to start over, and a warning after a time without input. Starting
// over reloads the page, which clears the memory. The program only knows that it must store nothing and leave no page
// in the history (`data-session`).

var SESSION = {{ session }};

var page = document.documentElement;
// The address as the staff opened it: changes by a person, such as the language, end with that person.
var address = window.location.href.split('#')[0] + '#session';
// Seconds without input until the person is asked whether they are still there, and further seconds until the reset.
var wait = { after: 90, last: 20 };
// The time of the last input, by the device's clock, so that the time of a sleeping device counts too.
var touched = Date.now();
// Whether a person has started.
var begun = false;
var leaving = false;
// The dialog that is open, or null.
var shown = null;
// How long a reset waits for the database, in milliseconds.
var PATIENCE = 2000;

function say(name, values) {
  return (SESSION.words[page.lang] || SESSION.words['zh-Hans'])[name].replace(/\{(\w+)\}/g, function (_, value) {
    return values[value];
  });
}

function make(tag, name, words) {
  var element = document.createElement(tag);
  element.className = name || '';
  if (words !== undefined) {
    element.textContent = words;
  }
  return element;
}

function press(name, words, act) {
  var button = make('button', name, words);
  button.type = 'button';
  button.addEventListener('click', act);
  return button;
}

// Opens a modal dialog in place of the previous one.
function open(name, title, parts) {
  close();
  var dialog = make('dialog', 'session ' + name);
  var heading = make('h2', '', title);
  heading.id = 'session-title';
  heading.tabIndex = -1;
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append.apply(dialog, [heading].concat(parts));
  // The dialog is closed by its buttons only.
  dialog.addEventListener('cancel', function (event) {
    event.preventDefault();
  });
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
  shown = dialog;
}

function close() {
  if (shown) {
    shown.remove();
    shown = null;
  }
}

function status() {
  var kept = !/^https?:$/.test(window.location.protocol) || page.hasAttribute('data-kept');
  return say('nothing_sent') + ' · ' + say(kept ? 'works_offline' : 'needs_network');
}

function cover() {
  var languages = make('div', 'choices');
  document.querySelectorAll('.languages a[hreflang]').forEach(function (link) {
    var button = press('small', link.textContent, function () {
      link.click();
    });
    button.lang = link.hreflang;
    languages.append(button);
  });
  open('cover', document.querySelector('link[hreflang="' + page.lang + '"]').title, [
    languages, make('p', '', say('cover')), press('button begin', say('begin'), begin),
    make('p', 'status', status()),
  ].concat(missedLine(), press('quiet', say('staff'), function () {
    begun = true;
    staff();
  })));
}

function begin() {
  begun = true;
  close();
  // Each is used only if the browser supports and permits it.
  if (page.requestFullscreen) {
    page.requestFullscreen().catch(ignore);
  }
  stayAwake();
  var heading = document.getElementById('heading');
  if (heading) {
    heading.focus();
  }
}

function ignore() {
  // The session continues without it.
}

function stayAwake() {
  if (begun && window.navigator.wakeLock && document.visibilityState === 'visible') {
    window.navigator.wakeLock.request('screen').catch(ignore);
  }
}

function startOver() {
  open('ask', say('ask'), [make('p', '', say('ask_words')), press('button bad', say('ask_yes'), reset),
    press('quiet', say('ask_no'), close)]);
}

function reset() {
  if (leaving) {
    return;
  }
  leaving = true;
  // The page is emptied at once, however long the rest takes.
  document.getElementById('app').textContent = '';
  function leave() {
    try {
      window.history.replaceState(null, '', address);
    } catch (refused) {
      window.location.replace('#session');
    }
    window.location.reload();
  }
  window.setTimeout(leave, PATIENCE);
  settle().then(leave, leave);
}

function watch() {
  var now = Date.now();
  // If the clock was set back, the measurement starts again.
  touched = Math.min(touched, now);
  var idle = Math.floor((now - touched) / 1000);
  var left = wait.after + wait.last - idle;
  if (!begun || leaving) {
    return;
  }
  if (left <= 0) {
    reset();
  } else if (left <= wait.last) {
    warn(left);
  }
}

function warn(left) {
  if (!shown || !shown.classList.contains('idle')) {
    open('idle', say('idle'), [make('p', 'left'), press('button', say('idle_stay'), stay),
      press('quiet', say('ask_yes'), reset)]);
  }
  shown.querySelector('.left').textContent = say('idle_words', { seconds: left });
}

function stay() {
  touched = Date.now();
  close();
}

var last = null;

// Counts a result when no question is open any more; until then the page offers to continue.
function look() {
  var result = document.querySelector('main [data-findings]');
  var isOpen = document.querySelector('main .warning a[href="#q"]');
  var findings = result && !isOpen && result.getAttribute('data-findings');
  if (findings && findings !== last) {
    last = findings;
    keepCount(findings);
  }
}

// Follows a link in the page so that every page replaces the previous one in the history. Links out of the page do
// nothing.
function follow(event) {
  var link = event.target.closest('a[href]');
  if (!link) {
    return;
  }
  var to = link.getAttribute('href');
  if (link.hreflang) {
    if (!page.hasAttribute('data-ready')) {
      event.preventDefault();
      window.location.replace(to + '#session');
    }
    return;
  }
  event.preventDefault();
  if (to[0] === '#') {
    window.location.replace('#session/' + to.slice(1));
  }
}

function bar() {
  var words = make('p', 'status', status());
  var over = press('button small', say('over'), startOver);
  var all = make('div', 'session session-bar');
  // The language links and the button to start over are always within reach.
  all.append(words, document.querySelector('.languages'), over);
  document.body.prepend(all);

  // The words follow the language that the person chooses.
  new MutationObserver(function () {
    words.textContent = status();
    over.textContent = say('over');
    if (!begun) {
      cover();
    }
  }).observe(page, { attributeFilter: ['lang', 'data-kept'] });
}

function wake() {
  var style = document.querySelector('meta[name=session-style]');
  if (style) {
    var link = make('link');
    link.rel = 'stylesheet';
    link.href = style.content;
    document.head.append(link);
  }
  bar();
  cover();
  page.setAttribute('data-covered', 'true');
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-findings'] });
  ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'].forEach(function (kind) {
    // The question whether somebody is there is answered by a button only.
    window.addEventListener(kind, function () {
      if (!shown || !shown.classList.contains('idle')) {
        touched = Date.now();
      }
    }, { capture: true, passive: true });
  });
  // Prevents copying and saving, because the next person could paste or open the content.
  ['copy', 'cut', 'contextmenu', 'dragstart'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      event.preventDefault();
    });
  });
  window.addEventListener('click', follow, true);
  window.setInterval(watch, 250);
  document.addEventListener('visibilitychange', stayAwake);
  window.addEventListener('pagehide', miss);
  // A page that the browser restores as it was left is reset.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      reset();
    }
  });
  read(WAIT).then(function (kept) {
    wait = kept || wait;
  }, ignore);
}

if (page.hasAttribute('data-session')) {
  page.setAttribute('data-used', 'session');
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', wake);
  } else {
    wake();
  }
}
