// The checker at an info session: people one after another on one device, and nothing of one is left for the next. A cover with a
// start, a way to start over, a watch for whoever has gone. To start over is to load the page anew: what memory held is gone with it.
// The program knows of it only that nothing is to be stored and no page is to stay behind the back button (`data-session`).

var SESSION = {{ session }};

var page = document.documentElement;
// As staff opened it: what a person changed of it, as the language, goes with them.
var address = window.location.href.split('#')[0] + '#session';
// Seconds until somebody is asked whether they are there, and until they are taken to be gone.
var wait = { after: 90, last: 20 };
// When something was touched, by the device's clock: a device that slept has been left alone as long.
var touched = Date.now();
// Whether somebody has come.
var begun = false;
var leaving = false;
// The window within the page, if one is open.
var shown = null;
// How long a reset waits for what is being written.
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

// A window that has the page to itself, in place of the one before.
function open(name, title, parts) {
  close();
  var dialog = make('dialog', 'session ' + name);
  var heading = make('h2', '', title);
  heading.id = 'session-title';
  heading.tabIndex = -1;
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append.apply(dialog, [heading].concat(parts));
  // It is left by what it offers.
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
  // Each only where the browser has it, and lets a page.
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
  // The session goes on without.
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
  // Out of sight at once, whatever the rest takes.
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
  // A clock that was set back has measured nothing.
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

// A result is counted when nothing is open any more; until then it offers to go on.
var last = null;

function look() {
  var result = document.querySelector('main [data-findings]');
  var isOpen = document.querySelector('main .warning a[href="#q"]');
  var findings = result && !isOpen && result.getAttribute('data-findings');
  if (findings && findings !== last) {
    last = findings;
    keepCount(findings);
  }
}

// Every page takes the place of the one before, and none leads away.
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
  // Always in reach, both.
  all.append(words, document.querySelector('.languages'), over);
  document.body.prepend(all);

  // In the language that a person takes.
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
    // Whoever is asked answers by a button.
    window.addEventListener(kind, function () {
      if (!shown || !shown.classList.contains('idle')) {
        touched = Date.now();
      }
    }, { capture: true, passive: true });
  });
  // The next person would paste or save it.
  ['copy', 'cut', 'contextmenu', 'dragstart'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      event.preventDefault();
    });
  });
  window.addEventListener('click', follow, true);
  window.setInterval(watch, 250);
  document.addEventListener('visibilitychange', stayAwake);
  window.addEventListener('pagehide', miss);
  // A page that comes back as it was left.
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
