import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Expander } from '../../model/explore/expander.ts';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { judgeLiveness } from '../../model/explore/liveness.ts';
import { ModelExpander } from '../../model/explore/model-expander.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { DEAD_END, DEAD_END_COMMAND } from '../pages/dead-end.ts';
import { readRecord } from '../records/record.ts';
import { BurstWatch } from '../testing/bursts.ts';
import { ask } from '../testing/command-line.ts';
import { COUNTED_BY_OTHERS } from '../testing/counted-by-others.ts';

const goOn = async () => true;

/** One machine of one core, which pages in time, and no age matters. */
const ONE: BoundedInstance = {
  ...QUOTED_INSTANCE,
  ...{ machines: 1, kMachines: 1, swap: 3, maxAge: 0, paging: { chunk: 1, reserve: 1 } },
};

function xxIn(instance: BoundedInstance): SchedulerExpander {
  return new SchedulerExpander(instance, createXX(), new Choices());
}

describe('exploration of paging that takes time', () => {
  const rows = COUNTED_BY_OTHERS.filter(({ states }) => states < 5000);

  test.each(rows)('counts what others count: $args', async ({ args, states, depth, edges }) => {
    const { out } = await ask(main, 'check', ...args.split(' '), '--workers', '1', '--json');
    // A step more than there are edges is `boot`.
    expect(JSON.parse(out)).toMatchObject({ complete: true, states, depth, steps: edges + 1 });
  });

  test('sees how many transfers end one after the other until every disk is idle', async () => {
    const watch = new BurstWatch(xxIn({ ...ONE, machines: 2, kMachines: 2, ram: 2, maxDemand: 2 }));
    await search(watch, { goOn });
    expect(watch.longestBurst).toBe(2);
  });

  test('has an edge of the model for each size of a transfer, in whichever order and parts the rest is decided', async () => {
    const instance: BoundedInstance = {
      ...{ ...ONE, invocations: 2, initialMemory: 2, antagonists: [0, 1] },
      paging: { chunk: 2, reserve: 1 },
    };
    const model = new ModelExpander(instance);
    const { complete, visited, states, steps } = await search(model, { goOn });
    expect(complete).toBe(true);
    let edges = 0;
    let isSizeOpen = false;
    for (let state = 0; state < states; state++) {
      const found: string[] = [];
      const stimuli: string[] = [];
      model.expand(visited.copy(state, state + 1), 0, ({ stimulus }, words) => {
        stimuli.push(JSON.stringify(stimulus));
        found.push(`${JSON.stringify(stimulus)} to ${words.join()}`);
        return true;
      });
      expect(found.filter((edge, index) => found.indexOf(edge) < index)).toEqual([]);
      isSizeOpen ||= new Set(stimuli).size < stimuli.length;
      edges += found.length;
    }
    expect({ isSizeOpen, edges }).toEqual({ isSizeOpen: true, edges: steps - 1 });
  });
});

describe('without a reserve', () => {
  const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('nothing is explored: it is refused as an option and in a configuration', async () => {
    const { code, err } = await ask(main, 'check', '--chunk', '1', '--reserve', '0');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^xx: option '--reserve <n>' argument '0' is invalid. [^\n]+\n$/),
    });
    const text = readFileSync(DEAD_END, 'utf8');
    expect(() => readRecord(text)).not.toThrow();
    expect(() => readRecord(text.replace(/^( {2}"config": .*)"reserve":1/m, '$1"reserve":0'))).toThrow(
      /config.paging.reserve/,
    );
  });

  test('there is a dead end: the page has what exploration finds', async () => {
    const found = await ask(
      main,
      ...DEAD_END_COMMAND.split(' ').slice(1),
      ...['--workers', '1', '--out', directory, '--json'],
    );
    const [{ length, file }] = JSON.parse(found.out).violations;
    expect({ code: found.code, stimuli: length - 1 }).toEqual({ code: 1, stimuli: 8 });
    const { origin: _, ...again } = readRecord(readFileSync(file, 'utf8'));
    expect(readRecord(readFileSync(DEAD_END, 'utf8'))).toMatchObject(again);
  });
});

describe('every invocation ends', () => {
  /** Nobody runs while the disk makes room, and time may pass in which nothing else happens. */
  const IDLE: BoundedInstance = {
    ...{ ...ONE, ram: 2, swap: 2, maxDemand: 2, calls: false },
    budget: { amount: 6, period: 2, burstPercent: 50 },
  };

  /** Ends of transfers are taken for something that need not happen. */
  function carelessOfDisks(expander: Expander): Expander {
    const tick: Stimulus = { type: 'tick' };
    return {
      packing: expander.packing,
      tally: expander.tally,
      leftOut: expander.leftOut,
      boot: (visit) => expander.boot(visit),
      expand: (words, offset, visit) =>
        expander.expand(words, offset, (successor, packed) =>
          visit(successor.stimulus.type === 'paged' ? { ...successor, stimulus: tick } : successor, packed),
        ),
    };
  }

  test('where transfers end, on graphs with cycles; and there are cycles that nothing else ends', async () => {
    const cluster = { ram: IDLE.ram, hasFaults: false };
    const expander = xxIn(IDLE);
    const exploration = await search(expander, { goOn });
    const { cycles, ...fair } = judgeLiveness(expander, exploration, cluster);
    expect(cycles).toBeGreaterThan(0);
    expect(fair).toEqual({ deadEnds: 0, fairCycles: 0, witness: null });
    const careless = judgeLiveness(carelessOfDisks(expander), exploration, cluster);
    expect(careless.fairCycles).toBeGreaterThan(0);
    const witness = expander.packing.blank();
    const { visited } = exploration;
    expander.packing.unpack(visited.copy(careless.witness!, careless.witness! + 1), 0, witness);
    expect(witness.machines[0]!.transferMb).toBeGreaterThan(0);
  });
});
