import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../model/alphabet.ts';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { boot, call, HIGH, LOW, submit } from '../../model/testing.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { plans } from '../arbitraries/plan.ts';
import { fingerprintOf } from '../campaign/fingerprint.ts';
import { CATALOGUE } from '../catalogue.ts';
import { playPlan } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { collectRecords } from './collect.ts';
import { keepRecord } from './keep.ts';
import { type CounterexampleRecord, readRecord, recordText } from './record.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-records-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const workshop = { version: fc.string(), commit: fc.option(fc.string()), node: fc.string() };

/** Records of scenarios that are grown as campaigns grow them, with any origin and any words. */
const records: fc.Arbitrary<CounterexampleRecord> = fc
  .record({
    property: fc.constantFrom(...CATALOGUE.map(({ id }) => id)),
    rule: fc.option(fc.string()),
    entity: fc.string(),
    message: fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString()),
    scheduler: fc.string(),
    origin: fc.oneof(
      fc.record({
        ...workshop,
        seed: fc.maxSafeNat(),
        run: fc.nat(),
        stepsBeforeShrinking: fc.integer({ min: 1 }),
      }),
      fc.record({ ...workshop, instance: fc.constant(QUOTED_INSTANCE) }),
    ),
    plan: plans('small'),
  })
  .map(({ plan, ...rest }) => {
    const { scenario } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
    const fingerprint = fingerprintOf(rest.property, scenario);
    return { ...rest, step: scenario.stimuli.length, fingerprint, scenario };
  });

const [RECORD] = fc.sample(records, { numRuns: 1, seed: 5 }) as [CounterexampleRecord];
const TEXT = recordText(RECORD);

describe('a record', () => {
  property.prop([records], { numRuns: 50 })('is read back as it was written', (record) => {
    expect(readRecord(recordText(record))).toEqual(record);
  });

  property.prop([fc.nat(TEXT.length - 3)], { numRuns: 200 })('is refused when it is cut off', (length) => {
    expect(() => readRecord(TEXT.slice(0, length))).toThrow(/^the record: [^\n]+$/);
  });

  test('of an exploration is read back whatever may happen in its instance', () => {
    const { version, commit, node } = RECORD.origin;
    const instance: Required<BoundedInstance> = {
      ...{ ...QUOTED_INSTANCE, shrink: true, antagonists: [0, 2], paging: { chunk: 2, reserve: 1 } },
      ...{ crashes: 1, drains: 2, joins: 3, restarts: 4, maxAttempts: 2, memoryPrice: 5, maxMetered: 6 },
      ...{ budget: { amount: 6, period: 4, burstPercent: 50 }, without: ['overflow'] },
    };
    const record = { ...RECORD, origin: { version, commit, node, instance } };
    expect(readRecord(recordText(record))).toEqual(record);
  });

  test('of an exploration is refused when its instance is none, in one line', () => {
    const { version, commit, node } = RECORD.origin;
    const text = recordText({ ...RECORD, origin: { version, commit, node, instance: QUOTED_INSTANCE } });
    expect(() => readRecord(text.replace('"ram":3', '"ram":0'))).toThrow(
      /^the record: line 11: origin.instance.ram: expected an integer from 1, got 0$/,
    );
    expect(() => readRecord(text.replace('"instance":', '"seed":1,"instance":'))).toThrow(
      /origin: unknown field "seed"/,
    );
  });

  // biome-ignore format: a table, a row a line
  const bad: [string, string, string, RegExp][] = [
    ['of another format', '"xx-counterexample"', '"xx-trace"', /format: expected "xx-counterexample", got "xx-trace"/],
    ['of another version', '"version": 1', '"version": 2', /version: expected 1, .*got 2/],
    ['of an unknown property', `"property": "${RECORD.property}"`, '"property": "nope"', /no property "nope"/],
    ['with an unknown field', '"version": 1', '"version": 1, "seed": 5', /unknown field "seed"/],
    ['with a key twice', '"version": 1', '"version": 1, "version": 1', /"version" occurs twice/],
    ['that does not boot', '{"type":"boot"}', '{"type":"tick"}', /stimuli\[0\]: stimulus.type: expected "boot"/],
    ['with a number beyond', '"at":0', '"at":9007199254740993', /9007199254740993/],
    ['without a fingerprint', RECORD.fingerprint, 'zzz', /fingerprint: expected eight hexadecimal digits/],
  ];
  test.each(bad)('%s is refused in one line', (_name, from, to, message) => {
    expect(TEXT).toContain(from);
    const spoiled = TEXT.replace(from, to);
    expect(() => readRecord(spoiled)).toThrow(message);
  });
});

