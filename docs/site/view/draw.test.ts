import { expect, test } from 'vitest';
import { PRESETS } from '../playground/run/presets.ts';
import { dataOf } from '../playground/run/session.ts';
import { PlayedFilm } from '../run/film.ts';
import { playingOf } from '../run/players.ts';
import { rowsOf } from '../run/rows.ts';
import { draw } from './draw.ts';
import type { Sheet } from './sheet.ts';

/** What a canvas was told, in order: the name of the call, and what it was given. */
type Told = readonly [name: string, ...args: unknown[]];

function toldBy(film: PlayedFilm, step: number, wrong: number | null = null): Told[] {
  const told: Told[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (known, name: string) =>
      known[name] ??
      ((...args: unknown[]) => {
        told.push([name, ...args]);
        return { width: String(args[0]).length * 7 };
      }),
  });
  const steps = film.recorded.length;
  const positions = Float64Array.from({ length: steps + 2 }, (_, at) => at);
  draw({
    ...{ context, film, positions, shown: [1, steps + 1], from: 1, to: steps, ...rowsOf(film, 1, steps) },
    ...{ width: 390, height: 400, top: 0, gutter: 58, step, failing: wrong, difference: wrong },
    ...{ invocation: null, colours: { classes: [] } },
  } as unknown as Sheet);
  return told;
}

test('nothing crosses the name of a machine, which is longer than the room on the left', () => {
  const film = new PlayedFilm(playingOf(dataOf(PRESETS.find(({ name }) => name === 'inversion')!.session)));
  film.play();
  const told = toldBy(film, 1);
  const written = told.findIndex(([name, text]) => name === 'fillText' && text === 'machine 0');
  expect(written).toBeGreaterThan(0);
  // Its own ground is below it, and lines and arrows of steps are drawn before.
  const ground = told.slice(0, written).findLast(([name]) => name === 'fillRect') as number[] | undefined;
  expect(ground![1]).toBeLessThan(6);
  expect(ground![1]! + ground![3]!).toBeGreaterThan(6 + 'machine 0'.length * 7);
  expect(told.slice(0, written).some(([name]) => name === 'stroke')).toBe(true);
  expect(told.slice(written).filter(([name]) => name === 'stroke')).toEqual([]);
});

test('the marks of a step that fails, and differs from that beside it, do not lie on each other', () => {
  const film = new PlayedFilm(playingOf(dataOf(PRESETS.find(({ name }) => name === 'inversion')!.session)));
  film.play();
  const marks = toldBy(film, 1, 3).filter(([, text]) => text === '≠' || text === '✗');
  const [first, second] = marks.map(([, , x]) => x as number);
  expect(marks).toHaveLength(2);
  expect(Math.abs(first! - second!)).toBeGreaterThan(12);
});
