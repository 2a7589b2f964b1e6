// The checker on somebody else's page, by one line; docs/embedding.md is for who pastes it. Shows it in a frame, keeps the frame
// as high as its content, and leaves nothing behind when it is taken away.
(function () {
  'use strict';
  const KEY = 'subsidy-checker';
  // By language: what a frame is called. Filled in by xtask.
  const TITLES = {{titles}};
  const GOALS = ['enrol', 'exam', 'claim'];
  // How it looks. Numbers are numbers of pixels; what can't be used is refused, and told, by the frame.
  const LOOKS = ['accent', 'corner', 'size', 'scheme'];
  const ATTRIBUTES = ['lang', 'goal', 'events', ...LOOKS];
  // Until the frame has said how high it is, and the most that is believed.
  const FIRST = 640;
  const MOST = 50000;
  const script = document.currentScript;
  const base = new URL('./', script.src);
  // Opened from a disk, where a page can fetch nothing: the one file it is then. Nor have origins names there.
  const onDisk = base.protocol === 'file:';

  class Checker extends HTMLElement {
    static observedAttributes = ['lang', ...LOOKS];

    // Deletes the answers, and begins anew.
    reset() {
      this.#say('reset');
    }

    connectedCallback() {
      const address = new URL(onDisk ? 'checker.html' : './', base);
      const language = this.getAttribute('lang');
      const goal = this.getAttribute('goal');
      if (language in TITLES) {
        address.searchParams.set('lang', language);
      }
      if (GOALS.includes(goal)) {
        address.hash = 'start/' + goal;
      }
      const frame = document.createElement('iframe');
      frame.src = address.href;
      frame.title = TITLES[language] || TITLES['zh-Hans'];
      frame.allow = 'clipboard-write';
      // By properties: a host's policy may refuse a style that is written.
      Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: FIRST + 'px' });
      frame.addEventListener('load', () => this.#start());
      this.#frame = frame;
      this.#hears = (event) => this.#hear(event);
      window.addEventListener('message', this.#hears);
      this.append(frame);
    }

    disconnectedCallback() {
      window.removeEventListener('message', this.#hears);
      this.#frame.remove();
      this.#frame = null;
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this.#frame) {
        return;
      }
      if (name !== 'lang') {
        this.#paint();
      } else if (after in TITLES) {
        this.#frame.title = TITLES[after];
        this.#say('lang', { lang: after });
      }
    }

    #frame = null;
    #hears = null;

    #say(type, more) {
      this.#frame?.contentWindow?.postMessage({ [KEY]: 1, type, ...more }, onDisk ? '*' : base.origin);
    }

    #start() {
      const events = (this.getAttribute('events') || '').split(/\s+/).filter((event) => event === 'result');
      this.#say('start', { events });
      if (LOOKS.some((look) => this.hasAttribute(look))) {
        this.#paint();
      }
    }

    #paint() {
      const theme = {};
      for (const look of LOOKS.filter((look) => this.hasAttribute(look))) {
        const value = this.getAttribute(look);
        theme[look] = /^[0-9.]+$/.test(value) ? Number(value) : value;
      }
      this.#say('theme', theme);
    }

    #hear({ source, origin, data }) {
      const ours = source === this.#frame?.contentWindow && (onDisk || origin === base.origin);
      if (!ours || typeof data !== 'object' || !data || data[KEY] !== 1) {
        return;
      }
      const { type, height, page, findings } = data;
      if (type === 'height' && Number.isFinite(height) && height > 0 && height <= MOST) {
        this.#frame.style.height = height + 'px';
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

  // The one line puts an element where it stands, from the head at the page's end. One that says nothing, on a page that has an
  // element, only brings the name.
  function place() {
    const said = ATTRIBUTES.filter((name) => script.dataset[name]);
    const inHead = script.closest('head');
    if (!said.length && document.querySelector(KEY)) {
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
