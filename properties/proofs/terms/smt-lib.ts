import { type Term, variablesOf } from './term.ts';

/** What is asserted, with what it says in words. */
export interface Assertion {
  readonly words: string;
  readonly term: Term<'Bool'>;
}

/**
 * A script of SMT-LIB 2.6 that asks whether all assertions can hold together.
 *
 * @param title comment lines at its head.
 * @param show whether a solver that answers `sat` is asked for the values of all variables.
 */
export function script(title: readonly string[], assertions: readonly Assertion[], show: boolean): string {
  const terms = assertions.map(({ term }) => term);
  const variables = variablesOf(terms);
  const symbols = variables.map(({ name }) => name).join(' ');
  return [
    ...title.map(comment),
    `(set-logic ${terms.some(multiplies) ? 'QF_NIA' : 'QF_LIA'})`,
    '(set-option :produce-models true)',
    ...variables.map(({ name, sort }) => `(declare-const ${name} ${sort})`),
    ...assertions.flatMap(({ words, term }) => [comment(words), `(assert ${printed(term)})`]),
    '(check-sat)',
    ...(show && variables.length > 0 ? [`(get-value (${symbols}))`] : []),
    '',
  ].join('\n');
}

/** A term as SMT-LIB writes it. */
export function printed(term: Term): string {
  switch (term.kind) {
    case 'variable':
      return term.name;
    case 'literal':
      return typeof term.value === 'number' && term.value < 0 ? `(- ${-term.value})` : `${term.value}`;
    case 'application':
      return `(${term.operator} ${term.args.map(printed).join(' ')})`;
  }
}

const SUBSTITUTES: Readonly<Record<string, string>> = { '′': "'", '≤': '<=', '≥': '>=', '×': '*', '−': '-' };

/** SMT-LIB is plain ASCII, in comments too. */
function comment(words: string): string {
  const ascii = words.replace(/[^ -~]/g, (character) => SUBSTITUTES[character] ?? '?');
  return `; ${ascii}`;
}

/** Whether unknowns are multiplied with each other anywhere in a term. */
function multiplies(term: Term): boolean {
  if (term.kind !== 'application') return false;
  if (term.operator === '*' && term.args.every(({ kind }) => kind !== 'literal')) return true;
  return term.args.some(multiplies);
}
