// Judges the same people by each evaluator, by turns, and gives what each said and the microseconds for one person. What is
// measured begins with answers that have been read, but for the one row that crosses as JSON.
import startOwn, { People } from './evaluator.js';
import { load } from './engine/index.js';
import startZen from './zen.js';
import { jsonRulesEngine, publicodes, zen } from './rules.js';

const { rounds, people, ...rules } = await (await fetch('./people.json')).json();
const [checker] = await Promise.all([
  load(),
  startOwn({ module_or_path: fetch('./evaluator.wasm') }),
  startZen({ module_or_path: fetch('./zen.wasm') }),
]);
const own = new People(JSON.stringify(people), rules.asOf);
const evaluators = {
  'this project': { read: (_, at) => at, subsidy: (at) => own.subsidy(at) },
  'this project, as JSON': {
    read: (person) => person,
    subsidy: (person) => Number(checker.assess(person, { asOf: rules.asOf }).findings.subsidy.amount?.max ?? 0),
  },
  '@gorules/zen-engine-wasm': zen(rules),
  publicodes: publicodes(rules),
  'json-rules-engine': jsonRulesEngine(rules),
};

const results = {};
for (const [name, { read, subsidy }] of Object.entries(evaluators)) {
  const known = people.map(read);
  const said = [];
  for (const one of known) {
    said.push(await subsidy(one));
  }
  results[name] = { said, known, times: [] };
}
for (let round = 0; round < rounds; round += 1) {
  for (const [name, { subsidy }] of Object.entries(evaluators)) {
    const { known, times } = results[name];
    // So often that a clock of a tenth of a millisecond doesn't matter.
    const begun = performance.now();
    let done = 0;
    while (performance.now() - begun < 100) {
      for (const one of known) {
        const given = subsidy(one);
        if (given instanceof Promise) {
          await given;
        }
      }
      done += known.length;
    }
    times.push(((performance.now() - begun) * 1000) / done);
  }
}
window.measured = Object.entries(results).map(([name, { said, times }]) => ({ name, said, times }));
