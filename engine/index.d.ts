import type { Answers, Goal, QuestionId } from './answers.js';

export type { Answers, Goal, QuestionId };

/** The checker, once its program is compiled. That happens once, however often this is called. */
export function load(options?: {
  /** The program, in place of the one in this package: an address to fetch it from, a URL, a Response, bytes, a WebAssembly.Module. */
  wasm?: string | object;
}): Promise<Checker>;

export interface Checker {
  /** What these answers give. What is missing is open. */
  assess(answers: Answers & { goal: Goal }, options?: Options): Assessment;
  /** What to ask next; null where nothing that is open could change a finding. */
  nextQuestion(answers: Answers, options?: Options): NextQuestion | null;
  /** What would make a finding better. */
  advice(answers: Answers & { goal: Goal }, options?: Options): Advice[];
  /** All rules, as rules.schema.json describes them: amounts, days, criteria, questions, sources. */
  readonly tables: Tables;
  /** Of the tables. */
  readonly version: string;
}

export interface Options {
  /** The day whose rules are used, such as 2025-12-01; today in Asia/Shanghai if it isn't given. */
  asOf?: string;
}

/** Answers that can't be taken, or a day that is none. Code, question and message are those of the first mistake. */
export class AnswerError extends Error {
  readonly code: ErrorCode;
  readonly question?: string;
  /** Every mistake. */
  readonly all: readonly { code: ErrorCode; question?: string; message: string }[];
}

export type ErrorCode =
  | 'unknown-question'
  | 'bad-value'
  | 'after-as-of'
  | 'goal-missing'
  | 'bad-as-of'
  | 'unknown-option'
  | 'not-answers';

export type State = 'met' | 'not-met' | 'unknown';

/** Why something is unknown. */
export type Cause = 'no-rules-for-date' | 'authority-decides' | 'dont-know' | 'unanswered';

/** Yuan, as decimal numbers. */
export interface Amount {
  min: string;
  max: string;
}

export interface Assessment {
  'as-of': string;
  /** The tables' version. */
  rules: string;
  findings: Partial<Record<FindingId, Finding>>;
  /** Clauses that are told beside the findings. */
  information: string[];
}

export type FindingId =
  | 'may-sit'
  | 'course-dates'
  | 'course-fee'
  | 'subsidy'
  | 'net-cost'
  | 'exam-passed'
  | 'resit'
  | 'resit-fee'
  | 'training-certificate'
  | 'recognition'
  | 'district-craftsman';

/** What doesn't apply is absent; an amount that isn't known is null. It never stands for 0. */
export interface Finding {
  state: State;
  cause?: Cause;
  criteria: Criterion[];
  /** Of a subsidy: if it is granted. */
  amount?: Amount | null;
  base?: Amount | null;
  uplift?: Amount | null;
  /** Until when a subsidy can be claimed; absent where the regulation may have ended by the claim. */
  deadline?: Deadline;
  phase?: 'open' | 'starting' | 'running' | 'past';
  'rules-known-until'?: string;
  'claim-at'?: ('zhuhai' | 'other-guangdong')[];
  'provided-that'?: string[];
  /** As if the last known rules went on: an indication, to be told apart from what holds. */
  indicative?: {
    state: State;
    cause?: Cause;
    amount?: Amount | null;
    base?: Amount | null;
    uplift?: Amount | null;
    deadline?: Deadline;
  };
  paths?: Path[];
  'highest-level'?: number | null;
  'already-held'?: number;
}

/** The last day that surely counts, and the one after it. */
export interface Deadline {
  safe: string;
  last: string;
}

export interface Criterion {
  /** The clause of the rules. */
  id: string;
  state: State;
  cause?: Cause;
}

/** A way to the exam; what it lacks are years, or one of some values. */
export interface Path extends Criterion {
  lacks?: Partial<Record<QuestionId, number | string[]>>;
}

export interface NextQuestion {
  question: QuestionId;
  /** What stands on the same page of the checker. */
  together: QuestionId[];
  /** About how many such pages come after. */
  ahead: number;
}

export interface Advice {
  finding: FindingId;
  step: 'change' | 'find-out' | 'wait' | 'not-before' | 'not-after';
  /** Of a change, and of what is to be found out: the question with the answers that would do. */
  question?: QuestionId;
  values?: string[];
  /** Of a change: the other questions that need another answer at the same time. */
  also?: { question: QuestionId; values: string[] }[];
  numbers?: { from: number; to: number };
  days?: { from: string; to: string };
  /** Of a wait. */
  years?: number;
  /** Not before or not after this one. */
  day?: string;
  now: Outcome;
  then: Outcome;
  /** What is said holds if the rules went on after this day. */
  'rules-known-until'?: string;
}

export interface Outcome {
  state: State;
  cause?: Cause;
  amount?: Amount;
}

/** The parts of the tables that most programs want; rules.schema.json has all of them. */
export interface Tables {
  readonly version: string;
  readonly question: readonly {
    id: QuestionId;
    wording: { title: string; short: string; why: string; help?: string };
    values?: { id: string; label: string }[];
    from?: number;
    to?: number;
    date?: true;
    [more: string]: unknown;
  }[];
  [part: string]: unknown;
}
