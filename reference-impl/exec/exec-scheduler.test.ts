import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAnswer } from '../../model/format/answer.ts';
import { readHello } from '../../model/format/hello.ts';
import { readScenario } from '../../model/format/lines.ts';
import { scenarioText } from '../../model/format/write.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { createXX } from '../xx/xx.ts';
import { childrenOfThisProcess } from './children.ts';
import { ExecScheduler } from './exec-scheduler.ts';
import { LacksParts } from './lacks-parts.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-exec-'));
const open: ExecScheduler[] = [];
afterAll(() => {
  for (const scheduler of open) scheduler.close();
  rmSync(home, { recursive: true, force: true });
});

const { config, stimuli } = readScenario(
  readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').trimEnd().split('\n'),
);
const BOOT = { type: 'boot' } as const;

function exec(command: string, timeoutMs = 20_000, startTimeoutMs = timeoutMs): ExecScheduler {
  const children = childrenOfThisProcess().buffer;
  const scheduler = new ExecScheduler({ command, timeoutMs, startTimeoutMs, children }, readAnswer);
  open.push(scheduler);
  return scheduler;
}

const SERVE = 'node docs/examples/serve.mjs';

/** A grandchild that shows that it lives. */
const BEATS = `(while :; do echo beat > ${home}/beat; sleep 0.05; done) &`;

describe('a scheduler that is a process', () => {
  test('decides what the scheduler inside it decides, after each reset anew, in one process', () => {
    const outside = exec(`echo started >> ${home}/starts; exec ${SERVE}`);
    const inside = createXX();
    for (let round = 0; round < 3; round++) {
      outside.reset(config);
      inside.reset(config);
      for (const { at, stimulus } of stimuli) {
        expect(outside.step(at, stimulus)).toEqual(inside.step(at, stimulus));
      }
    }
    expect(readFileSync(join(home, 'starts'), 'utf8')).toBe('started\n');
  });

  test('refuses a stimulus, and goes on as if it had not been asked', () => {
    const scheduler = exec(SERVE);
    scheduler.reset(config);
    const booted = scheduler.step(0, BOOT);
    expect(booted).toHaveLength(1);
    expect(() => scheduler.step(1, { type: 'finish', id: 7 })).toThrow(ImpossibleStimulus);
    expect(scheduler.step(1, { type: 'tick' })).toEqual([]);
  });

  test('is sent a scenario just as it is written in a file', () => {
    const scheduler = exec(`tee ${home}/heard | ${SERVE}`);
    scheduler.reset(config);
    for (const { at, stimulus } of stimuli) scheduler.step(at, stimulus);
    expect(readFileSync(join(home, 'heard'), 'utf8')).toBe(scenarioText({ config, stimuli }));
  });
});

describe('a process that introduces itself', () => {
  const answering = (...lines: readonly string[]): ExecScheduler => {
    const file = join(home, 'hello');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { buffer } = childrenOfThisProcess();
    const command = `cat ${file}; while read line; do case "$line" in *stimulus*) echo "[]";; esac; done`;
    const limits = { timeoutMs: 20_000, startTimeoutMs: 20_000 };
    const scheduler = new ExecScheduler({ command, ...limits, children: buffer }, readAnswer, readHello);
    open.push(scheduler);
    return scheduler;
  };

  test('says what it lacks before its first answer, which then is not taken', () => {
    const scheduler = answering('{"hello":"mine","without":["swap","paging"]}');
    scheduler.reset(config);
    expect(scheduler.lacks).toEqual([]);
    expect(() => scheduler.step(0, BOOT)).toThrow(
      /hello says that it is without swap, paging, .*--without swap paging/,
    );
    expect(scheduler.lacks).toEqual(['swap', 'paging']);
    expect(() => scheduler.reset(config)).toThrow(LacksParts);
    scheduler.reset({ ...config, without: ['calls', 'swap', 'paging'] });
    expect(scheduler.step(0, BOOT)).toEqual([]);
    expect(() => scheduler.refuseStrayLine()).not.toThrow();
  });

  test('is played as it is where it lacks nothing, or nothing that the cluster has', () => {
    const whole = answering('{"hello":"mine"}');
    whole.reset(config);
    expect(whole.step(0, BOOT)).toEqual([]);
    const partly = answering('{"hello":"mine","without":["calls"]}');
    partly.reset({ ...config, without: ['calls'] });
    expect(partly.step(0, BOOT)).toEqual([]);
    expect(partly.step(1, { type: 'tick' })).toEqual([]);
  });

  test.each([
    [
      'of a part that there is not',
      ['{"hello":"mine","without":["cals"]}'],
      /the hello: without\[0\]: expected one of calls/,
    ],
    ['with a field that there is not', ['{"hello":"mine","speed":1}'], /the hello: unknown field "speed"/],
    ['without a name', ['{"hello":5}'], /the hello: hello: expected a name/],
    ['twice', ['{"hello":"mine"}', '{"hello":"mine"}'], /(wrote|answered) "\{\\"hello\\":\\"mine\\"\}"/],
  ])('breaks the protocol with a hello %s', (_, lines, message) => {
    const scheduler = answering(...lines);
    scheduler.reset(config);
    // A line too many may come before or after what is asked.
    expect(() => {
      scheduler.step(0, BOOT);
      scheduler.step(1, { type: 'tick' });
    }).toThrow(message);
  });
});

