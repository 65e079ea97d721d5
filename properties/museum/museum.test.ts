import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { foundAlone } from '../teeth/alone.ts';
import { RECORDS_FOLDER, readCollection, recordFile } from './collection.ts';
import { MOST_RUNS, SEEDS } from './figures.ts';
import { mutantNamed } from './measure.ts';
import { addressOf, type BuiltPiece } from './piece.ts';
import { BUILT_PIECES, PIECES } from './pieces/index.ts';

const { figures, records } = readCollection();
const recordOf = ({ id }: BuiltPiece) => records.get(id)!;

describe('the museum', () => {
  test('has thirty pieces and more, of which nine in ten are built', () => {
    expect(PIECES.length).toBeGreaterThanOrEqual(30);
    expect(BUILT_PIECES.length / PIECES.length).toBeGreaterThanOrEqual(0.9);
  });

  test('names each piece by its project and number, and cites it at its address', () => {
    for (const piece of PIECES) {
      expect(piece.id).toBe(`${piece.project.split('/')[1]}-${piece.number}`);
      expect(addressOf(piece)).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w.-]+\/(issues|pull)\/[1-9]\d*$/);
    }
    expect(new Set(PIECES.map(addressOf)).size).toBe(PIECES.length);
  });

  test('has a heading for each piece that no other has', () => {
    expect(new Set(PIECES.map(({ title }) => title)).size).toBe(PIECES.length);
  });

  test('has what was measured of each built piece, and of nothing else', () => {
    expect(figures.seeds).toEqual(SEEDS);
    expect(figures.mostRuns).toBe(MOST_RUNS);
    expect(figures.pieces.map(({ id }) => id)).toEqual(BUILT_PIECES.map(({ id }) => id));
    expect(readdirSync(RECORDS_FOLDER).sort()).toEqual(BUILT_PIECES.map(({ id }) => `${id}.json`).sort());
  });
});

describe.each(BUILT_PIECES)('$id', (piece) => {
  // The campaign itself is run among those that show the teeth of each property.
  test('is found by a property that must find its scheduler', () => {
    const { scheduler, property } = piece;
    const alone = foundAlone().some((pair) => pair.name === scheduler && pair.property === property);
    expect(alone || mutantNamed(scheduler).rule === property, `${scheduler} by ${property}`).toBe(true);
  });

  test('was found from every seed', () => {
    const { runs } = figures.pieces.find(({ id }) => id === piece.id)!;
    expect(runs).toHaveLength(SEEDS.length);
    expect(runs.filter((each) => each === null || each > MOST_RUNS)).toEqual([]);
  });

  test('has a counterexample of its scheduler and its property, from the campaign that was measured', () => {
    expect(existsSync(recordFile(piece.id))).toBe(true);
    const { scheduler, property, alone, origin } = recordOf(piece);
    expect({ scheduler, property, alone }).toEqual({
      scheduler: piece.scheduler,
      property: piece.property,
      alone: true,
    });
    const { runs } = figures.pieces.find(({ id }) => id === piece.id)!;
    expect(origin).toMatchObject({ seed: SEEDS[0], run: runs[0] });
  });
});

/** What a scheduler says in a scenario, up to where it breaks off. */
function saidBy(
  scheduler: Scheduler,
  { scenario: { config, stimuli } }: ReturnType<typeof recordOf>,
): string {
  const said: unknown[] = [];
  try {
    scheduler.reset(config);
    for (const { at, stimulus } of stimuli) said.push(structuredClone(scheduler.step(at, stimulus)));
  } catch (error) {
    said.push(error instanceof Error ? error.message : error);
  }
  return JSON.stringify(said);
}

test('no two pieces are the same fault: some scenario of the museum tells their schedulers apart', () => {
  const short = BUILT_PIECES.map(recordOf).filter(({ scenario }) => scenario.stimuli.length < 100);
  const behaviours = new Map<string, string>();
  for (const { id, scheduler } of BUILT_PIECES) {
    const mutant = mutantNamed(scheduler).create();
    const behaviour = [mutant.words ?? [], ...short.map((record) => saidBy(mutant, record))].join('\n');
    expect(behaviours.get(behaviour), `${id} does the same as`).toBeUndefined();
    behaviours.set(behaviour, id);
  }
  expect(new Set(BUILT_PIECES.map(({ scheduler }) => scheduler)).size).toBe(BUILT_PIECES.length);
});
