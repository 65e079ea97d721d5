import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAnswer } from '../model/format/answer.ts';
import { readHello } from '../model/format/hello.ts';
import { readScenario, readTrace as readTraceLines } from '../model/format/lines.ts';
import { scenarioText } from '../model/format/write.ts';
import { InputError } from '../model/input-error.ts';
import { printable } from '../model/printable.ts';
import { createGenerator, type Generator, nextBelow } from '../reference-impl/random.ts';
import { durationsText, invocationsText } from '../reference-impl/simulation/fixtures/texts.ts';
import { readTrace } from '../reference-impl/simulation/traces/trace.ts';
import { runBlock } from './campaign/block.ts';
import { contestantOf } from './contestants/contestants.ts';
import { prefixText, readPrefix } from './farm/wire.ts';
import { objectionToGoals } from './goals/goal.ts';
import { emptyCampaignTally } from './play/tally.ts';
import { readRecord } from './records/record.ts';
import { readPlayable } from './replay/load.ts';
import { countsOf, identityOf, readReportFile, reportFileText } from './reports/report-file.ts';
import { type Hostile, hostileCsv, hostileJson, hostileLines } from './testing/hostile.ts';

/** Files of each kind. */
const FILES = 1_500;

const CAMPAIGN = { seed: 1, size: 'small', properties: [], except: [], without: [] } as const;

const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const SCENARIO = lines('docs/examples/home-page.scenario.jsonl');
const TRACE = lines('properties/fixtures/independent/9001.trace.jsonl').slice(0, 40);
const RECORD = JSON.parse(readFileSync('counterexamples/kill-iff-d6bef0f2.json', 'utf8'));
/** Paging takes time there. */
const PAGING = JSON.parse(readFileSync('docs/cases/rules/disk-works.json', 'utf8'));
const OF_PAGING = scenarioText(readRecord(JSON.stringify(PAGING)).scenario)
  .trimEnd()
  .split('\n');
const HELLO = { hello: 'mine', without: ['idle-lists', 'paging'] };
const ANSWERS: readonly object[] = TRACE.slice(1).flatMap((line) => {
  const { decisions } = JSON.parse(line);
  return decisions.length > 0 ? [decisions] : [];
});
/** What a queue has of a campaign that can be gone on with. */
const PREFIX = JSON.parse(
  prefixText(
    { upTo: 50, result: runBlock({ ...CAMPAIGN, block: 0, count: 50 }, contestantOf({ scheduler: 'xx' })) },
    1.5,
  ),
);
const compact = (value: unknown): string => JSON.stringify(value);
const tally = emptyCampaignTally();
tally.met[0] = 3;
const REPORT = JSON.parse(
  reportFileText({
    campaign: identityOf({
      ...{ scheduler: 'xx', seed: 1, size: 'small', properties: [], except: ['stays-exact'] },
      ...{ goals: ['full'], runsAsked: 5, of: 2 },
    }),
    parts: [
      {
        ...{ shard: 1, runs: 3, steps: 9, seconds: 0.5, interrupted: false, endedEarly: 0 },
        ...{ counts: countsOf(tally), found: ['kill-iff-d6bef0f2.json'] },
      },
    ],
  }),
);
const OF_2021 = 'app,func,end_timestamp,duration\na,f,1.5,0.5\nb,g,2.5,1\n';
const KEYS = ['HashOwner', 'HashApp', 'HashFunction'];
const INVOCATIONS = invocationsText(KEYS, [
  ['o', 'a', 'f', 'http', 1, 0, 2],
  ['o', 'a', 'g', 'timer', 0, 3, 4],
]);
const DURATIONS = durationsText(KEYS, [
  ['o', 'a', 'f', 2, 10],
  ['o', 'a', 'g', 2, 20],
]);

const split = (text: string): string[] => {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  return all.map((line) => line.replace(/\r$/, ''));
};

const csv = (texts: Record<string, string>) =>
  readTrace(Object.entries(texts).map(([name, text]) => ({ name, lines: split(text) })));

