import { describe, expect, test } from 'vitest';
import { PART_IDS, type PartId, type Stimulus } from './alphabet.ts';
import { readScenario } from './format/lines.ts';
import { headerLine } from './format/write.ts';
import { Judge } from './judge.ts';
import { narrowed, PARTS, partOf, whyLeftOut, withImplied } from './parts.ts';
import {
  bill,
  boot,
  call,
  cluster,
  crash,
  finish,
  HIGH,
  LOW,
  resize,
  submit,
  tick,
  turn,
} from './testing.ts';

/** One running invocation, 0, on a cluster where machines make themselves known; with these parts left out. */
function running(...without: readonly PartId[]): Judge {
  const config = narrowed(
    cluster({ idle: { enter: 2, leave: 1, memoryDrift: 1, functionsDrift: 1 } }),
    without,
  );
  const judge = new Judge(config);
  const lists = !without.includes('idle-lists');
  const step = (...[at, stimulus, decisions]: Parameters<Judge['step']>): void =>
    expect(judge.step(at, stimulus, decisions)).toBeNull();
  step(0, boot, lists ? [{ ...LISTED, type: 'list', polled: [0] }] : []);
  step(0, submit(0, LOW), [{ type: 'enqueue', id: 0, shard: 0, class: LOW, degraded: false }]);
  const place = { type: 'place', id: 0, shard: 0, machine: 0 } as const;
  step(0, turn(), [
    lists ? { ...place, via: 'idle-list' } : { ...place, via: 'poll', polled: [0] },
    { type: 'start', id: 0 },
    ...(lists ? [{ ...LISTED, type: 'relist', available: 9, functions: 1 } as const] : []),
  ]);
  return judge;
}

const LISTED = { machine: 0, shard: 0, available: 10, functions: 0 } as const;

/** A stimulus of each part that has some of its own. */
const STIMULI: readonly [PartId, Stimulus][] = [
  ['calls', call(0, 1, HIGH)],
  ['faults', crash(0)],
  ['faults', { type: 'drain', machine: 0 }],
  ['faults', { type: 'restart', shard: 0 }],
  ['faults', { type: 'join', machine: 1, cores: 1, ram: 1, swap: 0 }],
  ['antagonists', { type: 'antagonist', machine: 0, memory: 1 }],
  ['swap', { type: 'join', machine: 1, cores: 1, ram: 1, swap: 1 }],
];

describe('a cluster that leaves out a part', () => {
  test.each(STIMULI)('takes no stimulus of it: %s', (part, stimulus) => {
    const { type } = stimulus;
    expect(() => running(part).step(0, stimulus, [])).toThrow(
      new RegExp(
        `${type === 'join' && part === 'swap' ? '1 MB of swap' : `${type} belongs to ${part}`}, which the conf`,
      ),
    );
    expect(() => running().step(0, stimulus, [])).not.toThrow();
  });

  test('says so of every stimulus that the table names', () => {
    for (const { id, stimuli } of PARTS) {
      for (const type of stimuli) {
        expect(whyLeftOut(running(id).state, { type } as Stimulus)).toContain(`${type} belongs to ${id}`);
      }
    }
  });

  test('takes no decision of it, whichever rules are asked', () => {
    const lists = running('idle-lists').step(0, tick, [{ ...LISTED, type: 'list', polled: [0] }]);
    expect(lists).toMatchObject({ rule: 'possible-decision', allowed: [] });
    expect(lists?.message).toContain('list belongs to idle-lists, which the configuration leaves out');
    const pages = running('swap').step(0, tick, [{ type: 'pageOut', id: 0, memory: 1 }]);
    expect(pages?.message).toContain('pageOut belongs to swap');
  });

  test('owes nothing of it: nobody is listed, and a turn polls', () => {
    const whole = new Judge(cluster({ idle: { enter: 2, leave: 1, memoryDrift: 1, functionsDrift: 1 } }));
    expect(whole.step(0, boot, [])).toMatchObject({ rule: 'idle-list-true' });
    expect(running('idle-lists').state.shards[0]!.listed.size).toBe(0);
  });

  test('lets functions grow, and refuses to let them shrink, without shrink', () => {
    const judge = running('shrink', 'idle-lists');
    expect(judge.step(1, resize(0, 3), [])).toBeNull();
    expect(judge.step(1, resize(0, 3), [])).toBeNull();
    expect(() => judge.step(1, resize(0, 2), [])).toThrow(/2 MB are less than the 3 MB of invocation 0/);
    const other = running('idle-lists');
    expect(other.step(1, resize(0, 3), [])).toBeNull();
    expect(other.step(1, resize(0, 2), [])).toBeNull();
  });

  test('kills whoever does not fit into RAM, without swap', () => {
    const grows = resize(0, 11);
    const killed = { type: 'kill', id: 0, reason: 'exceeds-machine', bill: bill(0, 0, 0) } as const;
    expect(running('swap', 'idle-lists').step(0, grows, [killed])).toBeNull();
    expect(running('swap', 'idle-lists').step(0, grows, [])).toMatchObject({ rule: 'kill-iff' });
  });

  test('leaves the rest as it is', () => {
    const judge = running(...PART_IDS);
    expect(judge.step(2, finish(0), [])).toMatchObject({ rule: 'answered' });
  });
});

const BOOT = JSON.stringify({ at: 0, stimulus: boot });

describe('a file', () => {
  test('has no stimulus of what it leaves out', () => {
    const header = headerLine('xx-scenario', narrowed(cluster(), ['antagonists']));
    const lines = [boot, { type: 'antagonist', machine: 0, memory: 1 }].map((stimulus) =>
      JSON.stringify({ at: 0, stimulus }),
    );
    expect(() => readScenario([header, ...lines])).toThrow(
      'line 3: stimulus.type: antagonist belongs to antagonists, which the configuration leaves out (without)',
    );
  });

  const read = (config: object) =>
    readScenario([JSON.stringify({ format: 'xx-scenario', version: 1, config }), BOOT]).config;

  test('says what it leaves out, and has no figures of it', () => {
    const config = narrowed(cluster(), ['swap', 'budgets']);
    expect(read(config)).toEqual(config);
    expect(readScenario([headerLine('xx-scenario', config), BOOT]).config).toEqual(config);
    expect(config).toMatchObject({ without: ['budgets', 'swap', 'paging'], machines: [{ swap: 0 }] });
    expect(() => read({ ...cluster(), without: ['swap'] })).toThrow(
      /config\.machines\[0\]\.swap: expected 0, since swap is left out .*got 5/,
    );
    const tenants = [{ budget: null }, { budget: 1, period: 1, burstPercent: 0 }];
    expect(() => read({ ...cluster({ tenants: tenants as never }), without: ['budgets'] })).toThrow(
      /config\.tenants\[1\]\.budget: expected null, since budgets are left out/,
    );
  });

  test('names parts that there are, each once', () => {
    expect(() => read({ ...cluster(), without: ['cals'] })).toThrow(
      /config\.without\[0\]: expected one of calls,/,
    );
    expect(() => read({ ...cluster(), without: ['calls', 'calls'] })).toThrow(/only once/);
  });
});

test('parts imply others, which are named with them, in one order', () => {
  expect(withImplied(['swap', 'calls'])).toEqual(['calls', 'swap', 'paging']);
  expect(narrowed(cluster(), [])).toEqual(cluster());
  expect(PARTS.map(({ id }) => id)).toEqual(PART_IDS);
  for (const id of PART_IDS) expect(partOf(id).what).not.toBe('');
});
