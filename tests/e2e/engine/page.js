// In a page: leaves what differs, or what went wrong.
import * as engine from './engine/index.js';
import { compare } from './compare.js';

try {
  const cases = await fetch('cases.json');
  window.differences = await compare(engine, await cases.json());
} catch (error) {
  window.differences = [String(error.stack || error)];
}
