import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../model/configuration.ts';
import { diskWords } from '../../../properties/replay/disk.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { IN_FLIGHT, STEP } from '../../../properties/testing/in-flight.ts';
import { classColour } from '../view/colours.ts';
import { drawDisk } from '../view/disks.ts';
import type { Sheet } from '../view/sheet.ts';
import { PlayedFilm } from './film.ts';
import { DOING, doingOf, memoryOf } from './lanes.ts';
import { forbiddenNow, permittedNow } from './options.ts';
import { playingOf } from './players.ts';
import { rowsOf } from './rows.ts';
import { diskState, leftWords, ramWords, transfersIn } from './transfer-words.ts';

function filmOf(config: Configuration): PlayedFilm {
  const data: PageData = {
    file: 'in-flight',
    scenario: { ...IN_FLIGHT, config },
    player: { type: 'scheduler', name: 'xx' },
    ...{ properties: [], leavesOut: true, told: null, range: null },
  };
  const film = new PlayedFilm(playingOf(data));
  film.play();
  return film;
}

const { paging: _, ...atOnce } = IN_FLIGHT.config;
const film = filmOf(IN_FLIGHT.config);
const filmAtOnce = filmOf(atOnce);
const machineAt = (step: number) => film.still(step).judge.state.machines[0]!;

describe('what the disk of a machine moves', () => {
  test('is known from when to when, whose it is, and which way it goes', () => {
    const told = film.transfers!.of(0).map(({ id, way, mb, from, to }) => [id, way, mb, from, to]);
    expect(told).toEqual([
      [0, 'out', 1, STEP.lends, STEP.takesBack],
      [0, 'out', 1, STEP.stalls, STEP.nobodysIsDone],
      [2, 'out', 1, STEP.nobodysIsDone, 15],
      [1, 'out', 2, 15, STEP.pagesIn],
      [2, 'in', 1, STEP.pagesIn, STEP.arrivesIn],
      [1, 'in', 2, 18, STEP.crashes],
    ]);
  });

  test('is told apart where its owner was killed, or its machine went down', () => {
    const known = film.transfers!.of(0);
    expect(known.map(({ nobodysFrom }) => nobodysFrom).filter(Number.isFinite)).toEqual([STEP.ownerDies]);
    expect(known.map(({ isLost }) => isLost)).toEqual([false, false, false, false, false, true]);
  });

  test('is in words in the steps in which something happens to it, and in no other', () => {
    expect(transfersIn(film, STEP.lends)).toEqual([
      `Begins: 1 MB of invocation 0 from RAM to swap on machine 0, in flight from step ${STEP.lends} (4 ms) to step ${STEP.takesBack} (7 ms).`,
    ]);
    expect(transfersIn(film, STEP.ownerDies)[0]).toMatch(/^Its owner is killed, and it goes on for nobody: /);
    expect(transfersIn(film, STEP.nobodysIsDone).map((line) => line.split(':')[0])).toEqual([
      'Ends',
      'Begins',
    ]);
    expect(transfersIn(film, STEP.arrivesIn)).toEqual([
      'Ends: 1 MB of invocation 2 from swap to RAM on machine 0, in flight from step 16 (17 ms) to step 17 (18 ms).',
    ]);
    expect(transfersIn(film, STEP.crashes)[0]).toMatch(/^Lost with its machine: /);
    expect(transfersIn(film, STEP.lends - 1)).toEqual([]);
  });

  test('is in words beside RAM and swap', () => {
    expect([diskState(machineAt(1)), diskWords(machineAt(1)), leftWords(machineAt(1))]).toEqual([
      'idle',
      'nothing in flight',
      null,
    ]);
    expect(diskWords(machineAt(STEP.lends))).toBe('↑ 1 MB of 0 to swap');
    expect(diskWords(machineAt(STEP.ownerDies))).toBe('✗ 1 MB of one that was killed');
    expect(diskWords(machineAt(STEP.pagesIn))).toBe('↓ 1 MB of 2 to RAM');
    expect(leftWords(machineAt(STEP.stalls))).toBe('2 MB still to be moved, if nothing else happens');
    expect(ramWords(machineAt(STEP.ownerDies))).toBe('4 of 4 MB, 1 of them in flight, an antagonist wants 2');
    expect(ramWords(machineAt(STEP.nobodysIsDone))).toBe(
      "4 of 4 MB, 1 of them in flight, 1 an antagonist's, which wants 2",
    );
  });

  test('is held in RAM and in swap until it has arrived', () => {
    const { resident, inFlight, swapped } = memoryOf(machineAt(STEP.lends), true);
    expect({ resident, inFlight, swapped }).toEqual({ resident: 3, inFlight: 1, swapped: 0 });
    const arrived = memoryOf(machineAt(STEP.takesBack), true);
    expect(arrived).toMatchObject({ resident: 4, inFlight: 0, swapped: 1 });
  });

  test('is drawn striped out, full in, and dashed once it is nobody’s, with a cross where it is lost', () => {
    const marks: string[] = [];
    const context = new Proxy(
      {},
      {
        get: (_target, name) => {
          if (name === 'measureText') return () => ({ width: 8 });
          return (...given: unknown[]) => {
            if (name === 'fillText') marks.push(String(given[0]).slice(0, 1));
            if (name === 'setLineDash' && (given[0] as number[]).length > 0) marks.push('dashed');
          };
        },
        set(_target, name, value) {
          if (name === 'strokeStyle' && value === 'wrong') marks.push('cross');
          return true;
        },
      },
    );
    const positions = Float64Array.from({ length: film.recorded.length + 2 }, (_one, step) => 40 * step);
    const classes = Array.from({ length: 6 }, (_one, index) => `class ${index}`);
    expect(classes[classColour(0, 3)]).toBe('class 0');
    const sheet = {
      ...{ context, film, positions, shown: [0, 800], gutter: 0, width: 800, invocation: null },
      colours: { classes, wrong: 'wrong', ink: 'ink', panel: 'panel', onBar: 'on bar' },
    } as unknown as Sheet;
    drawDisk(sheet, 0, 0, 20, 1, film.recorded.length);
    expect(marks).toEqual(['↑', '↑', 'dashed', '✗', '↑', '↑', '↓', '↓', 'cross']);
  });
});

