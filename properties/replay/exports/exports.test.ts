import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../../model/alphabet.ts';
import { scenarioText } from '../../../model/format/write.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { sometimesInTime } from '../../arbitraries/configuration.ts';
import { type Plan, plans } from '../../arbitraries/plan.ts';
import { main } from '../../commands/main.ts';
import { createScheduler } from '../../contestants/schedulers.ts';
import { playPlan } from '../../play/run.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { collectRecords } from '../../records/collect.ts';
import { recordText } from '../../records/record.ts';
import { ask } from '../../testing/command-line.ts';
import { doingOf } from '../doing.ts';
import { type Film, type Moment, momentsOf } from '../moment.ts';
import { replay } from '../play.ts';
import { estimatedLength, type Format, piecesOf } from './exporter.ts';
import { LARGEST_MB } from './exports.ts';
import { htmlExporter } from './html/page.ts';
import { itfExporter, VARS } from './itf.ts';
import { mermaidExporter } from './mermaid.ts';
import { perfettoExporter, type TraceEvent } from './perfetto.ts';
import { LATEST_MS, startsOf } from './timeline.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-exports-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const RECORDED = collectRecords('counterexamples').collected.filter(({ file }) => !file.includes('/found/'));
const { file, item: record } = RECORDED.find(({ item }) => item.scheduler === 'kills-the-newest')!;
const AS_RECORDED = ['--scheduler', record.scheduler];

/** A film of what a campaign plays, through the reference. */
function drawn(plan: Plan): Film {
  const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
  return filmOf({ file: 'drawn', scenario, record: null }, createXX());
}

/** Films of every recorded case, through the scheduler that it was found in. */
const FAILING = RECORDED.map(({ file: name, item }): [string, Film] => {
  const found = createScheduler(item.scheduler);
  return [name, filmOf({ file: name, scenario: item.scenario, record: item }, found)];
});

function filmOf(playable: Parameters<typeof replay>[0], scheduler: Scheduler): Film {
  return { file: playable.file, scheduler: scheduler.name, recording: replay(playable, { scheduler }) };
}

function textOf(format: Format, film: Film): string {
  return [...piecesOf(format, film)].join('');
}

function stepsOf(film: Film): Moment[] {
  return [...momentsOf(film)].filter(({ isAftermath }) => !isAftermath);
}

