import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cluster } from '../../../model/testing.ts';
import { Cluster } from './cluster.ts';
import { Fleet } from './fleet.ts';
import type { Job } from './job.ts';
import { Latencies } from './latencies.ts';
import { Fifo, type Line, Ranked } from './line.ts';
import { Quantile } from './quantile.ts';

/** Jobs that are in no line yet, each marked with its number. */
function jobs(count: number): Job[] {
  const peers = new Cluster(cluster(), { kind: 'fifo' });
  return Array.from({ length: count }, (_, id) => {
    const job = peers.create({ type: 'submit', id, tenant: 0, function: 'f', class: 0, shard: 0 });
    job.mark = id;
    return job;
  });
}

/** Joins and leaves as drawn, beside an array that is kept in order. */
function compare(line: Line, before: (one: Job, other: Job) => number, draws: readonly number[]): void {
  const outside = jobs(8);
  let inside: Job[] = [];
  for (const draw of draws) {
    const joins = inside.length === 0 || (outside.length > 0 && draw % 3 > 0);
    if (joins) {
      const [job] = outside.splice(draw % outside.length, 1);
      line.push(job!);
      inside = [...inside, job!].sort(before);
    } else {
      const [job] = inside.splice(draw % inside.length, 1);
      line.remove(job!);
      outside.push(job!);
    }
    expect(line.size).toBe(inside.length);
    expect(line.first).toBe(inside[0]);
  }
  line.clear();
  expect([line.size, line.first]).toEqual([0, undefined]);
}

const draws = fc.array(fc.nat(100), { maxLength: 60 });

describe('a line', () => {
  test('of a queue gives out what came first, wherever others leave it', () => {
    fc.assert(fc.property(draws, (some) => compare(new Fifo(), () => 0, some)));
  });

  test('by rank gives out the best of those that are in it', () => {
    fc.assert(
      fc.property(draws, (some) =>
        compare(
          new Ranked((one, other) => one.mark < other.mark),
          (one, other) => one.mark - other.mark,
          some,
        ),
      ),
    );
  });
});

describe('a fleet', () => {
  test('knows the least and the fullest of its machines, whatever comes, goes or closes', () => {
    const changes = fc.array(fc.tuple(fc.nat(3), fc.constantFrom('more', 'fewer', 'close', 'admit')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(changes, (some) => {
        const fleet = new Fleet();
        const loads = [0, 0, 0, 0];
        const open = new Set([0, 1, 2, 3]);
        for (const machine of loads.keys()) fleet.join(machine, 2);
        for (const [machine, what] of some) {
          if (what === 'more') {
            fleet.change(machine, 1);
            loads[machine]!++;
          } else if (what === 'fewer' && loads[machine]! > 0) {
            fleet.change(machine, -1);
            loads[machine]!--;
          } else if (what === 'close') {
            fleet.close(machine);
            open.delete(machine);
          } else if (what === 'admit') {
            fleet.admit(machine);
            open.add(machine);
          }
          expect(fleet.open).toEqual([...open].sort());
          const spare = [...open].map((one) => loads[one]!).filter((load) => load > 0 && load < 2);
          const fullest = fleet.fullestWithFreeCore();
          expect(fullest === undefined ? undefined : fleet.loadOf(fullest)).toBe(spare.sort().at(-1));
          if (open.size === 0) continue;
          expect(fleet.loadOf(fleet.leastLoadedOfAll())).toBe(
            Math.min(...[...open].map((one) => loads[one]!)),
          );
        }
      }),
    );
  });
});

test('a quantile is the least figure that enough of the last ones do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 30 }),
      fc.integer({ min: 1, max: 100 }),
      (figures, percent) => {
        const quantile = new Quantile(5);
        for (const figure of figures) quantile.add(figure);
        const last = figures.slice(-5);
        const enough = (figure: number) =>
          100 * last.filter((other) => other <= figure).length >= percent * last.length;
        expect(quantile.at(percent)).toBe(last.length === 0 ? 0 : [...last].sort().find(enough));
      },
    ),
  );
});

describe('what is known of latencies', () => {
  test('is the lower median of those that came with as many in flight, of the last five', () => {
    const latencies = new Latencies();
    for (const ms of [900, 1, 2, 3, 4, 5]) latencies.note(0, 2, ms);
    latencies.note(0, 7, 50);
    expect(latencies.at(0, 2)).toBe(3);
    expect(latencies.at(0, 6)).toBe(50);
    expect(latencies.at(0, 4)).toBe(3);
    expect(latencies.at(0, 99)).toBe(50);
  });

  test('is nothing where no invocation has ended, or the machine was gone since', () => {
    const latencies = new Latencies();
    latencies.note(0, 1, 10);
    expect(latencies.at(1, 1)).toBe(0);
    latencies.forget(0);
    expect(latencies.at(0, 1)).toBe(0);
  });
});
