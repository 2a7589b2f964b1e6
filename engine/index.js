// Who may sit the AI-trainer exam in Zhuhai, what it costs, and who gets which subsidy back: the rules as functions, for any
// site and for Node. No page, no storage, no network beyond its own files. README.md has the whole of it.
import init, * as engine from './engine.js';

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

/** The checker, once its program has come. It comes once, however often this is called; who is first says from where. */
export async function load(options) {
  loaded ??= begin(options?.wasm).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

async function begin(wasm) {
  const beside = new URL('./engine.wasm', import.meta.url);
  const isAddress = typeof wasm === 'string' || wasm instanceof URL;
  const given = isAddress ? new URL(wasm, globalThis.document?.baseURI ?? import.meta.url) : wasm;
  const from = given ?? beside;
  await init({ module_or_path: from instanceof URL ? await program(from) : from });
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

async function program(address) {
  if (address.protocol !== 'file:') {
    return fetch(address);
  }
  // Node fetches no files.
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
  return readFile(address);
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
