import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../model/alphabet.ts';
import { readAnswer } from '../../model/format/answer.ts';
import { readHello } from '../../model/format/hello.ts';
import { readScenario } from '../../model/format/lines.ts';
import { scenarioText } from '../../model/format/write.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { StoppedWaiting } from '../broken-scheduler.ts';
import { epochMs } from '../io/clock.ts';
import { StopSign } from '../io/stop-sign.ts';
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

/** One that is waited for until a sign is up. */
function execUntil(command: string, sign: StopSign): ExecScheduler {
  const children = childrenOfThisProcess().buffer;
  const limits = { timeoutMs: 60_000, startTimeoutMs: 60_000 };
  const scheduler = new ExecScheduler({ command, ...limits, children, stop: sign.buffer }, readAnswer);
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

  test('that hangs until the time for all is up is named, with the step and how long it was waited for', () => {
    const sign = new StopSign();
    sign.until = epochMs() + 300;
    const scheduler = execUntil('sleep 1000', sign);
    scheduler.reset(config);
    expect(() => scheduler.step(0, BOOT)).toThrow(
      /on step 1, .*: it has not answered: waited \d+ ms for the answer to step 1, until the time for all was up$/,
    );
    // Nobody is blamed who was not asked in time.
    scheduler.reset(config);
    expect(() => scheduler.step(0, BOOT)).toThrow(StoppedWaiting);
  });

  test('is not blamed for a signal', () => {
    const sign = new StopSign();
    sign.until = epochMs() + 100_000;
    sign.signal = 15;
    const scheduler = execUntil('sleep 1000', sign);
    scheduler.reset(config);
    expect(() => scheduler.step(0, BOOT)).toThrow(StoppedWaiting);
  });

  test('and has megabytes to say on why a stimulus is impossible is quoted in part', () => {
    const scheduler = exec(
      `node -e "process.stdin.once('data', () => console.log(JSON.stringify({ impossible: 'x'.repeat(5e6) })))"`,
    );
    scheduler.reset(config);
    expect(() => scheduler.step(0, BOOT)).toThrow(/^x{500}…$/);
  });

  test('is sent a scenario just as it is written in a file', () => {
    const scheduler = exec(`tee ${home}/heard | ${SERVE}`);
    scheduler.reset(config);
    for (const { at, stimulus } of stimuli) scheduler.step(at, stimulus);
    expect(readFileSync(join(home, 'heard'), 'utf8')).toBe(scenarioText({ config, stimuli }));
  });
});

