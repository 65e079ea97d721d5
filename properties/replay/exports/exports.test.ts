import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../../cli.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { type Plan, plans } from '../../arbitraries/plan.ts';
import { MUTANTS } from '../../mutants/index.ts';
import { playPlan } from '../../play/run.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { collectRecords } from '../../records/collect.ts';
import { recordText } from '../../records/record.ts';
import { ask } from '../../testing/command-line.ts';
import { doingOf } from '../doing.ts';
import { Camera, type Film } from '../moment.ts';
import { replay } from '../play.ts';
import { itfText, VARS } from './itf.ts';
import { LATEST_MS, perfettoText, startsOf, type TraceEvent } from './perfetto.ts';

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

/** Films of every recorded case, through the wrong scheduler that it was found in. */
const FAILING = RECORDED.map(({ file: name, item }): [string, Film] => {
  const wrong = MUTANTS.find((mutant) => mutant.name === item.scheduler)!.create();
  return [name, filmOf({ file: name, scenario: item.scenario, record: item }, wrong)];
});

function filmOf(playable: Parameters<typeof replay>[0], scheduler: Scheduler): Film {
  const camera = new Camera();
  const finding = replay(playable, { scheduler }, (frame) => camera.take(frame));
  const { config } = playable.scenario;
  return { file: playable.file, scheduler: scheduler.name, config, moments: camera.moments, finding };
}

describe('a trace for Perfetto', () => {
  property.prop([plans('small')], { numRuns: 40 })(
    'shows what the judge knew of each invocation, and nothing else',
    (plan) => lawful(drawn(plan)),
  );
  test.each(FAILING)('of what fails does so too: %s', (_name, film) => {
    lawful(film);
    const { events } = traceOf(film);
    expect(events.filter(({ name }) => name === `violates ${film.finding!.property}`)).toHaveLength(1);
  });

  property.prop([plans('small')], { numRuns: 40 })(
    'lays steps out in their order, each within its millisecond',
    (plan) => {
      const film = drawn(plan);
      const starts = startsOf(film.moments);
      for (const [index, { timed }] of film.moments.entries()) {
        expect(Math.floor(starts[index]! / 1000)).toBe(timed.at);
        expect(starts[index + 1]!).toBeGreaterThan(starts[index]!);
      }
    },
  );

  function traceOf(film: Film): { events: TraceEvent[]; slices: TraceEvent[] } {
    const events: TraceEvent[] = JSON.parse(perfettoText(film)).traceEvents;
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
    const starts = startsOf(film.moments);
    for (const [index, { invocations, machines }] of film.moments.entries()) {
      const middle = (starts[index]! + starts[index + 1]!) / 2;
      const told = slices
        .filter((slice) => slice.ts! < middle && middle < end(slice))
        .map(
          ({ name, pid, tid }) =>
            `${nameOf('process_name', pid)}: ${nameOf('thread_name', pid, tid)} ${name}`,
        );
      const known = invocations
        .filter(({ machine }) => machine !== null)
        .map(
          (one) =>
            `machine ${one.machine}: invocation ${one.id} ${one.phase === 'running' ? 'running' : doingOf(one)}`,
        );
      expect(told.sort()).toEqual(known.sort());
      const counted = events.filter(
        ({ ph, ts, name }) => ph === 'C' && name === 'RAM (MB)' && ts === starts[index],
      );
      expect(counted.map(({ args }) => args.resident)).toEqual(machines.map(({ resident }) => resident));
    }
    expect(events.filter(({ ph, name }) => ph === 'i' && !name.startsWith('violates '))).toHaveLength(
      film.moments.length,
    );
  }

  function end({ ts, dur }: TraceEvent): number {
    return Number((ts! + dur!).toFixed(3));
  }

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
  property.prop([plans('small')], { numRuns: 40 })(
    'has exactly its variables in each state, and no bare number',
    (plan) => lawful(drawn(plan)),
  );
  test.each(FAILING)('of what fails does so too: %s', (_name, film) => {
    lawful(film);
    expect(JSON.parse(itfText(film))['#meta'].violation).toEqual(film.finding);
  });

  function lawful(film: Film): void {
    const trace = JSON.parse(itfText(film));
    expect(Object.keys(trace)).toEqual(['#meta', 'vars', 'states']);
    expect(trace.vars).toEqual(VARS);
    const played = film.moments.filter(({ decisions }) => decisions !== null);
    expect(trace.states).toHaveLength(played.length);
    for (const [index, { '#meta': meta, ...variables }] of trace.states.entries()) {
      const { step, timed, invocations, ended } = played[index]!;
      expect(meta).toEqual({ index, step });
      expect(Object.keys(variables)).toEqual(VARS);
      expect(numbersIn(variables)).toEqual([]);
      expect(variables.at).toEqual({ '#bigint': String(timed.at) });
      expect(variables.stimulus.tag).toBe(timed.stimulus.type);
      expect(idsOf(variables.invocations)).toEqual(invocations.map(({ id }) => id));
      expect(idsOf(variables.ended)).toEqual(ended.map(([id]) => id).sort((a, b) => a - b));
    }
  }

  function idsOf(map: { '#map': [{ '#bigint': string }, unknown][] }): number[] {
    return map['#map'].map(([key]) => Number(key['#bigint']));
  }

  function numbersIn(value: unknown): unknown[] {
    if (typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
  }
});

describe('xx replay --html, --perfetto, --itf', () => {
  const all = (name: string): string[] =>
    ['html', 'perfetto', 'itf'].flatMap((format) => [`--${format}`, join(home, `${name}.${format}`)]);

  test('write the same bytes each time, and leave what replay says as it is', async () => {
    const plain = await ask(main, 'replay', file, ...AS_RECORDED, '--json');
    for (const name of ['one', 'two']) {
      expect(await ask(main, 'replay', file, ...AS_RECORDED, '--json', ...all(name))).toEqual(plain);
    }
    for (const format of ['html', 'perfetto', 'itf']) {
      const text = readFileSync(join(home, `one.${format}`), 'utf8');
      expect(text.length).toBeGreaterThan(500);
      expect(readFileSync(join(home, `two.${format}`), 'utf8')).toBe(text);
    }
  });

  // biome-ignore format: a table, a row a line
  const bad: [string, string[], RegExp][] = [
    ['several files', [file, file, '--itf', join(home, 'x')], /--itf: takes exactly one file to replay, got 2/],
    ['a directory of files', ['counterexamples', '--html', join(home, 'x')], /--html: takes exactly one file to replay, got \d+/],
    ['a path that is a directory', [file, '--html', home], /is not a file; name a file to write/],
    ['a path below a file', [file, '--perfetto', join(file, 'x')], /is a file, not a directory/],
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