// biome-ignore format: a table, a row a line
const BROKEN: [string, string, RegExp][] = [
  ['crashes, with its last words', 'read line; echo "out of luck" >&2; exit 7', /ended with exit code 7; its last words: "out of luck"$/],
  ['is killed', 'kill -9 $$', /was ended by SIGKILL, and said nothing/],
  ['does not exist', 'no-such-command-anywhere', /ended with exit code 127; its last words: .*not found/],
  ['closes its standard output, and lives on', 'exec >&-; sleep 60', /closed its standard output, and lives on/],
  ['ends without reading', 'true', /ended with exit code 0/],
  ['echoes', 'cat', /answered "\{.*xx-scenario.*"…: the answer: expected a list of decisions/],
  ['talks', 'while read line; do echo hello; done', /answered "hello": the answer: not JSON/],
  ['answers with something else', 'while read line; do echo 5; done', /answered "5": the answer: expected a list/],
  ['never ends its line', 'yes | tr -d "\\n"', /more than 16 MiB without the end of a line/],
];

// biome-ignore format: a table, a row a line
const NO_ANSWER: [string, string, RegExp][] = [
  ['an unknown field', '[{"type":"start","id":1,"core":0}]', /\[0\]: unknown field "core"/],
  ['a field too few', '[{"type":"start"}]', /\[0\]\.id: expected an integer/],
  ['a key twice', '[{"type":"start","id":1,"id":1}]', /the key "\\"id\\"" occurs twice|the key "id" occurs twice/],
  ['2^53 + 3', '[{"type":"start","id":9007199254740995}]', /9007199254740995 .*largest integer/],
  ['1e999', '[{"type":"start","id":1e999}]', /1e999 .*too large/],
  ['a negative zero', '[{"type":"start","id":-0}]', /negative zero/],
  ['a fraction', '[{"type":"start","id":2.5}]', /\[0\]\.id: expected an integer .*got 2\.5/],
  ['a negative id', '[{"type":"start","id":-7}]', /\[0\]\.id: expected an integer .*got -7/],
  ['a key __proto__', '[{"type":"start","id":1,"__proto__":1}]', /__proto__/],
  ['an unknown decision', '[{"type":"jump","id":1}]', /\[0\]\.type: expected/],
  ['an invisible character', '\u200b[]', /answered "\\u200b\[\]": the answer: not JSON/],
  ['a byte order mark', '\ufeff[]', /answered "\\ufeff\[\]": the answer: not JSON/],
  ['nested brackets', '['.repeat(300_000), /nested deeper than 64 levels/],
  ['a reason that is none', '{"impossible":5}', /expected a list of decisions or/],
  ['a reason and more', '{"impossible":"why","id":1}', /expected a list of decisions or/],
];

test.each(NO_ANSWER)('an answer is read as strictly as a file: %s', (_, line, message) => {
  const file = join(home, 'line');
  writeFileSync(file, `${line}\n`);
  const scheduler = exec(`read line; while read line; do cat ${file}; done`);
  scheduler.reset(config);
  expect(() => scheduler.step(0, BOOT)).toThrow(message);
});