describe('a process that is sent stimuli ahead', () => {
  const inside = (asked: readonly TimedStimulus[]) => {
    const xx = createXX();
    xx.reset(config);
    return asked.map(({ at, stimulus }) => {
      try {
        return xx.step(at, stimulus);
      } catch (error) {
        if (!(error instanceof ImpossibleStimulus)) throw error;
        return 'impossible';
      }
    });
  };
  const played = (scheduler: ExecScheduler, asked: readonly TimedStimulus[]) =>
    asked.map(({ at, stimulus }) => {
      try {
        return scheduler.step(at, stimulus);
      } catch (error) {
        if (!(error instanceof ImpossibleStimulus)) throw error;
        return 'impossible';
      }
    });
  const finish7: TimedStimulus = { at: 1, stimulus: { type: 'finish', id: 7 } };
  const without = (left: number) => stimuli.filter((_, index) => index !== left);

  // biome-ignore format: a table, a row a line
  const CASES: [string, readonly TimedStimulus[], readonly TimedStimulus[]][] = [
    ['exactly these are asked', stimuli, stimuli],
    ['something impossible among them is asked', [...stimuli.slice(0, 3), finish7, ...stimuli.slice(3)], [...stimuli.slice(0, 3), finish7, ...stimuli.slice(3)]],
    ['something impossible among them is left out', [...stimuli.slice(0, 3), finish7, ...stimuli.slice(3)], stimuli],
    ['something possible among them is left out', stimuli, without(stimuli.length - 3)],
    ['the first after boot is left out', stimuli, [stimuli[0]!, ...stimuli.slice(3)]],
    ['only some are asked', stimuli, stimuli.slice(0, 4)],
    ['more are asked', stimuli.slice(0, 4), stimuli],
    ['others are asked', [finish7], stimuli],
  ];
  /** One process for all cases, so that no case may leave anything behind for the next. */
  let served: ExecScheduler | null = null;
  test.each(CASES)('answers as if it had not been, when %s', (_, ahead, asked) => {
    served ??= exec(SERVE);
    const outside = served;
    for (let round = 0; round < 2; round++) {
      outside.reset(config);
      outside.announce(ahead);
      expect(played(outside, asked)).toEqual(inside(asked));
    }
    // Whatever was not asked for does not come later.
    outside.reset(config);
    expect(played(outside, stimuli)).toEqual(inside(stimuli));
    expect(() => outside.refuseStrayLine()).not.toThrow();
  });

  test('is asked one by one from then on, if it does not answer in time because it drops what it is not asked', () => {
    const drops = `process.stdin.on("data", (chunk) => String(chunk).includes("stimulus") && console.log("[]"))`;
    const scheduler = exec(`exec node -e '${drops}'`, 2_000, 20_000);
    for (let round = 0; round < 2; round++) {
      scheduler.reset(config);
      scheduler.announce(stimuli);
      expect(played(scheduler, stimuli)).toEqual(stimuli.map(() => []));
    }
  });

  test('may still be answering what was sent ahead, when nobody asks for the rest any more', () => {
    const slow = exec('while read line; do case "$line" in *stimulus*) echo "[]"; sleep 0.1;; esac; done');
    slow.reset(config);
    slow.announce(stimuli.slice(0, 12));
    expect(slow.step(0, BOOT)).toEqual([]);
    for (let time = 0; time < 5; time++) expect(() => slow.refuseStrayLine()).not.toThrow();
    slow.reset(config);
    expect(slow.step(0, BOOT)).toEqual([]);
  });

  test('breaks the contract as ever: the step is named, and a line too many', () => {
    const wrong = exec('read line; read line; echo "[]"; while read line; do echo "[5]"; done');
    wrong.reset(config);
    wrong.announce(stimuli);
    expect(wrong.step(0, BOOT)).toEqual([]);
    expect(() => wrong.step(stimuli[1]!.at, stimuli[1]!.stimulus)).toThrow(/on step 2, .*answered "\[5\]"/);
    const twice = exec('while read line; do case "$line" in *stimulus*) printf "[]\n[]\n";; esac; done');
    twice.reset(config);
    twice.announce(stimuli);
    played(twice, stimuli);
    expect(() => twice.refuseStrayLine()).toThrow(/wrote "\[\]" after its answer to step/);
    const dies = exec('for i in 1 2 3; do read line; done; echo "[]"; exit 3');
    dies.reset(config);
    dies.announce(stimuli);
    expect(() => played(dies, stimuli)).toThrow(/on step 2, .*ended with exit code 3/);
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

  test('need not know how pages move in time where nothing says how they do', () => {
    const scheduler = answering('{"hello":"mine","without":["paging"]}');
    scheduler.reset(config);
    expect(scheduler.step(0, BOOT)).toEqual([]);
    expect(() => scheduler.reset({ ...config, paging: { chunk: 1, reserve: 1 } })).toThrow(
      /--without paging/,
    );
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
    ['without a name', ['{"hello":5}'], /the hello: hello: expected a string of at most 256/],
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

test('only a shell that waits may hold what answers are written to, and yet answer', () => {
  const scheduler = exec(`read line; while read line; do sh -c 'exec >&-; sleep 0.5'; echo '[]'; done`);
  scheduler.reset(config);
  expect(scheduler.step(0, BOOT)).toEqual([]);
  expect(scheduler.step(1, { type: 'tick' })).toEqual([]);
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
    // On a machine that is busy it may be killed before what it has started has begun.
    const hasBegun = () => existsSync(join(home, 'beat'));
    for (let round = 0; round < 2 || (round < 40 && !hasBegun()); round++) {
      scheduler.reset(config);
      expect(() => scheduler.step(0, BOOT)).toThrow(/did not start and answer within 500 ms/);
    }
    expect(hasBegun()).toBe(true);
    expect(await fallsSilent()).toBe(true);
  });

  test('says more than it was asked', () => {
    const scheduler = exec('while read line; do printf "[]\\n[]\\n"; done');
    scheduler.reset(config);
    expect(() => {
      for (let at = 0; at < 3; at++) scheduler.step(at, { type: 'tick' });
    }).toThrow(
      /wrote "\[\]" after its answer to step 1 \(tick\), where nothing was asked: these are two answers to step 1/,
    );
  });

  test('answers twice the last that it was asked before the next header', () => {
    const scheduler = exec(
      `while read line; do case $line in *boot*) printf '[]\n[]\n';; *stimulus*) echo '[]';; esac; done`,
    );
    const boots: TimedStimulus[] = [{ at: 0, stimulus: BOOT }];
    expect(() => {
      for (let round = 0; round < 9; round++) scheduler.answersTo(config, [boots]);
    }).toThrow(
      /wrote "\[\]" after its answer to step 1 \(boot\) and the next header, where nothing was asked: these are two/,
    );
  });

  test.each([
    ['before', 'read line; read line; yes "[]" | head -5000; while read line; do :; done'],
    ['while', 'read line; read line; echo "[]"; sleep 0.02; yes "[]"'],
  ])('floods %s it is listened to', (_, command) => {
    const floods = exec(command);
    floods.reset(config);
    expect(floods.step(0, BOOT)).toEqual([]);
    // A busy machine may start the flood long after the answer.
    expect(() => {
      for (let round = 0; round < 200; round++) floods.refuseStrayLine();
    }).toThrow(/wrote "\[\]" after its answer to step 1|many lines that were not asked/);
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
      /wrote .* after its answer to step 1 \(boot\), where nothing/,
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
