// The checker on somebody else's page, by one line; docs/embedding.md is for who pastes it. Shows it in a frame, keeps the frame
// as high as its content, and leaves nothing behind when it is taken away.
(function () {
  'use strict';
  const KEY = 'subsidy-checker';
  // By language: what a frame is called. Filled in by xtask.
  const TITLES = {{ titles }};
  const GOALS = ['enrol', 'exam', 'claim'];
  // How it looks. Numbers are numbers of pixels; what can't be used is refused, and told, by the frame.
  const LOOKS = ['accent', 'corner', 'size', 'scheme'];
  const ATTRIBUTES = ['lang', 'goal', 'events', ...LOOKS];
  // Until the frame has said how high it is, and the most that is believed.
  const FIRST = 640;
  const MOST = 50000;
  // Where the checker lies: told by the script's element, or by the address of the script where that has its own name. In a bundle,
  // inline or renamed, the script's address is that of something else, and what lies there the host's own page.
  const TOLD = 'data-address';
  // Run late, or as a module, a script doesn't know its element.
  const script = document.currentScript || document.querySelector(`script[${TOLD}]`);
  const base = folder();
  if (!base) {
    console.warn(`${KEY}: where the checker lies isn't known, so nothing is shown. Load embed.js by its own address and without ` +
      `type="module", or write ${TOLD}="https://…/" into the script's element`);
    return;
  }
  // Opened from a disk, where a page can fetch nothing: the one file it is then. Nor have origins names there.
  const onDisk = base.protocol === 'file:';

  function refuse(name, value) {
    console.warn(`${KEY}: ${name} can't be "${value}"`);
  }

  // The folder of the checker, if it is known. It can't be the page that is to show it.
  function folder() {
    const told = script?.getAttribute(TOLD);
    const isKnown = told ? /^(https?:\/\/|file:\/\/|\.{0,2}\/)/.test(told) : /\/embed\.js([?#]|$)/.test(script?.src);
    try {
      const found = isKnown && new URL('./', told ? new URL(told.replace(/\/?$/, '/'), document.baseURI) : script.src);
      return found && found.href !== window.location.href.split(/[?#]/)[0] ? found : null;
    } catch {
      return null;
    }
  }

  // What people call a language, as one of ours.
  function ours(language) {
    const wish = language || '';
    const known = (/^zh-(hant|tw|hk|mo)/i.test(wish) && 'zh-Hant') || (/^zh/i.test(wish) && 'zh-Hans') || (/^en/i.test(wish) && 'en');
    if (wish && !known) {
      refuse('lang', wish);
    }
    return known || null;
  }

  class Checker extends HTMLElement {
    static observedAttributes = ['lang', ...LOOKS];

    // Deletes the answers, and begins anew.
    reset() {
      this.#say('reset', this.#goal ? { goal: this.#goal } : {});
    }

    connectedCallback() {
      const address = new URL(onDisk ? 'checker.html' : './', base);
      const language = ours(this.getAttribute('lang'));
      const goal = this.getAttribute('goal');
      this.#goal = GOALS.includes(goal) ? goal : null;
      if (goal && !this.#goal) {
        refuse('goal', goal);
      }
      if (language) {
        address.searchParams.set('lang', language);
      }
      if (this.#goal) {
        address.hash = 'start/' + this.#goal;
      }
      const frame = document.createElement('iframe');
      frame.src = address.href;
      frame.title = TITLES[language || ours(document.documentElement.lang) || 'zh-Hans'];
      frame.allow = 'clipboard-write; web-share';
      // By properties: a host's policy may refuse a style that is written.
      Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: FIRST + 'px' });
      this.style.display ||= 'block';
      this.style.width ||= '100%';
      // After a reset it has forgotten its host.
      frame.addEventListener('load', () => this.#origin && this.#start());
      this.#frame = frame;
      this.#hears = (event) => this.#hear(event);
      window.addEventListener('message', this.#hears);
      // In place of whatever stood here meanwhile, or came with a copy of this element.
      this.replaceChildren(frame);
    }

    disconnectedCallback() {
      window.removeEventListener('message', this.#hears);
      this.#frame.remove();
      this.#frame = this.#origin = null;
      this.#waiting = [];
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this.#frame) {
        return;
      }
      if (name !== 'lang') {
        this.#paint();
      } else if (ours(after)) {
        this.#frame.title = TITLES[ours(after)];
        this.#say('lang', { lang: ours(after) });
      }
    }

    #frame = null;
    #goal = null;
    #hears = null;
    // The frame's, from the first thing it says: its address may have led elsewhere. Until then what is to be said waits.
    #origin = null;
    #waiting = [];

    #say(type, more) {
      if (this.#origin) {
        this.#frame?.contentWindow?.postMessage({ [KEY]: 1, type, ...more }, onDisk ? '*' : this.#origin);
      } else {
        this.#waiting.push([type, more]);
      }
    }

    #start() {
      const events = (this.getAttribute('events') || '').split(/\s+/).filter(Boolean);
      events.filter((event) => event !== 'result').forEach((event) => refuse('events', event));
      this.#say('start', { events: events.filter((event) => event === 'result') });
      if (LOOKS.some((look) => this.hasAttribute(look))) {
        this.#paint();
      }
      this.#waiting.splice(0).forEach(([type, more]) => this.#say(type, more));
    }

    #paint() {
      const theme = {};
      for (const look of LOOKS.filter((look) => this.hasAttribute(look))) {
        const value = this.getAttribute(look).trim();
        theme[look] = value && Number.isFinite(Number(value)) ? Number(value) : value;
      }
      this.#say('theme', theme);
    }

    #hear({ source, origin, data }) {
      const ours = source === this.#frame?.contentWindow && (origin === this.#origin || !this.#origin);
      if (!ours || typeof data !== 'object' || !data || data[KEY] !== 1) {
        return;
      }
      const { type, height, page, findings } = data;
      if (type === 'height' && Number.isFinite(height) && height > 0) {
        if (!this.#origin) {
          this.#origin = origin;
          this.#start();
        }
        this.#frame.style.height = Math.min(height, MOST) + 'px';
        this.#tell(type, { height });
      } else if (type === 'step') {
        // The new page begins at its top; where that is in sight nothing moves.
        if (this.#frame.getBoundingClientRect().top < 0) {
          this.#frame.scrollIntoView();
        }
        this.#tell(type, { page });
      } else if (type === 'ready' || type === 'reset') {
        this.#tell(type, {});
      } else if (type === 'result') {
        this.#tell(type, { findings });
      }
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(KEY + '-' + type, { bubbles: true, detail }));
    }
  }

  if (!customElements.get(KEY)) {
    customElements.define(KEY, Checker);
  }

  // The one line puts an element where it stands, from the head at the page's end. One that says nothing, in the head or on a page
  // that has an element, only brings the name.
  function place() {
    const said = ATTRIBUTES.filter((name) => script.dataset[name]);
    const inHead = script.closest('head');
    if (!said.length && (inHead || document.querySelector(KEY))) {
      return;
    }
    const element = document.createElement(KEY);
    said.forEach((name) => element.setAttribute(name, script.dataset[name]));
    if (inHead || !script.isConnected) {
      document.body.append(element);
    } else {
      script.after(element);
    }
  }

  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', place, { once: true });
  } else {
    place();
  }
})();
