// In a page: leaves what differs, or what went wrong. Its query may say where the program is.
import * as engine from './engine/index.js';
import { compare } from './compare.js';

try {
  await engine.load({ wasm: new URLSearchParams(location.search).get('wasm') ?? undefined });
  const cases = await fetch('cases.json');
  window.differences = await compare(engine, await cases.json());
} catch (error) {
  window.differences = [String(error.stack || error)];
}