/** Fields of stimuli that name invocations, and those that say how much. */
const RENAMED: readonly string[] = ['id', 'caller'];
const AMOUNTS: readonly string[] = ['demand', 'memory', 'cores', 'ram', 'swap'];

describe('a fingerprint', () => {
  const { scenario } = RECORD;

  test('does not change with ids, labels, amounts and the length of pauses', () => {
    const changed = new Set<string>();
    const changes = fc.record({
      idsTimes: fc.integer({ min: 1, max: 9 }),
      idsPlus: fc.nat(1000),
      label: fc.string(),
      amountsPlus: fc.integer({ min: 1, max: 1000 }),
      pausesTimes: fc.integer({ min: 2, max: 9 }),
    });
    const anyChange = fc.property(
      plans('small'),
      changes,
      (plan, { idsTimes, idsPlus, label, amountsPlus, pausesTimes }) => {
        const { scenario: played } = playPlan(plan, { scheduler: createXX() }, emptyCampaignTally());
        const stimuli = JSON.parse(JSON.stringify(played.stimuli), (key, value) => {
          const renamed = RENAMED.includes(key);
          if (!renamed && !AMOUNTS.includes(key) && key !== 'function' && key !== 'at') return value;
          changed.add(key === 'at' && value > 0 ? 'pause' : key);
          if (renamed) {
            const renumbered = value * idsTimes + idsPlus;
            fc.pre(Number.isSafeInteger(renumbered));
            return renumbered;
          }
          if (key === 'function') return label;
          return key === 'at' ? value * pausesTimes : value + amountsPlus;
        });
        expect(fingerprintOf('kill-iff', { ...played, stimuli })).toBe(fingerprintOf('kill-iff', played));
      },
    );
    fc.assert(anyChange, { numRuns: 200 });
    expect(changed).toEqual(new Set([...RENAMED, ...AMOUNTS, 'function', 'at', 'pause']));
  });

  test('changes with who calls, with a class, and with whether time passes', () => {
    const stimuli: TimedStimulus[] = [
      { at: 0, stimulus: boot },
      { at: 0, stimulus: submit(0, LOW) },
      { at: 0, stimulus: submit(1, LOW) },
      { at: 0, stimulus: call(0, 2, LOW) },
    ];
    const prints = [
      stimuli,
      stimuli.with(3, { at: 0, stimulus: call(1, 2, LOW) }),
      stimuli.with(3, { at: 0, stimulus: call(0, 2, HIGH) }),
      stimuli.with(3, { at: 1, stimulus: call(0, 2, LOW) }),
    ].map((each) => fingerprintOf('kill-iff', { ...scenario, stimuli: each }));
    expect(new Set(prints).size).toBe(prints.length);
  });

  test('changes with the property and with what happens', () => {
    const fewer = { ...scenario, stimuli: scenario.stimuli.slice(0, -1) };
    expect(fingerprintOf(RECORD.property, fewer)).not.toBe(RECORD.fingerprint);
    const others = CATALOGUE.filter(({ id }) => id !== RECORD.property);
    for (const { id } of others) expect(fingerprintOf(id, scenario)).not.toBe(RECORD.fingerprint);
  });
});

