// Somebody's program: asks the engine for one person's findings, and shows or prints them.
import { load } from 'subsidy-checker-engine';
import { answers, asOf } from './person.js';

const show = globalThis.document ? (text) => { globalThis.findings = text; } : console.log;
load().then(
  (checker) => show(JSON.stringify(checker.assess(answers, { asOf }))),
  (error) => show(String(error.stack ?? error)),
);