describe('a trace for Perfetto', () => {
  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 15 })(
    'shows what the judge knew of each invocation, and nothing else',
    (plan) => lawful(drawn(plan)),
  );
  test.each(FAILING)('of what fails does so too: %s', (_name, film) => {
    lawful(film);
    const { events } = traceOf(film);
    expect(events.filter(({ name }) => name === `violates ${film.recording.finding!.property}`)).toHaveLength(
      1,
    );
  });

  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 15 })(
    'lays steps out in their order, each within its millisecond',
    (plan) => {
      const film = drawn(plan);
      const starts = startsOf(film.recording.steps);
      for (const [index, { timed }] of film.recording.steps.entries()) {
        expect(Math.floor(starts[index]! / 1000)).toBe(timed.at);
        expect(starts[index + 1]!).toBeGreaterThan(starts[index]!);
      }
    },
  );

  function traceOf(film: Film): { events: TraceEvent[]; slices: TraceEvent[] } {
    const events: TraceEvent[] = JSON.parse(textOf(perfettoExporter, film)).traceEvents;
    return { events, slices: events.filter(({ ph }) => ph === 'X') };
  }

  function lawful(film: Film): void {
    const { events, slices } = traceOf(film);
    const nameOf = (kind: string, pid: number, tid?: number): unknown =>
      events.find((event) => event.name === kind && event.pid === pid && event.tid === tid)!.args.name;
    for (const tid of new Set(slices.map((slice) => slice.tid))) {
      const track = slices.filter((slice) => slice.tid === tid);
      for (const [index, { ts, dur, pid }] of track.entries()) {
        expect(pid).toBe(track[0]!.pid);
        if (index > 0) expect(ts!).toBeGreaterThanOrEqual(end(track[index - 1]!));
        expect(dur!).toBeGreaterThan(0);
      }
    }
    const starts = startsOf(film.recording.steps);
    const moments = stepsOf(film);
    for (const [index, moment] of moments.entries()) {
      const middle = (starts[index]! + starts[index + 1]!) / 2;
      const told = slices
        .filter((slice) => slice.ts! < middle && middle < end(slice))
        .filter(({ pid, tid }) => nameOf('thread_name', pid, tid) !== 'disk')
        .map(({ name, pid, tid, args }) => {
          const where = `${nameOf('process_name', pid)}: ${nameOf('thread_name', pid, tid)}`;
          return `${where} ${name} ${args.class} ${args.residentMb ?? ''} of ${args.demandMb ?? ''}`;
        });
      expect(told.sort()).toEqual(knownOf(moment, film).sort());
      const at = (name: string, pid: number): unknown =>
        events.findLast(
          (event) => event.ph === 'C' && event.name === name && event.pid === pid && event.ts! < middle,
        )?.args;
      for (const machine of moment.machines) {
        const pid = processNamed(`machine ${machine.id}`);
        const { ram, swap, cores, resident, swapped, taken, running, transfer } = machine;
        const inFlight = film.recording.config.paging === undefined ? {} : { inFlight: transfer?.mb ?? 0 };
        expect(at('RAM (MB)', pid)).toEqual({ resident, ...inFlight, antagonist: taken });
        expect(at('RAM in all (MB)', pid)).toEqual({ ram });
        expect(at('swap (MB)', pid)).toEqual({ swapped, ...inFlight });
        expect(at('swap in all (MB)', pid)).toEqual({ swap });
        expect([at('cores', pid), at('cores in all', pid)]).toEqual([{ running }, { cores }]);
      }
      for (const [id, { queues, listed }] of moment.shards.entries()) {
        const pid = processNamed(`shard ${id}`);
        expect(at('queued', pid)).toEqual({ invocations: queues.flat().length });
        expect(at('idle list', pid)).toEqual({ machines: listed.length });
      }
    }
    const before = new Map<string, object>();
    for (const { pid, name, args } of events.filter(({ ph }) => ph === 'C')) {
      expect(args).not.toEqual(before.get(`${pid} ${name}`));
      before.set(`${pid} ${name}`, args);
    }
    expect(events.filter(({ ph, name }) => ph === 'i' && !name.startsWith('violates '))).toHaveLength(
      moments.length,
    );

    function processNamed(name: string): number {
      return events.find((event) => event.name === 'process_name' && event.args.name === name)!.pid;
    }
  }

  function knownOf({ invocations }: Moment, { recording }: Film): string[] {
    return invocations.flatMap((one) => {
      const { machine, shard, phase, id, demand, resident } = one;
      if (machine === null && phase !== 'queued') return [];
      const where = machine === null ? `shard ${shard}` : `machine ${machine}`;
      const memory = machine === null ? ' of ' : `${resident} of ${demand}`;
      const doing = phase === 'running' ? 'running' : doingOf(one);
      return [`${where}: invocation ${id} ${doing} ${recording.config.classes[one.class]!.name} ${memory}`];
    });
  }

  function end({ ts, dur }: TraceEvent): number {
    return Number((ts! + dur!).toFixed(3));
  }

  // biome-ignore format: a table, a row a line
  const crowds: [string, number, number, number][] = [
    ['few steps early', 0, 7, 1],
    ['few steps, later than a fraction of a µs can be said', 9_000_000_000_000, 7, 1],
    ['a thousand steps there', 9_007_199_254, 1000, 1],
    ['more steps early than there are µs', 5, 5000, 1],
    ['more steps late than there are µs, which share places', 9_000_000_000_000, 5000, 5],
  ];
  test.each(crowds)('leaves no slice to overlap with the next: %s', (_name, at, count, most) => {
    const tick = { type: 'tick' as const };
    const steps = Array.from({ length: count }, (_, index) => ({
      step: index + 1,
      timed: { at, stimulus: tick },
      decisions: [],
    }));
    const starts = [...startsOf(steps)];
    // As Perfetto reads numbers: integers exactly, fractions as doubles that are cut off.
    const ns = (us: number): bigint =>
      Number.isInteger(us) ? BigInt(us) * 1000n : BigInt(Math.trunc(us * 1000));
    for (let index = 0; index < count; index++) {
      const [begins, ends] = [starts[index]!, starts[index + 1]!];
      expect(ns(begins) + ns(ends - begins) <= ns(ends)).toBe(true);
    }
    expect(ns(starts.at(-1)!)).toBe((BigInt(at) + 1n) * 1_000_000n);
    const together = new Map<number, number>();
    for (const start of starts) together.set(start, (together.get(start) ?? 0) + 1);
    expect(Math.max(...together.values())).toBe(most);
  });

  test('is refused where a time does not fit, before anything is played', async () => {
    const late = join(home, 'late.json');
    const stimuli = [...record.scenario.stimuli, { at: LATEST_MS + 1, stimulus: { type: 'tick' as const } }];
    writeFileSync(late, recordText({ ...record, scenario: { ...record.scenario, stimuli } }));
    const { code, err } = await ask(
      main,
      'replay',
      late,
      ...AS_RECORDED,
      '--perfetto',
      join(home, 'late.out'),
    );
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^xx: --perfetto: [^\n]* no times [^\n]*\n$/),
    });
  });
});