describe('a directory of records', () => {
  const long = { ...RECORD, message: 'the same finding with more to say' };
  const short = { ...RECORD, message: '' };

  test('keeps the same finding once, the smallest, in whatever order they come', () => {
    const texts = [
      [long, short],
      [short, long],
      [short, short, long, short],
    ].map((order, index) => {
      const directory = join(home, `kept-${index}`);
      for (const record of order) keepRecord(directory, record);
      expect(readdirSync(directory)).toHaveLength(1);
      return readFileSync(join(directory, readdirSync(directory)[0]!), 'utf8');
    });
    expect(new Set(texts)).toEqual(new Set([recordText(short)]));
  });

  test('loses neither what else stands under that name nor the finding', () => {
    const directory = join(home, 'taken');
    const file = keepRecord(directory, RECORD);
    writeFileSync(file, 'precious');
    const other = keepRecord(directory, RECORD);
    expect(keepRecord(directory, RECORD)).toBe(other);
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(readFileSync(other, 'utf8')).toBe(TEXT);
  });

  test('sets aside what is corrupt, foreign, oversized or a link, and gives the rest, the smallest first', () => {
    const directory = join(home, 'mixed');
    const larger = { ...RECORD, scenario: { ...RECORD.scenario, stimuli: [...RECORD.scenario.stimuli] } };
    larger.scenario.stimuli.push({ at: Number.MAX_SAFE_INTEGER, stimulus: { type: 'tick' } });
    mkdirSync(join(directory, 'deeper'), { recursive: true });
    writeFileSync(join(directory, 'a.json'), recordText(larger));
    writeFileSync(join(directory, 'deeper', 'b.json'), TEXT);
    writeFileSync(join(directory, 'cut.json'), TEXT.slice(0, 100));
    writeFileSync(join(directory, 'foreign.json'), '{"name":"left-pad"}');
    writeFileSync(join(directory, 'huge.json'), ' '.repeat(17 * 1024 * 1024));
    writeFileSync(join(directory, 'notes.md'), 'no record');
    writeFileSync(join(directory, '.half.json.1.tmp'), TEXT.slice(0, 10));
    symlinkSync('a.json', join(directory, 'link.json'));
    const { collected, setAside } = collectRecords(directory);
    expect(collected.map(({ file }) => file)).toEqual([
      join(directory, 'deeper', 'b.json'),
      join(directory, 'a.json'),
    ]);
    expect(setAside.map(({ reason }) => reason.replace(`${directory}/`, ''))).toEqual([
      expect.stringMatching(/^cut.json: the record: not JSON: /),
      expect.stringMatching(/^foreign.json: the record: format: expected "xx-counterexample", got nothing$/),
      expect.stringMatching(/^huge.json: is larger than 16 MiB/),
      expect.stringMatching(/^link.json: is a symbolic link/),
    ]);
  });
});

test.each([
  [
    'a key that is misspelt',
    '"message":',
    '"massage":',
    /^the record: line 9: unknown field "massage"; expected an object with property, rule/,
  ],
  ['a number that is none', '"step": ', '"step": "five", "x": ', /^the record: line \d+: unknown field "x"/],
  [
    'a figure in a stimulus',
    '"at":0',
    '"at":-1',
    /^the record: line 15: stimuli\[0\]\.at: expected an integer from 0/,
  ],
  [
    'a key twice',
    '"at":0',
    '"at":0,"at":0',
    /^the record: the key "at" occurs twice in one object \(line 15, column 13\)$/,
  ],
  [
    'a number that is not exact',
    '"at":0',
    '"at":9007199254740993',
    /^the record: 9007199254740993 \(line 15, column 11\) is beyond/,
  ],
  [
    'a property that there is not',
    '"property": "',
    '"property": "un',
    /^the record: line 4: property: there is no property/,
  ],
])('a record is refused with its line and what was expected: %s', (_, was, is, message) => {
  const text = readFileSync('counterexamples/kill-iff-d6bef0f2.json', 'utf8');
  expect(text).toContain(was);
  expect(() => readRecord(text.replace(was, is))).toThrow(message);
});
