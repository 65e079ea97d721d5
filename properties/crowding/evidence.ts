import { readFileSync } from 'node:fs';
import type { Decision } from '../../model/alphabet.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { type CounterexampleRecord, readRecord } from '../records/record.ts';
import { replay } from '../replay/play.ts';
import type { Strength } from './strengths.ts';

/** Where `npm run crowding` keeps what it has found: rows, and below a folder for each scheduler the scenarios. */
export const ROWS_FILE = 'docs/crowding.json';
export const RECORDS_FOLDER = 'counterexamples/crowding';

/** What campaigns have found of one scheduler and one strength. */
export interface CrowdingRow {
  readonly scheduler: string;
  readonly strength: Strength;
  /** In all campaigns together, had none found anything. */
  readonly runs: number;
  /** The record of the smallest scenario found; null when none was. */
  readonly file: string | null;
}

/** What was found, with the scenario played again side by side. */
export interface CrowdingCase {
  readonly row: CrowdingRow;
  readonly record: CounterexampleRecord;
  /** What is wrong with the scheduler, and with XX on the same scenario; null when nothing is. */
  readonly wrong: string | null;
  readonly wrongInXX: string | null;
  readonly steps: readonly ComparedStep[];
}

export interface ComparedStep {
  readonly at: number;
  readonly stimulus: CounterexampleRecord['scenario']['stimuli'][number]['stimulus'];
  /** Null where the stimulus was not possible, or the play was over. */
  readonly decisions: readonly Decision[] | null;
  readonly decisionsOfXX: readonly Decision[] | null;
}

export function readRows(): CrowdingRow[] {
  return JSON.parse(readFileSync(ROWS_FILE, 'utf8'));
}

/** Plays the scenario of a row with its scheduler and with XX; null when none was found. */
export function caseOf(row: CrowdingRow): CrowdingCase | null {
  if (row.file === null) return null;
  const record = readRecord(readFileSync(row.file, 'utf8'));
  const playable = { file: row.file, scenario: record.scenario, record };
  const contestant = contestantOf({ scheduler: row.scheduler });
  const own = replay(playable, contestant);
  contestant.close();
  const ofXX = replay(playable, { scheduler: createXX() });
  return {
    row,
    record,
    wrong: factsOf(own.finding),
    wrongInXX: factsOf(ofXX.finding),
    steps: record.scenario.stimuli.map(({ at, stimulus }, index) => ({
      at,
      stimulus,
      decisions: own.steps[index]?.decisions ?? null,
      decisionsOfXX: ofXX.steps[index]?.decisions ?? null,
    })),
  };
}

/** A verdict without the step and the property, which stand beside it. */
function factsOf(finding: { property: string; message: string } | null): string | null {
  if (finding === null) return null;
  const { property, message } = finding;
  return message.replace(/^step \d+: /, '').replace(`${property} does not hold: `, '');
}