describe('an ITF trace', () => {
  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 15 })(
    'has exactly its variables in each state, and no bare number',
    (plan) => lawful(drawn(plan)),
  );
  test.each(FAILING)('of what fails does so too: %s', (_name, film) => {
    lawful(film);
    expect(JSON.parse(textOf(itfExporter, film))['#meta'].violation).toEqual(film.recording.finding);
  });

  function lawful(film: Film): void {
    const trace = JSON.parse(textOf(itfExporter, film));
    expect(Object.keys(trace)).toEqual(['#meta', 'vars', 'states']);
    expect(trace.vars).toEqual(VARS);
    const played = stepsOf(film).filter(({ decisions }) => decisions !== null);
    const shapes = new Map<string, string>();
    expect(trace.states).toHaveLength(played.length);
    for (const [index, { '#meta': meta, ...variables }] of trace.states.entries()) {
      const { step, timed, invocations, ended, tenants } = played[index]!;
      expect(meta).toEqual({ index, step });
      expect(Object.keys(variables)).toEqual(VARS);
      expect(numbersIn(variables)).toEqual([]);
      expect(variables.at).toEqual({ '#bigint': String(timed.at) });
      expect(variables.stimulus.tag).toBe(timed.stimulus.type);
      expect(idsOf(variables.invocations)).toEqual(invocations.map(({ id }) => id));
      for (const { decision } of variables.decisions) {
        const shape = shapeOf(decision.value);
        expect(shapes.get(decision.tag) ?? shape).toBe(shape);
        shapes.set(decision.tag, shape);
      }
      expect(variables.tenants['#map'].map(([, { spent }]: [unknown, { spent: object }]) => spent)).toEqual(
        tenants.map(({ spent }) => ({ '#bigint': String(spent) })),
      );
      expect(idsOf(variables.ended)).toEqual(ended.map(([id]) => id).sort((a, b) => a - b));
    }
  }

  function idsOf(map: { '#map': [{ '#bigint': string }, unknown][] }): number[] {
    return map['#map'].map(([key]) => Number(key['#bigint']));
  }

  /** The names and types of the fields of a value, which must be the same wherever it stands. */
  function shapeOf(value: unknown): string {
    if (typeof value !== 'object' || value === null) return typeof value;
    if ('#bigint' in value) return 'bigint';
    if ('#set' in value) return 'set';
    return JSON.stringify(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]));
  }

  function numbersIn(value: unknown): unknown[] {
    if (typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
  }
});

