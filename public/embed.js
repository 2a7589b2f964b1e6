// The checker on somebody else's page, by one line; docs/embedding.md is for who pastes it. Shows it in a frame, keeps the frame
// as high as its content, and leaves nothing behind when it is taken away.
(function () {
  'use strict';
  const KEY = 'subsidy-checker';
  const TITLES = { 'zh-Hans': '培训补贴自查', 'zh-Hant': '培訓補貼查詢', en: 'Subsidy check' };
  const GOALS = ['enrol', 'exam', 'claim'];
  // Until the frame has said how high it is, and the most that is believed.
  const FIRST = 640;
  const MOST = 20000;
  const script = document.currentScript;
  const base = new URL('./', script.src);

  class Checker extends HTMLElement {
    static observedAttributes = ['lang'];

    connectedCallback() {
      const address = new URL(base);
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
      frame.addEventListener('load', () => this.#say('start'));
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

    attributeChangedCallback(name, before, language) {
      if (this.#frame && before !== language && language in TITLES) {
        this.#frame.title = TITLES[language];
        this.#say('lang', { lang: language });
      }
    }

    #frame = null;
    #hears = null;

    #say(type, more) {
      this.#frame?.contentWindow?.postMessage({ [KEY]: 1, type, ...more }, base.origin);
    }

    #hear({ source, origin, data }) {
      if (source !== this.#frame?.contentWindow || origin !== base.origin || !data || data[KEY] !== 1) {
        return;
      }
      if (data.type === 'height' && Number.isFinite(data.height) && data.height > 0 && data.height <= MOST) {
        this.#frame.style.height = data.height + 'px';
      }
      if (data.type === 'step') {
        // The new page begins at its top; where that is in sight nothing moves.
        if (this.#frame.getBoundingClientRect().top < 0) {
          this.#frame.scrollIntoView();
        }
      }
      if (data.type === 'ready' || data.type === 'step') {
        this.dispatchEvent(new CustomEvent(KEY + '-' + data.type, { bubbles: true, detail: { page: data.page } }));
      }
    }
  }

  if (!customElements.get(KEY)) {
    customElements.define(KEY, Checker);
  }

  // The one line puts an element where it stands, from the head at the page's end. One that says nothing, on a page that has an
  // element, only brings the name.
  function place() {
    const { lang, goal } = script.dataset;
    const inHead = script.closest('head');
    if (!lang && !goal && document.querySelector(KEY)) {
      return;
    }
    const element = document.createElement(KEY);
    if (lang) {
      element.setAttribute('lang', lang);
    }
    if (goal) {
      element.setAttribute('goal', goal);
    }
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
