// node node.js MODULE CASES: prints what differs, as JSON.
import { readFile } from 'node:fs/promises';
import { compare } from './compare.js';

const [module, cases] = process.argv.slice(2);
const engine = await import(module);
// From a place that has none; then as bytes.
const refused = await engine.load({ wasm: new URL('./nowhere.wasm', import.meta.url) }).catch((error) => error);
if (!(refused instanceof Error)) {
  throw new Error('a program that is not there was loaded');
}
await engine.load({ wasm: await readFile(new URL(import.meta.resolve(`${module}/engine.wasm`))) });
const differences = await compare(engine, JSON.parse(await readFile(cases, 'utf8')));
console.log(JSON.stringify(differences));
