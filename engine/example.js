import { load } from './index.js';

const checker = await load();
const answers = {
  goal: 'claim',
  'certificate-occupation': '4-04-05-05',
  'certificate-level': '3',
  'certificate-date': '2025-07-31',
  'certificate-issuer': 'assessment-organisation',
  insurance: 'zhuhai-employee',
};
const asOf = '2025-12-01';

const { subsidy } = checker.assess(answers, { asOf }).findings;
console.log(subsidy.state, subsidy.cause, subsidy.amount, subsidy.deadline);

const next = checker.nextQuestion(answers, { asOf });
const asked = checker.tables.question.find((question) => question.id === next.question);
console.log(next.question, asked.wording.title);

try {
  checker.assess({ ...answers, age: 'thirty' }, { asOf });
} catch (error) {
  console.log(error.code, error.question, error.message);
}
