import { readFileSync } from 'node:fs';
import type { LemmaId } from './lemma.ts';
import type { Values } from './terms/evaluate.ts';

/** What `npm run prove -- --examples` has found of each weakened rule. */
export interface ExampleRecord {
  readonly weakened: string;
  readonly lemma: LemmaId;
  readonly obligation: string;
  /** What the solver answered: a small cluster in which the weakened rule goes wrong. */
  readonly values: Values;
  /** How many steps its scenario has. */
  readonly steps: number;
  /** The rule that refuses the wrong scheduler in the last of them. */
  readonly refusedBy: string;
}

export const EXAMPLES_FILE = 'docs/proofs.json';
export const EXAMPLES_FOLDER = 'counterexamples/proofs';

export const exampleFile = (weakened: string): string => `${EXAMPLES_FOLDER}/${weakened}.scenario.jsonl`;

export function readExamples(): readonly ExampleRecord[] {
  return JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as ExampleRecord[];
}