describe('xx replay --html, --perfetto, --itf, --mermaid', () => {
  const all = (name: string): string[] =>
    ['html', 'perfetto', 'itf', 'mermaid'].flatMap((format) => [
      `--${format}`,
      join(home, `${name}.${format}`),
    ]);

  test('write the same bytes each time, and leave what replay says as it is', async () => {
    const plain = await ask(main, 'replay', file, ...AS_RECORDED, '--json');
    for (const name of ['one', 'two']) {
      expect(await ask(main, 'replay', file, ...AS_RECORDED, '--json', ...all(name))).toEqual(plain);
    }
    for (const format of ['html', 'perfetto', 'itf', 'mermaid']) {
      const text = readFileSync(join(home, `one.${format}`), 'utf8');
      expect(text.length).toBeGreaterThan(500);
      expect(readFileSync(join(home, `two.${format}`), 'utf8')).toBe(text);
    }
  });

  test.each([
    ['html', htmlExporter],
    ['perfetto', perfettoExporter],
    ['itf', itfExporter],
    ['mermaid', mermaidExporter],
  ] as const)('tell beforehand about how large a file of --%s is going to be', (_name, format) => {
    const film = long(400);
    const length = textOf(format, film).length;
    expect(estimatedLength(format, film) / length).toBeGreaterThan(0.7);
    expect(estimatedLength(format, film) / length).toBeLessThan(1.4);
    const [, small] = FAILING[0]!;
    expect(estimatedLength(format, small) / textOf(format, small).length).toBeGreaterThan(0.7);
  });

  /** Somebody arrives, is placed and finishes, again and again. */
  function stimuliOf(steps: number): TimedStimulus[] {
    const life = (id: number): TimedStimulus[] => [
      { at: id, stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: 0, shard: 0 } },
      { at: id, stimulus: { type: 'turn', shard: 0 } },
      { at: id, stimulus: { type: 'finish', id } },
    ];
    const lives = Array.from({ length: Math.ceil(steps / 3) }, (_, id) => life(id)).flat();
    return [{ at: 0, stimulus: { type: 'boot' } }, ...lives];
  }

  function long(steps: number): Film {
    const scenario = { config: record.scenario.config, stimuli: stimuliOf(steps) };
    return filmOf({ file: 'long', scenario, record: null }, createXX());
  }

  test('refuse a file that no viewer opens with ease, after the verdict, unless all is asked for or a part', async () => {
    const wide = {
      ...record.scenario.config,
      machines: Array(160).fill(record.scenario.config.machines[0]!),
    };
    const path = join(home, 'wide.scenario.jsonl');
    writeFileSync(path, scenarioText({ config: wide, stimuli: stimuliOf(2400) }));
    const target = join(home, 'wide.itf');
    const refused = await ask(main, 'replay', path, '--itf', target);
    expect(refused.out).toContain('accepted: 2401 steps');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      new RegExp(
        `^xx: --itf: would write about \\d+ MB, more than the ${LARGEST_MB} MB [^\\n]*--from and --to[^\\n]*--all\\n$`,
      ),
    );
    expect(existsSync(target)).toBe(false);
    const part = await ask(main, 'replay', path, '--itf', target, '--from', '20', '--to', '29');
    expect(part.code).toBe(0);
    expect(JSON.parse(readFileSync(target, 'utf8')).states).toHaveLength(10);
  });

  test('name no directory of this machine', async () => {
    const own = join(home, 'own.json');
    writeFileSync(own, recordText(record));
    await ask(main, 'replay', own, ...all('own'), '--exec', `node ${resolve('docs/examples/serve.mjs')}`);
    for (const format of ['html', 'perfetto', 'itf', 'mermaid']) {
      const text = readFileSync(join(home, `own.${format}`), 'utf8');
      expect(text).not.toContain(home);
      expect(text).not.toContain(process.cwd());
      expect(text).toContain('own.json');
      expect(text).toContain('node serve.mjs');
    }
  });

  // biome-ignore format: a table, a row a line
  const bad: [string, string[], RegExp][] = [
    ['several files', [file, file, '--itf', join(home, 'x')], /--itf: takes exactly one file to replay, got 2/],
    ['a directory of files', ['counterexamples', '--html', join(home, 'x')], /--html: takes exactly one file to replay, got \d+/],
    ['a path that is a directory', [file, '--html', home], /is not a file; name a file to write/],
    ['a path below a file', [file, '--perfetto', join(file, 'x')], /is below a file, not a directory/],
    ['the counterexample itself', [file, '--html', file], /would be written over counterexamples\//],
    ['one path twice', [file, '--html', join(home, 'x'), '--itf', join(home, 'x')], /would be written over what --html writes/],
  ];
  test.each(bad)('refuse %s in one line, before anything is played', async (_name, options, message) => {
    const { code, out, err } = await ask(main, 'replay', ...options, '--exec', 'exit 5');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^xx: [^\n]+\n$/);
    expect(err).toMatch(message);
    expect(existsSync(join(home, 'x'))).toBe(false);
  });

  test('leave nothing behind when the scheduler breaks off', async () => {
    const { code } = await ask(main, 'replay', file, '--exec', 'exit 5', ...all('broken'));
    expect(code).toBe(3);
    expect(readdirSync(home).filter((name) => name.includes('broken'))).toEqual([]);
  });
});
