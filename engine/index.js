// Who may sit the AI-trainer exam in Zhuhai, what it costs, and who gets which subsidy back: the rules as functions, for any
// site and for Node. No page, no storage, no network. README.md has the whole of it.
import init, * as engine from './engine.js';
import base64 from './engine-wasm.js';

/** Answers that can't be taken, or a day that is none. */
export class AnswerError extends Error {
  constructor(all) {
    super(all[0].message);
    this.name = 'AnswerError';
    this.code = all[0].code;
    this.question = all[0].question;
    this.all = all;
  }
}

let loaded = null;

/** The checker, once its program is compiled. That happens once, however often this is called; the first call says which program. */
export async function load(options) {
  loaded ??= begin(options?.wasm).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

async function begin(wasm) {
  await init({ module_or_path: wasm ?? decode(base64) });
  let tables = null;
  return Object.freeze({
    assess: (answers, options) => ask(engine.assess, answers, options),
    nextQuestion: (answers, options) => ask(engine.nextQuestion, answers, options),
    advice: (answers, options) => ask(engine.advice, answers, options),
    get tables() {
      // One for all who look: nobody may change it.
      tables ??= JSON.parse(engine.tables(), (_, value) => Object.freeze(value));
      return tables;
    },
    version: engine.version(),
  });
}

function decode(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function ask(what, answers, options) {
  const { asOf, ...others } = options ?? {};
  for (const name of Object.keys(others)) {
    // Another day's rules would be used without a word.
    throw new AnswerError([{ code: 'unknown-option', message: `there is no option \`${name}\`, only asOf` }]);
  }
  const text = written(answers);
  try {
    return JSON.parse(what(text, asOf === undefined ? undefined : String(asOf), Date.now() / 1000));
  } catch (error) {
    throw typeof error === 'string' ? new AnswerError(JSON.parse(error)) : error;
  }
}

function written(answers) {
  try {
    return JSON.stringify(answers) ?? 'null';
  } catch (error) {
    throw new AnswerError([{ code: 'not-answers', message: `the answers can't be read: ${error.message}` }]);
  }
}
