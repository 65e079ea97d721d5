import type { Operator, Term } from './term.ts';

/** How tightly an operator binds; what binds less is put in brackets. */
const TIGHTNESS: Readonly<Record<Operator, number>> = {
  '=>': 1,
  or: 2,
  and: 2,
  not: 4,
  '<=': 5,
  '<': 5,
  '=': 5,
  ite: 6,
  '-': 7,
  '+': 7,
  '*': 8,
};

const SIGNS: Readonly<Partial<Record<Operator, string>>> = {
  '=>': ' ⇒ ',
  or: ' ∨ ',
  and: ' ∧ ',
  '<=': ' ≤ ',
  '<': ' < ',
  '=': ' = ',
  '-': ' − ',
  '+': ' + ',
  '*': ' × ',
};

/** A term as people write it. */
export function notation(term: Term): string {
  return within(term, 0);
}

function within(term: Term, tightness: number): string {
  if (term.kind === 'variable') return term.shown;
  if (term.kind === 'literal') return `${term.value}`.replace('-', '−');
  const { operator, args } = term;
  const own = tightnessOf(operator, args);
  const text = applied(operator, args, own);
  return own < tightness ? `(${text})` : text;
}

/** What stands in brackets by itself needs none around it, and what counts only if something holds is a product. */
function tightnessOf(operator: Operator, args: readonly Term[]): number {
  if (operator !== 'ite') return TIGHTNESS[operator];
  return isZero(args[2]!) ? TIGHTNESS['*'] : TIGHTNESS['*'] + 1;
}

function isZero(term: Term): boolean {
  return term.kind === 'literal' && term.value === 0;
}

function applied(operator: Operator, args: readonly Term[], own: number): string {
  if (operator === 'ite') {
    const [condition, one, other] = args.map((arg) => within(arg, 0));
    return isZero(args[2]!)
      ? `[${condition}] · ${within(args[1]!, 9)}`
      : `(${condition} ? ${one} : ${other})`;
  }
  if (operator === 'not') {
    const [denied] = args;
    if (denied!.kind === 'application' && denied!.operator === '=') {
      return denied!.args.map((arg) => within(arg, TIGHTNESS['='] + 1)).join(' ≠ ');
    }
    return `¬ ${within(denied!, own + 1)}`;
  }
  return args
    .map((arg, place) => within(arg, isChained(operator, arg, place) ? own : own + 1))
    .join(SIGNS[operator]!);
}

/** Whether an argument needs no brackets, though it binds no tighter: a sum goes from left to right. */
function isChained(operator: Operator, arg: Term, place: number): boolean {
  if (arg.kind !== 'application') return false;
  if (operator === '+' || operator === '-') return place === 0 || (operator === '+' && arg.operator === '+');
  return arg.operator === operator && (operator === 'and' || operator === 'or');
}
