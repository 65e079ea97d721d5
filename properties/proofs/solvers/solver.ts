import type { Values } from '../terms/evaluate.ts';

/** What a solver says: `unsat`, nothing can be so; `sat`, and these values show it; or it does not know, and why. */
export type Answer =
  | { readonly kind: 'unsat' }
  | { readonly kind: 'sat'; readonly values: Values }
  | { readonly kind: 'unknown'; readonly why: string };

/** Something that decides scripts of SMT-LIB. */
export interface Solver {
  readonly name: string;
  /** Answers a script with one `check-sat`, and perhaps a `get-value` after it. */
  ask(script: string): Promise<Answer>;
  close(): void;
}

/** How long a solver may think about one script, in ms; most take a few. */
export const PATIENCE_MS = 60_000;

/** Reads what a solver has printed. */
export function answerOf(output: string): Answer {
  const [verdict = '', ...rest] = output.trim().split('\n');
  if (verdict === 'unsat') return { kind: 'unsat' };
  if (verdict === 'sat') return { kind: 'sat', values: valuesOf(rest.join(' ')) };
  return { kind: 'unknown', why: verdict === '' ? 'it said nothing' : output.trim().slice(0, 200) };
}

/** The values of `((name value) …)`, where a negative number is written as `(- 3)`. */
function valuesOf(text: string): Values {
  const pairs = text.matchAll(/\(\s*([^\s()]+)\s+(true|false|\d+|\(-\s*\d+\))\s*\)/g);
  return Object.fromEntries(
    [...pairs].map(([, name, value]) => [
      name!,
      value === 'true' || value === 'false' ? value === 'true' : Number(value!.replace(/[()\s]/g, '')),
    ]),
  );
}