/** What reads each kind of file, and how a hostile one is made. */
const KINDS: readonly [string, (draw: Generator) => Hostile, (text: string) => unknown][] = [
  ['scenario', (draw) => hostileLines(SCENARIO, draw), (text) => readScenario(split(text))],
  ['trace', (draw) => hostileLines(TRACE, draw), (text) => readTraceLines(split(text))],
  ['file to be replayed', (draw) => hostileLines(TRACE, draw), (text) => readPlayable(text)],
  ['record', (draw) => hostileJson(RECORD, draw), (text) => readRecord(text)],
  ['scenario of paging', (draw) => hostileLines(OF_PAGING, draw), (text) => readScenario(split(text))],
  ['record of paging', (draw) => hostileJson(PAGING, draw), (text) => readRecord(text)],
  ['hello', (draw) => hostileJson(HELLO, draw, compact), (text) => readHello(text)],
  [
    'answer',
    (draw) => hostileJson(ANSWERS[nextBelow(draw, ANSWERS.length)], draw, compact),
    (text) => readAnswer(text),
  ],
  ['rest of a campaign in a queue', (draw) => hostileJson(PREFIX, draw, compact), (text) => readPrefix(text)],
  ['report', (draw) => hostileJson(REPORT, draw), (text) => readReportFile(text)],
  ['trace of 2021', (draw) => hostileCsv(OF_2021, /end_timestamp|duration/, draw), (text) => csv({ text })],
  [
    'file of invocations',
    (draw) => hostileCsv(INVOCATIONS, /^\d+$/, draw),
    (text) => csv({ text, durations: DURATIONS }),
  ],
];

/** Words of the library that checks shapes, which mean nothing to whoever wrote the file. */
const NOT_OURS = /Invalid (input|key|option|string|type)|Unrecognized|Too (small|big)|received|undefined/;

test.each(KINDS)(
  'a hostile %s is taken if it is good, and is refused in one line of ours otherwise',
  async (_, make, read) => {
    const draw = createGenerator(1);
    const count = { good: 0, bad: 0 };
    for (let index = 0; index < FILES; index++) {
      const { text, isValid, how } = make(draw);
      const message = await refusal(read, text);
      expect(message === null, `${how}: ${message ?? 'taken'}\n${text.slice(0, 2_000)}`).toBe(isValid);
      count[isValid ? 'good' : 'bad']++;
      if (message === null) continue;
      expect(message, how).toBe(printable(message));
      expect(message, how).not.toMatch(NOT_OURS);
      expect(message.length, `${how}: ${message}`).toBeLessThan(600);
    }
    expect(count.good).toBeGreaterThan(FILES / 5);
    expect(count.bad).toBeGreaterThan(FILES / 5);
  },
);

/** The one line with which a text is refused; null when it is taken. */
async function refusal(read: (text: string) => unknown, text: string): Promise<string | null> {
  try {
    await read(text);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

test('hostile lists of goals are taken if they are good, and an objection is one line otherwise', () => {
  const draw = createGenerator(1);
  const names = ['full', 'empty', '', ' ', 'n'.repeat(257), 7, null, undefined];
  const mets = [() => true, 'no function', null, undefined];
  const seen = new Set<boolean>();
  for (let index = 0; index < FILES; index++) {
    const length = nextBelow(draw, 4);
    const goals: unknown[] = Array.from({ length }, () => {
      if (nextBelow(draw, 12) === 0) return [null, 7, 'goal', []][nextBelow(draw, 4)];
      const isPlain = nextBelow(draw, 4) > 0;
      return isPlain
        ? { name: `goal ${nextBelow(draw, 9)}`, met: mets[0] }
        : { name: names[nextBelow(draw, names.length)], met: mets[nextBelow(draw, mets.length)] };
    });
    const good = goals.filter((goal): goal is { name: string; met: () => boolean } => {
      if (typeof goal !== 'object' || goal === null) return false;
      const { name, met } = goal as Record<string, unknown>;
      const isNamed = typeof name === 'string' && name.trim().length > 0 && name.length <= 256;
      return isNamed && typeof met === 'function';
    });
    const isValid = good.length === length && new Set(good.map(({ name }) => name)).size === length;
    const objection = objectionToGoals(goals);
    expect(objection === null, JSON.stringify(goals)).toBe(isValid);
    expect(objection ?? '').not.toContain('\n');
    seen.add(isValid);
  }
  expect(seen.size).toBe(2);
});
