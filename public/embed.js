// Shows the checker in a frame on another website's page, inserted by one line of HTML; docs/embedding.md explains how.
// Keeps the frame as high as its content and removes everything when the element is removed.
(function () {
  'use strict';
  const KEY = 'subsidy-checker';
  // The checker's languages, each with the tags that mean it and the frame's title; filled in by xtask.
  const LANGUAGES = {{ languages }};
  const GOALS = ['enrol', 'exam', 'claim'];
  // The attributes for the appearance. Numbers are pixels; the frame rejects values that can't be used and reports them
  // in the console.
  const LOOKS = ['accent', 'corner', 'size', 'scheme'];
  const ATTRIBUTES = ['lang', 'goal', 'events', ...LOOKS];
  // The frame's height in pixels before it has reported one, and the largest reported height that is accepted.
  const FIRST = 640;
  const MOST = 50000;
  // The attribute that gives the checker's address. Without it, the address comes from the script's own address if the
  // file is named embed.js: in a bundle, inline or under another name, the script's address belongs to something else,
  // perhaps to the host's own page.
  const TOLD = 'data-address';
  // A script that is loaded late or as a module does not know its own element.
  const script = document.currentScript || document.querySelector(`script[${TOLD}]`);
  const base = folder();
  if (!base) {
    console.warn(`${KEY}: where the checker lies isn't known, so nothing is shown. Load embed.js by its own address and without ` +
      `type="module", or write ${TOLD}="https://…/" into the script's element`);
    return;
  }
  // A page opened from a disk can fetch nothing, so the single file is shown. Origins have no names there either.
  const onDisk = base.protocol === 'file:';

  function refuse(name, value) {
    console.warn(`${KEY}: ${name} can't be "${value}"`);
  }

  // Returns the checker's folder, or null if it is unknown. The page that shows the frame can't be that folder.
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

  // Returns the checker's language for a language tag, or null if it has none; warns if a tag was given. The language with
  // the longest tag that the given one begins with counts, as in the checker.
  function ours(wish) {
    let known = null;
    let longest = 0;
    for (const language of LANGUAGES) {
      const match = new RegExp(`^(${language.tags})(?![a-z])`, 'i').exec(wish || '');
      if (match && longest < match[0].length) {
        known = language;
        longest = match[0].length;
      }
    }
    if (wish && !known) {
      refuse('lang', wish);
    }
    return known;
  }

  class Checker extends HTMLElement {
    static observedAttributes = ['lang', ...LOOKS];

    // Deletes the answers and starts again.
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
        address.searchParams.set('lang', language.id);
      }
      if (this.#goal) {
        address.hash = 'start/' + this.#goal;
      }
      const frame = document.createElement('iframe');
      frame.src = address.href;
      frame.title = (language || ours(document.documentElement.lang) || LANGUAGES[0]).title;
      frame.allow = 'clipboard-write; web-share';
      // The style is set by properties, because a host's policy may refuse a `style` attribute.
      Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: FIRST + 'px' });
      this.style.display ||= 'block';
      this.style.width ||= '100%';
      // After a reset the frame has been loaded again and does not know its host any more.
      frame.addEventListener('load', () => this.#origin && this.#start());
      this.#frame = frame;
      this.#hears = (event) => this.#hear(event);
      window.addEventListener('message', this.#hears);
      // Replaces what was added here in the meantime or was copied together with this element.
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
      } else {
        const language = ours(after);
        if (language) {
          this.#frame.title = language.title;
          this.#say('lang', { lang: language.id });
        }
      }
    }

    #frame = null;
    #goal = null;
    #hears = null;
    // The frame's origin, taken from its first message, because its address may have redirected. Messages wait until it
    // is known.
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
        // A new page begins at its top; nothing moves if the top is already visible.
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

  // Puts the element where the script's element is, or at the end of the body if that is in the head. A script without
  // attributes only defines the element if it is in the head or if the page already contains one.
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