describe('who waits for memory, and who has a core on loan', () => {
  const doings = (step: number) => machineAt(step).live.map((one) => [one.id, doingOf(one, true)] as const);

  test('is told from who waits for a core, and from who was swapped out', () => {
    expect(doings(STEP.lends)).toEqual([
      [0, DOING.swapped],
      [1, DOING.lent],
      [2, DOING.stalled],
    ]);
    expect(doings(STEP.takesBack)).toEqual([
      [0, DOING.swapped],
      [1, DOING.waiting],
      [2, DOING.running],
    ]);
  });

  test('is offered what the disk may do with a chunk, and no more', () => {
    const still = film.still(STEP.arrivesIn);
    const tried = forbiddenNow(still, { kind: 'invocation', id: 1 }).map(({ words }) => words);
    expect(tried).toContain('allocate 1 1 MB');
    expect(tried).toContain('pageIn 1 2 MB');
    expect(permittedNow(film.still(STEP.lends, 1)).options.map(({ words }) => words)).toContain(
      'pageOut 0 1 MB',
    );
  });
});

describe('where a page moves at once', () => {
  test('there is no row for a disk, and no transfer', () => {
    expect(filmAtOnce.transfers).toBe(null);
    const types = (one: PlayedFilm) =>
      new Set(rowsOf(one, 1, one.recorded.length).rows.map(({ type }) => type));
    expect([...types(filmAtOnce)]).not.toContain('disk');
    expect([...types(film)]).toContain('disk');
    expect(filmAtOnce.recorded.flatMap(({ step }) => transfersIn(filmAtOnce, step))).toEqual([]);
  });

  test('nobody waits for memory, and no core is on loan', () => {
    const { doing } = filmAtOnce.lanes.set;
    expect(doing.length).toBeGreaterThan(5);
    expect(doing.filter((one) => one === DOING.stalled || one === DOING.lent)).toEqual([]);
  });

  test('no decision that gives out memory is offered', () => {
    const still = filmAtOnce.still(STEP.lends);
    const tried = forbiddenNow(still, { kind: 'invocation', id: 0 }).map(({ decision }) => decision?.type);
    expect(tried).toContain('pageIn');
    expect(tried).not.toContain('allocate');
  });
});
