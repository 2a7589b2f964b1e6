// node node.js MODULE CASES: prints what differs, as JSON.
import { readFile } from 'node:fs/promises';
import { compare } from './compare.js';

const [module, cases] = process.argv.slice(2);
const differences = await compare(await import(module), JSON.parse(await readFile(cases, 'utf8')));
console.log(JSON.stringify(differences));
