// Puts people to the engine and compares what it says, to the letter, with what the core says natively; and puts to it what it must
// refuse. For Node and the browsers alike: gets the module, gives back what differs.

/** Each with what is wrong with it: a code, and the question where there is one. */
function refusals() {
  const round = {};
  round.round = round;
  const claim = { goal: 'claim' };
  return [
    [undefined, {}, 'not-answers'],
    [null, {}, 'not-answers'],
    ['claim', {}, 'not-answers'],
    [[claim], {}, 'not-answers'],
    [round, {}, 'not-answers'],
    [{ age: 10n }, {}, 'not-answers'],
    [{}, {}, 'goal-missing', 'goal'],
    [{ goal: 'dont-know' }, {}, 'bad-value', 'goal'],
    [{ ...claim, 'shoe-size': 43 }, {}, 'unknown-question', 'shoe-size'],
    [{ ...claim, __proto__: { age: 30 }, ['__proto__']: 1 }, {}, 'unknown-question', '__proto__'],
    [{ ...claim, age: 30.5 }, {}, 'bad-value', 'age'],
    [{ ...claim, age: NaN }, {}, 'bad-value', 'age'],
    [{ ...claim, age: true }, {}, 'bad-value', 'age'],
    [{ ...claim, age: -1 }, {}, 'bad-value', 'age'],
    [{ ...claim, age: [30] }, {}, 'bad-value', 'age'],
    [{ ...claim, 'certificate-date': '2025-02-29' }, {}, 'bad-value', 'certificate-date'],
    [{ ...claim, 'certificate-date': '2025-12-02' }, { asOf: '2025-12-01' }, 'after-as-of', 'certificate-date'],
    [claim, { asOf: '2025-2-1' }, 'bad-as-of'],
    [claim, { asOf: new Date(0) }, 'bad-as-of'],
    [claim, { asOf: null }, 'bad-as-of'],
    [claim, { asof: '2025-12-01' }, 'unknown-option'],
  ];
}

export async function compare({ load, AnswerError }, { version, cases }) {
  const checker = await load();
  const differences = [];
  const same = (what, said, expected) => {
    if (said !== expected) {
      differences.push(`${what}: ${said}, and not ${expected}`);
    }
  };
  same('the checker', await load(), checker);
  same('the version', checker.version, version);
  same('the tables', checker.tables.version, version);
  same('the tables again', checker.tables, checker.tables);
  same('the tables are closed', Object.isFrozen(checker.tables.question[0].wording), true);
  same('without options', JSON.stringify(checker.assess({ goal: 'exam' }, null)), JSON.stringify(checker.assess({ goal: 'exam' })));
  for (const { answers, asOf, ...expected } of cases) {
    const about = JSON.stringify([answers, asOf]);
    same(`findings of ${about}`, JSON.stringify(checker.assess(answers, { asOf })), expected.findings);
    same(`next for ${about}`, JSON.stringify(checker.nextQuestion(answers, { asOf })), expected.next);
    same(`advice for ${about}`, JSON.stringify(checker.advice(answers, { asOf })), expected.advice);
  }
  // Today, if no day is given; nobody tests at midnight.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format();
  same('today', checker.assess({ goal: 'exam' })['as-of'], today);
  same('the first question', checker.nextQuestion({}).question, 'goal');
  for (const [answers, options, code, question] of refusals()) {
    try {
      checker.assess(answers, options);
      differences.push(`not refused: ${code} ${question}`);
    } catch (error) {
      const wrong = !(error instanceof AnswerError && error instanceof Error);
      same('what was thrown', wrong ? String(error) : `${error.code} ${error.question}`, `${code} ${question}`);
      same('its first', error.all?.[0].message, error.message);
    }
  }
  // Every mistake at once, and the checker goes on.
  try {
    checker.assess({ goal: 'x', age: 'y' });
  } catch (error) {
    same('mistakes', error.all.map((one) => one.question).join(), 'goal,age');
  }
  same('afterwards', checker.assess({ goal: 'exam' }).information.length > 0, true);
  return differences;
}
