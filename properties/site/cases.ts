import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PropertyId } from '../catalogue.ts';
import { type CounterexampleRecord, readRecord } from '../records/record.ts';
import { FOUND_ALONE } from '../teeth/alone.ts';
import type { TeethRecord } from '../teeth/record.ts';

/** A scenario that the site plays: where a scheduler breaks a rule, or reads the paper in another way. */
export interface Case {
  /** The id of the property, or the heading of the reading. */
  readonly id: string;
  readonly scheduler: string;
  readonly property: PropertyId;
}

/** Where `npm run site:cases` keeps what it finds, by kind. */
export const CASES_FOLDER = { rules: 'docs/cases/rules', readings: 'docs/cases/readings' } as const;

export type CaseKind = keyof typeof CASES_FOLDER;

export function caseFile(kind: CaseKind, id: string): string {
  return `${CASES_FOLDER[kind]}/${id}.json`;
}

/** For each property the wrong scheduler whose counterexample becomes shortest, as the teeth were measured. */
export function ruleCases({ alone }: Pick<TeethRecord, 'alone'>): Case[] {
  return Object.entries(FOUND_ALONE).map(([id, names]) => {
    const stepsOf = (name: string): number =>
      alone.find((row) => row.rule === id && row.name === name)?.steps ?? Number.POSITIVE_INFINITY;
    const [scheduler] = names.toSorted((one, other) => stepsOf(one) - stepsOf(other));
    return { id, scheduler: scheduler!, property: id as PropertyId };
  });
}

/** For each reading: who follows another one, and what then refuses it. */
// biome-ignore format: a table, a row a line
const OTHERWISE: readonly (readonly [string, string, PropertyId])[] = [
  ['which-shard-gets-a-function', 'steals-work', 'place-greatest'],
  ['the-ratio-of-price-to-time', 'price-over-wait', 'place-greatest'],
  ['why-anything-waits-at-a-shard', 'places-two-in-a-turn', 'place-greatest'],
  ['whether-low-classes-starve', 'old-age-beats-class', 'run-the-highest'],
  ['the-choice-of-a-machine-does-not-look-at-classes', 'xx-class-aware-polling', 'place-least-loaded'],
  ['what-is-counted-on-a-machine', 'counts-the-running-only', 'place-least-loaded'],
  ['idle-means-free-memory', 'xx-listed-with-a-core', 'idle-list-true'],
  ['which-idle-list-a-machine-joins', 'joins-the-first-list', 'idle-list-true'],
  ['a-shard-counts-its-own-placements', 'forgets-its-own-placements', 'idle-list-true'],
  ['when-an-entry-has-changed-significantly', 'ignores-the-functions-drift', 'idle-list-true'],
  ['first-come-first-served', 'keeps-its-turn-on-waking', 'preempt-outranked'],
  ['who-is-swapped-within-a-class', 'pages-out-the-oldest-of-the-lowest-class', 'page-out-lowest'],
  ['how-much-of-a-function-is-swapped', 'pages-out-whole-functions', 'page-out-lowest'],
  ['nothing-is-swapped-for-a-lower-class', 'backfills-into-memory-of-the-blocked', 'page-out-lowest'],
  ['when-memory-comes-back', 'pages-in-whoever-fits', 'page-in-to-run'],
  ['the-one-that-grows-may-be-the-lowest', 'xx-growth-succeeds', 'page-out-lowest'],
  ['who-is-killed', 'kills-the-largest', 'kill-iff'],
  ['one-that-can-never-fit', 'neighbours-die-for-the-oversized', 'kill-iff'],
  ['after-a-kill', 'a-caller-dies-with-its-callee', 'answered'],
  ['failures', 'a-restart-loses-the-queue', 'answered'],
  ['a-low-function-calls-a-high-one', 'inherits-the-lower', 'admit'],
  ['firing-without-waiting', 'a-trigger-inherits', 'admit'],
  ['who-pays-for-an-inherited-class', 'bills-the-class-asked-for', 'bill-exact'],
  ['throttled-or-degraded', 'throttles-ahead-of-pace', 'admit'],
  ['memory-actually-used', 'bills-swapped-memory', 'bill-exact'],
];

export const READING_CASES: readonly Case[] = OTHERWISE.map(([id, scheduler, property]) => ({
  id,
  scheduler,
  property,
}));

/** What is kept of a case. @throws Error when there is nothing: `npm run site:cases` finds it. */
export function readCase(kind: CaseKind, id: string, root = '.'): CounterexampleRecord {
  return readRecord(readFileSync(join(root, caseFile(kind, id)), 'utf8'));
}
