import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { type Exploration, search } from '../../model/explore/search.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { type CheckOptions, check } from './check.ts';
import { createExpander } from './expanders.ts';
import { explorationText } from './report.ts';
import { keepToResume, readSaved } from './saved.ts';
import type { CheckSummary } from './summary.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Explores, and is interrupted when it is asked for the so-manieth time whether to go on. */
function explore(options: Partial<CheckOptions>, batches = Number.POSITIVE_INFINITY): Promise<CheckSummary> {
  let asked = 0;
  return check(
    { instance: QUOTED_INSTANCE, scheduler: 'xx', properties: [], workers: 1, out: directory, ...options },
    { nowMs: () => 0, interrupted: () => ++asked > batches, onProgress: () => {} },
  );
}

function resumed(summary: CheckSummary, batches?: number): Promise<CheckSummary> {
  const saved = readSaved(summary.kept!, 1e9);
  return explore({ ...saved.subject, resume: saved }, batches);
}

/** Which transition follows which across two states depends on what was explored just before. */
function withoutPairs({ coverage: { pairs: _, ...coverage }, ...summary }: CheckSummary) {
  return { ...summary, coverage };
}

const SMALL: BoundedInstance = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };

describe('an exploration that was interrupted', () => {
  const wholeOfSmall = explore({ instance: SMALL });

  property.prop([fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 })], { numRuns: 4 })(
    'goes on to the same result from the file that it left, however often that happens',
    async (first, second) => {
      const whole = await wholeOfSmall;
      let summary = await explore({ instance: SMALL }, first);
      if (summary.kept !== null) summary = await resumed(summary, second);
      if (summary.kept !== null) summary = await resumed(summary);
      expect(withoutPairs(summary)).toEqual(withoutPairs(whole));
    },
  );

  test('goes on also from the midst of a level', async () => {
    const subject = { instance: SMALL, scheduler: 'xx', properties: [] };
    const goOn = async () => true;
    const whole = await search(createExpander(subject), { goOn });
    let batches = 0;
    const begun = await search(createExpander(subject), { goOn: async () => ++batches < 40, batch: 32 });
    expect(begun.pause!.levelEnd).toBeLessThan(begun.states);
    const { kept } = keepToResume({ ...subject, out: directory }, begun, 0);
    const saved = readSaved(kept!, 1e9);
    const ended = await search(createExpander(saved.subject), { goOn, begun: saved.begun });
    for (const field of ['states', 'steps', 'depth', 'complete'] as const) {
      expect(ended[field]).toBe(whole[field]);
    }
    for (const counters of ['transitions', 'outcomes', 'premises', 'met'] as const) {
      expect(ended.tally[counters]).toEqual(whole.tally[counters]);
    }
    const graphOf = ({ edges, visited }: Exploration) => [
      visited.copy(0, visited.size),
      ...[edges.starts, edges.targets].map((numbers) =>
        Int32Array.from({ length: numbers.length }, (_, index) => numbers.at(index)!),
      ),
    ];
    expect(graphOf(ended)).toEqual(graphOf(whole));
  });

  test('finds what is wrong by the same path', async () => {
    const scheduler = 'lifo-within-a-class';
    const whole = await explore({ scheduler });
    const begun = await explore({ scheduler }, 3);
    expect(begun).toMatchObject({ complete: false, violations: [] });
    expect((await resumed(begun)).violations).toEqual(whole.violations);
  });

  test('goes on to look for what was asked', async () => {
    const reach = 'any invocation is swapped and blocked';
    const whole = await explore({ instance: SMALL, reach });
    expect((await resumed(await explore({ instance: SMALL, reach }, 2))).reached).toEqual(whole.reached);
  });

  test('says how to go on, in lines of at most 80 columns', async () => {
    const text = explorationText(await explore({}, 2));
    expect(text.replaceAll('\\\n', '').replaceAll(/\s+/g, ' ')).toMatch(
      /go on with npx xx check --resume \S+\.exploration/,
    );
    expect(linesTooWide(text)).toEqual([]);
  });

  test('says why it is not kept, where it cannot be written', async () => {
    const out = join(directory, 'taken');
    const world = { nowMs: () => 0, onProgress: () => writeFileSync(out, ''), interrupted: () => true };
    const options = { instance: SMALL, scheduler: 'xx', properties: [], workers: 1, out };
    const summary = await check(options, world);
    expect(summary.kept).toBeNull();
    expect(explorationText(summary).replaceAll(/\s+/g, ' ')).toContain('what was explored is not kept: ');
  });
});

describe('xx check --resume', () => {
  test('ends as if it had not been interrupted', async () => {
    const { kept } = await explore({ instance: SMALL, maxStates: 900 });
    const { code, out } = await ask(
      main,
      'check',
      '--resume',
      kept!,
      '--workers',
      '1',
      '--json',
      '--out',
      directory,
    );
    expect(code).toBe(0);
    const { states, steps, depth, complete } = await explore({ instance: SMALL });
    expect(JSON.parse(out)).toMatchObject({ states, steps, depth, complete });
  });

  test('refuses an option that says what is explored', async () => {
    const { kept } = await explore({ instance: SMALL }, 2);
    const { code, err } = await ask(main, 'check', '--resume', kept!, '--machines', '3');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'xx: --resume: the file says what is explored, so --machines means nothing; leave it out\n',
    });
  });

  property.prop(
    [fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 })],
    {
      numRuns: 20,
    },
  )('refuses a file of which any byte is another, in one line', async (where, change) => {
    const { kept } = await explore({ instance: { ...SMALL, invocations: 2 } }, 4);
    const bytes = readFileSync(kept!);
    const at = Math.floor(where * bytes.length);
    bytes[at]! ^= change;
    const damaged = join(directory, 'damaged');
    writeFileSync(damaged, bytes);
    expect(() => readSaved(damaged, 1e9)).toThrow(/^\S*damaged: (is|was) [^\n]+; |no exploration/);
  });

  test.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, -1), /is damaged: it is not as long/],
    ['goes on', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)]), /is damaged: it is not as long/],
    ['is empty', () => Buffer.alloc(0), /is no exploration that was kept/],
    ['is a scenario', () => Buffer.from('{"format":"xx-scenario"}\n'), /is no exploration that was kept/],
    [
      'is of another version',
      (bytes: Buffer) =>
        Buffer.from(bytes.toString('latin1').replace(/"by":"[^"]*"/, '"by":"0.0.9"'), 'latin1'),
      /was kept by version 0\.0\.9 of this package/,
    ],
  ])('refuses a file that %s', async (_, change, message) => {
    const { kept } = await explore({ instance: SMALL }, 2);
    const file = join(directory, 'other');
    writeFileSync(file, change(readFileSync(kept!)));
    const { code, err } = await ask(main, 'check', '--resume', file);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).toMatch(/^xx: [^\n]+\n$/);
  });

  test('refuses one that does not fit into memory', async () => {
    const { kept } = await explore({}, 6);
    expect(() => readSaved(kept!, 10_000)).toThrow(/needs 0\.0 GB of memory, and 0\.0 GB are free/);
  });
});