describe('a process breaks the contract, and is named with its step, when it', () => {
  test.each(BROKEN)('%s', (_name, command, message) => {
    const scheduler = exec(command);
    scheduler.reset(config);
    let error: unknown;
    try {
      scheduler.step(0, BOOT);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'BrokenScheduler', message: expect.stringMatching(message) });
    expect(`${error}`).toContain('on step 1, {"type":"boot"} at 0: it ');
    expect(`${error}`).not.toContain('\n');
  });

  test('hangs; then all that it has started is killed, and the next reset starts another', async () => {
    const scheduler = exec(`${BEATS} wait`, 500);
    for (let round = 0; round < 2; round++) {
      scheduler.reset(config);
      expect(() => scheduler.step(0, BOOT)).toThrow(/did not start and answer within 500 ms/);
      expect(existsSync(join(home, 'beat'))).toBe(true);
    }
    expect(await fallsSilent()).toBe(true);
  });

  test('says more than it was asked', () => {
    const scheduler = exec('while read line; do printf "[]\\n[]\\n"; done');
    scheduler.reset(config);
    expect(() => {
      for (let at = 0; at < 3; at++) scheduler.step(at, { type: 'tick' });
    }).toThrow(/wrote "\[\]" after its answer to step 1, where nothing was asked/);
  });

  // biome-ignore format: a table, a row a line
  const STRAY: [string, string, RegExp | null][] = [
    ['the header is answered', 'while read line; do echo "[]"; done', /wrote "\[\]" after its answer to step 1/],
    ['a stimulus has two lines', 'read line; while read line; do printf "[]\n[]\n"; done', /wrote "\[\]" after its answer to step 1/],
    ['every stimulus has one line', 'read line; while read line; do echo "[]"; done', null],
  ];
  test.each(STRAY)(
    'before it is blamed for an answer, a line too many is looked for: %s',
    (_, command, said) => {
      const scheduler = exec(command);
      scheduler.reset(config);
      scheduler.step(0, BOOT);
      if (said === null) expect(() => scheduler.refuseStrayLine()).not.toThrow();
      else expect(() => scheduler.refuseStrayLine()).toThrow(said);
    },
  );

  test.each([
    ['lines', `yes debug | head -2000`],
    ['a line without an end', `head -c 80000000 /dev/zero | tr '\\0' x`],
  ])('floods where nothing is asked, with %s, also if it ends then', (_what, flood) => {
    const starts = join(home, `starts-${flood.length}`);
    const scheduler = exec(`echo started >> ${starts}; read line; read line; echo '[]'; ${flood}; sleep 0.3`);
    scheduler.reset(config);
    expect(scheduler.step(0, BOOT)).toEqual([]);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    expect(() => scheduler.step(1, { type: 'tick' })).toThrow(
      /wrote .* after its answer to step 1, where nothing/,
    );
    expect(readFileSync(starts, 'utf8')).toBe('started\n');
  });

  test('is slow to start, which has a limit of its own', () => {
    const slow = 'sleep 1; read line; while read line; do echo "[]"; done';
    const patient = exec(slow, 300, 20_000);
    patient.reset(config);
    expect(patient.step(0, BOOT)).toEqual([]);
    const impatient = exec(slow, 300, 400);
    impatient.reset(config);
    expect(() => impatient.step(0, BOOT)).toThrow(
      /did not start and answer within 400 ms; --exec-start-timeout/,
    );
  });

  test('says much before it ends: its first words and its last are told', () => {
    const scheduler = exec('for i in $(seq 2000); do echo "panic $i" >&2; done; exit 2');
    scheduler.reset(config);
    expect(() => scheduler.step(0, BOOT)).toThrow(/its first words: "panic 1"; its last words: "panic 2000"/);
  });
});

test('closing ends the process and what it has started', async () => {
  const scheduler = exec(`${BEATS} exec ${SERVE}`);
  scheduler.reset(config);
  scheduler.step(0, BOOT);
  expect(existsSync(join(home, 'beat'))).toBe(true);
  scheduler.close();
  expect(await fallsSilent()).toBe(true);
});

/** Whether the grandchild of {@link BEATS} is gone at last: the system takes its time to end a process. */
async function fallsSilent(): Promise<boolean> {
  for (let attempts = 0; attempts < 50; attempts++) {
    rmSync(join(home, 'beat'), { force: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (!existsSync(join(home, 'beat'))) return true;
  }
  return false;
}
