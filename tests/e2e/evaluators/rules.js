// The subsidy's rules (S1-S11 and the amounts) once more for each of three libraries, in the way of its own documentation: for
// the benches only. Only for people about whom everything is known: none of them has an answer for what is open.
//
// Each gives a function from somebody's answers to yuan, 0 where there is no subsidy.
import Publicodes from './publicodes.js';
import { Engine } from './json-rules-engine.js';
import { Variable } from './zen.js';

const HOUSEHOLD = ['zhuhai', 'guangdong'];
const WORK = ['zhuhai', 'guangdong'];
const INSURED = ['zhuhai-employee', 'zhuhai-flexible', 'guangdong-employee'];
const NO = [
  'established-post',
  'full-time-student',
  'pension',
  'paid-same',
  'paid-this-year',
  'paid-unemployment-insurance',
];

/** As numbers, of which all three can say which is later: 20250731. */
const day = (text) => Number(text.replaceAll('-', ''));

/** Occupations, each with the amount of its levels (from 1 to 5), and codes of those that the city is short of. */
export function publicodes({ catalogue, shortage, asOf }) {
  const all = (...conditions) => ({ 'toutes ces conditions': conditions });
  const any = (...conditions) => ({ 'une de ces conditions': conditions });
  const is = (name, values) => any(...values.map((value) => `${name} = '${value}'`));
  const name = (id) => id.replaceAll('-', ' ');
  const asked = ['age', 'sex', 'household', 'insurance', 'works in', 'unemployment registered', 'paid higher', ...NO.map(name)];
  const given = [...asked, 'certificate occupation', 'certificate level', 'certificate day', 'certificate issuer'];
  const listed = (codes) => is('certificate occupation', codes);
  const engine = new Publicodes({
    ...Object.fromEntries(given.map((one) => [one, null])),
    entitled: all(
      'age >= 16',
      any('age <= 55', all("sex = 'male'", 'age <= 60')),
      ...NO.map((id) => `${name(id)} = 'no'`),
      any(is('household', HOUSEHOLD), all(any(is('insurance', INSURED), "unemployment registered = 'yes'"), is('works in', WORK))),
      listed(Object.keys(catalogue)),
      "certificate issuer = 'assessment-organisation'",
      `certificate day > ${day(asOf) - 10000}`,
      any('certificate level = 1', "paid higher = 'no'"),
    ),
    base: {
      variations: Object.entries(catalogue).map(([code, amounts]) => ({
        si: `certificate occupation = '${code}'`,
        alors: { variations: amounts.map((amount, at) => ({ si: `certificate level = ${at + 1}`, alors: amount })) },
      })),
    },
    uplift: {
      'applicable si': all('certificate level <= 3', listed(shortage), "insurance = 'zhuhai-employee'"),
      valeur: 'base * 30%',
    },
    subsidy: { 'applicable si': 'entitled', somme: ['base', 'uplift'] },
  });
  return {
    read: (person) =>
      Object.fromEntries([
        ...asked.map((one) => [one, one === 'age' ? Number(person.age) : `'${person[one.replaceAll(' ', '-')]}'`]),
        ['certificate occupation', `'${person['certificate-occupation']}'`],
        ['certificate level', Number(person['certificate-level'])],
        ['certificate day', day(person['certificate-date'])],
        ['certificate issuer', `'${person['certificate-issuer']}'`],
      ]),
    subsidy: (situation) => engine.setSituation(situation).evaluate('subsidy').nodeValue ?? 0,
  };
}

export function jsonRulesEngine({ catalogue, shortage, asOf }) {
  const engine = new Engine();
  const fact = (name, operator, value) => ({ fact: name, operator, value });
  engine.addRule({
    event: { type: 'entitled' },
    conditions: {
      all: [
        fact('age', 'greaterThanInclusive', 16),
        { any: [fact('age', 'lessThanInclusive', 55), { all: [fact('sex', 'equal', 'male'), fact('age', 'lessThanInclusive', 60)] }] },
        ...NO.map((id) => fact(id, 'equal', 'no')),
        {
          any: [
            fact('household', 'in', HOUSEHOLD),
            {
              all: [
                { any: [fact('insurance', 'in', INSURED), fact('unemployment-registered', 'equal', 'yes')] },
                fact('works-in', 'in', WORK),
              ],
            },
          ],
        },
        fact('certificate-occupation', 'in', Object.keys(catalogue)),
        fact('certificate-issuer', 'equal', 'assessment-organisation'),
        fact('certificate-day', 'greaterThan', day(asOf) - 10000),
        { any: [fact('certificate-level', 'equal', 1), fact('paid-higher', 'equal', 'no')] },
      ],
    },
  });
  engine.addRule({
    event: { type: 'uplift' },
    conditions: {
      all: [
        fact('certificate-level', 'lessThanInclusive', 3),
        fact('certificate-occupation', 'in', shortage),
        fact('insurance', 'equal', 'zhuhai-employee'),
      ],
    },
  });
  return {
    read: (person) => ({
      ...person,
      age: Number(person.age),
      'certificate-level': Number(person['certificate-level']),
      'certificate-day': day(person['certificate-date']),
    }),
    subsidy: async (facts) => {
      const { events } = await engine.run(facts);
      const types = events.map((event) => event.type);
      if (!types.includes('entitled')) {
        return 0;
      }
      const base = catalogue[facts['certificate-occupation']][facts['certificate-level'] - 1];
      return types.includes('uplift') ? base + base * 0.3 : base;
    },
  };
}

/** What its make for browsers has: expressions, no tables of decisions. */
export function zen({ catalogue, shortage, asOf }) {
  const list = (values) => `[${values.map((value) => `'${value}'`).join(', ')}]`;
  const name = (id) => id.replaceAll('-', '_');
  const entitled = [
    'age >= 16',
    "(age <= 55 or (sex == 'male' and age <= 60))",
    ...NO.map((id) => `${name(id)} == 'no'`),
    `(household in ${list(HOUSEHOLD)} or ((insurance in ${list(INSURED)} or unemployment_registered == 'yes') and works_in in ${list(WORK)}))`,
    `certificate_occupation in ${list(Object.keys(catalogue))}`,
    "certificate_issuer == 'assessment-organisation'",
    `certificate_day > ${day(asOf) - 10000}`,
    "(certificate_level == 1 or paid_higher == 'no')",
  ].join(' and ');
  const uplift = `certificate_level <= 3 and certificate_occupation in ${list(shortage)} and insurance == 'zhuhai-employee'`;
  const rule = `${entitled} ? base * (${uplift} ? 1.3 : 1) : 0`;
  return {
    read: (person) => {
      const entries = Object.entries(person).map(([id, value]) => [name(id), value]);
      const facts = Object.fromEntries(entries);
      const level = Number(facts.certificate_level);
      return new Variable({
        ...facts,
        age: Number(facts.age),
        certificate_level: level,
        certificate_day: day(person['certificate-date']),
        base: catalogue[facts.certificate_occupation]?.[level - 1] ?? 0,
      });
    },
    subsidy: (variable) => Number(variable.evaluateExpression(rule)),
  };
}
