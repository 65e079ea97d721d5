import {
  existsSync,
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
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarioText } from '../../model/format/write.ts';
import { main } from '../commands/main.ts';
import { collectRecords } from '../records/collect.ts';
import { recordText } from '../records/record.ts';
import { ask } from '../testing/command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-replay-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const KILLS = collectRecords('counterexamples').collected.find(
  ({ item }) => item.scheduler === 'kills-the-newest',
)!;
const { file, item: record } = KILLS;
const AS_RECORDED = {
  scheduler: record.scheduler,
  verdict: 'refused',
  steps: record.step,
  reproduced: true,
  rule: 'kill-iff',
  step: record.step,
};

describe('xx replay', () => {
  test('shows each step, who runs where, memory as bars, the queues, and at last the rule and what was permitted', async () => {
    const { code, out } = await ask(main, 'replay', file, '--scheduler', record.scheduler);
    expect(code).toBe(1);
    expect(out).toContain('step 1, at 0 ms: boot');
    expect(out).toMatch(/machine 0 {2}RAM \[█+\] 1\/1 MB {2}swap \[·+\] 0\/0 MB/);
    expect(out).toContain('1/1 core runs 0 (f, c0, 1 MB)');
    expect(out).toContain('shard 0  queued c0: 0');
    expect(out).toContain(`step ${record.step} violates kill-iff (paper section 3.2)`);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(record.message);
    expect(
      stripVTControlCharacters(out)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  test('shows only the steps from one to another', async () => {
    const { out } = await ask(
      main,
      'replay',
      file,
      '--scheduler',
      record.scheduler,
      '--from',
      '2',
      '--to',
      '3',
    );
    expect(out.match(/step \d+, at/g)).toEqual(['step 2, at', 'step 3, at']);
    expect(out).toContain('violates kill-iff');
  });

  test('says that there are no steps to show beyond the end, or in a range that ends before it begins', async () => {
    const beyond = await ask(main, 'replay', file, '--from', '99');
    expect(beyond).toMatchObject({ code: 2, out: '' });
    expect(beyond.err).toMatch(
      /^xx: --from: counterexamples\/\S+ ends with step 5, so there is no step 99 [^\n]*\n$/,
    );
    const upsideDown = await ask(main, 'replay', file, '--from', '3', '--to', '2');
    expect(upsideDown).toMatchObject({ code: 2, err: 'xx: --from: expected at most --to (2), got 3\n' });
  });

  test('says that there is nothing to show where it failed before', async () => {
    const longer = join(home, 'longer.json');
    const stimuli = [...record.scenario.stimuli, { at: 9, stimulus: { type: 'tick' as const } }];
    writeFileSync(longer, recordText({ ...record, scenario: { ...record.scenario, stimuli } }));
    const { code, out } = await ask(main, 'replay', longer, '--scheduler', record.scheduler, '--from', '6');
    expect(out).toContain(`nothing to show from step 6 on: it ends with step ${record.step}`);
    expect(code).toBe(1);
  });

  test('remarks on a record that names another step than the one that fails', async () => {
    const other = join(home, 'step.json');
    writeFileSync(other, recordText({ ...record, step: 2 }));
    const { code, out } = await ask(main, 'replay', other, '--scheduler', record.scheduler);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `the record says that it fails in step 2; it fails in step ${record.step} now`,
    );
    expect(code).toBe(1);
    const { results } = JSON.parse(
      (await ask(main, 'replay', other, '--scheduler', record.scheduler, '--json')).out,
    );
    expect(results).toEqual([{ file: other, ...AS_RECORDED, recordedStep: 2 }]);
  });

  test('says in JSON what became of each file', async () => {
    const scenario = join(home, 'kills.scenario.jsonl');
    writeFileSync(scenario, scenarioText(record.scenario));
    const { code, out } = await ask(
      main,
      'replay',
      file,
      scenario,
      '--scheduler',
      record.scheduler,
      '--json',
    );
    expect(JSON.parse(out)).toEqual({
      results: [
        { file, ...AS_RECORDED },
        { file: scenario, ...AS_RECORDED, reproduced: null },
      ],
    });
    expect(code).toBe(1);
  });

  test('never passes off as green what no longer fails: exit 4', async () => {
    const { code, out } = await ask(main, 'replay', file, '--scheduler', 'xx');
    expect(code).toBe(4);
    expect(out.replace(/\s+/g, ' ')).toContain(
      `no longer reproduces: the violation of kill-iff no longer happens with xx; it was found in ${record.scheduler}`,
    );
  });

  test('calls it no longer reproduced when it fails by another rule than was recorded', async () => {
    const other = join(home, 'other.json');
    writeFileSync(other, recordText({ ...record, property: 'memory-bound', rule: 'memory-bound' }));
    const { code, out } = await ask(main, 'replay', other, '--scheduler', record.scheduler, '--json');
    expect(code).toBe(4);
    expect(JSON.parse(out).results[0]).toMatchObject({ reproduced: false, rule: 'kill-iff' });
  });

  test('plays a whole directory, and sets aside what it cannot read without a stop: exit 2', async () => {
    const directory = join(home, 'many');
    mkdirSync(directory);
    writeFileSync(join(directory, 'good.json'), recordText(record));
    writeFileSync(join(directory, 'cut.json'), recordText(record).slice(0, 50));
    symlinkSync('good.json', join(directory, 'link.json'));
    writeFileSync(
      join(directory, 'late.scenario.jsonl'),
      `${scenarioText(record.scenario)}{"at":0,"stimulus":{"type":"finish","id":99}}\n`,
    );
    const { code, out, err } = await ask(
      main,
      'replay',
      directory,
      '--scheduler',
      record.scheduler,
      '--json',
    );
    const { results, setAside } = JSON.parse(out);
    expect(results).toHaveLength(2);
    expect(setAside).toHaveLength(2);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^xx: set aside: .*cut.json: the record: not JSON/),
      expect.stringMatching(/^xx: set aside: .*link.json: is a symbolic link/),
    ]);
    expect(code).toBe(2);
  });

  test('refuses a scenario in which something is not possible, with the line', async () => {
    const late = join(home, 'late.scenario.jsonl');
    writeFileSync(late, `${scenarioText(record.scenario)}{"at":0,"stimulus":{"type":"finish","id":99}}\n`);
    const { code, err } = await ask(main, 'replay', late);
    expect(err).toMatch(/^xx: set aside: \S+late.scenario.jsonl: line 7: [^\n]*invocation 99 [^\n]*\n$/);
    expect(code).toBe(2);
  });

  test('leaves out what is not possible with another scheduler, and says so', async () => {
    const late = join(home, 'late.json');
    const stimuli = [...record.scenario.stimuli, { at: 0, stimulus: { type: 'finish' as const, id: 99 } }];
    writeFileSync(late, recordText({ ...record, scenario: { ...record.scenario, stimuli } }));
    const { code, out } = await ask(main, 'replay', late, '--scheduler', 'xx');
    expect(out).toContain('finish 99 (left out: not possible here)');
    expect(code).toBe(4);
  });

  test('asks a process as well, and names the file when that breaks: exit 3', async () => {
    const good = await ask(main, 'replay', file, '--exec', 'node docs/examples/serve.mjs', '--json');
    expect(good.code).toBe(4);
    const { code, err } = await ask(main, 'replay', file, '--exec', 'exit 5');
    expect(code).toBe(3);
    expect(err).toMatch(
      /^xx: counterexamples\/\S+: scheduler exit 5 on step 1, .*: it ended with exit code 5[^\n]*\n$/,
    );
  });

  test('finds nothing in an empty directory, and says what it looks for', async () => {
    mkdirSync(join(home, 'empty'));
    const { code, err } = await ask(main, 'replay', join(home, 'empty'));
    expect(err).toMatch(/empty: no counterexample \(\*\.json\) and no scenario/);
    expect(code).toBe(2);
  });
});

describe('who plays', () => {
  const scenario = join(home, 'plain.scenario.jsonl');
  writeFileSync(scenario, scenarioText(record.scenario));
  const inCommand = join(home, 'command.json');
  writeFileSync(inCommand, recordText({ ...record, scheduler: 'touch /tmp/should-not-be' }));
  const accepted = 'properties/fixtures/independent';
  const trace = join(accepted, readdirSync(accepted)[0]!);
  const refused = 'docs/examples/inversion.trace.jsonl';

  // biome-ignore format: a table, a row a line
  const rows: [string, string[], number, RegExp | string][] = [
    ['of a counterexample the scheduler that it was found in', [file], 1, 'step 5 violates kill-iff'],
    ['of all recorded cases each its own', ['counterexamples'], 1, 'step 4 violates admit'],
    ['of a counterexample somebody else, if asked to', [file, '--scheduler', 'xx'], 4, 'no longer reproduces'],
    ['of a scenario the reference', [scenario], 0, /^ {2}accepted: 5 steps$/m],
    ['of a scenario somebody else, if asked to', [scenario, '--scheduler', record.scheduler], 1, 'violates kill-iff'],
    ['of a trace nobody: what it has is judged, and accepted', [trace], 0, /^ {2}accepted: \d+ steps$/m],
    ['of a trace nobody: what it has is judged, and refused', [refused], 1, 'violates page-out-lowest'],
    ['of a trace somebody, if asked to', [refused, '--scheduler', 'xx'], 0, /^ {2}accepted: \d+ steps$/m],
    ['of a trace nobody, by one rule', [refused, '--property', 'start-highest'], 0, 'accepted'],
  ];
  test.each(rows)('%s', async (_name, argv, code, words) => {
    const answer = await ask(main, 'replay', ...argv);
    expect(answer).toMatchObject({ code, err: '' });
    expect(answer.out).toMatch(words);
  });

  test('never a command that a file names: it is set aside in one line, and nothing is started', async () => {
    const { code, out, err } = await ask(main, 'replay', inCommand, file);
    expect(code).toBe(2);
    expect(out).toContain('violates kill-iff');
    expect(err).toMatch(
      /^xx: set aside: \S+command.json: was found in "touch \/tmp\/should-not-be", which [^\n]*--exec 'COMMAND'[^\n]*\n$/,
    );
    expect(existsSync('/tmp/should-not-be')).toBe(false);
  });

  test('says in JSON who played, and of a trace that nobody did', async () => {
    const { out } = await ask(main, 'replay', refused, scenario, '--json');
    expect(JSON.parse(out).results).toMatchObject([
      { scheduler: null, verdict: 'refused', rule: 'page-out-lowest', step: 6, reproduced: null },
      { scheduler: 'xx', verdict: 'accepted', rule: null, step: null, reproduced: null },
    ]);
  });

  test('is a scheduler that there is: otherwise one line says which was meant, before a file is read', async () => {
    const { code, err } = await ask(main, 'replay', 'no-such-file', '--scheduler', 'kills-the-newst');
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: --scheduler: [^\n]*\(did you mean kills-the-newest\?\)[^\n]*\n$/);
  });

  test('nobody where nothing happens: a header alone is refused in one line', async () => {
    const header = scenarioText(record.scenario).split('\n')[0]!;
    for (const [name, text] of [
      ['header.scenario.jsonl', `${header}\n`],
      ['header.trace.jsonl', header.replace('xx-scenario', 'xx-trace')],
    ] as const) {
      writeFileSync(join(home, name), text);
      const { code, out, err } = await ask(main, 'replay', join(home, name));
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^xx: set aside: \S+: line 1: the \w+ ends with its header, [^\n]*\n$/);
    }
  });

  test('says of a counterexample whose sums leave the safe integers that it no longer fails', async () => {
    const { config, stimuli } = record.scenario;
    const far = { at: Number.MAX_SAFE_INTEGER, stimulus: { type: 'tick' as const } };
    const dear = { ...config, tenants: [{ budget: 1, period: Number.MAX_SAFE_INTEGER, burstPercent: 0 }] };
    const scenario = { config: { ...dear, memoryPrice: 2 }, stimuli: [...stimuli.slice(0, 3), far] };
    const path = join(home, 'sums.json');
    writeFileSync(path, recordText({ ...record, scenario, step: 3 }));
    const { code, out } = await ask(main, 'replay', path, '--scheduler', 'xx');
    expect(out).toContain('(left out: not possible here)');
    expect(code).toBe(4);
  });
});

describe('a long replay', () => {
  const { config } = record.scenario;
  const ticks = Array.from({ length: 200 }, (_, at) => ({ at, stimulus: { type: 'tick' as const } }));
  const [boot, ...rest] = record.scenario.stimuli;
  const later = rest.map(({ stimulus }) => ({ at: 300, stimulus }));
  const failing = join(home, 'failing.scenario.jsonl');
  writeFileSync(failing, scenarioText({ config, stimuli: [boot!, ...ticks, ...later] }));
  const fine = join(home, 'fine.scenario.jsonl');
  writeFileSync(fine, scenarioText({ config, stimuli: [boot!, ...ticks] }));
  const wrong = ['--scheduler', record.scheduler];

  // biome-ignore format: a table, a row a line
  const rows: [string, string[], number, number, number][] = [
    ['only around the step that fails', [failing, ...wrong], 196, 205, 1],
    ['only the last steps, when none fails', [fine], 192, 201, 0],
    ['from a step on', [failing, ...wrong, '--from', '203'], 203, 205, 1],
    ['up to a step', [fine, '--to', '3'], 1, 3, 0],
    ['whole, when all is asked for', [failing, ...wrong, '--all'], 1, 205, 1],
  ];
  test.each(rows)('is shown %s', async (_name, argv, first, last, code) => {
    const answer = await ask(main, 'replay', ...argv);
    const shown = [...answer.out.matchAll(/^ {2}step (\d+), at/gm)].map(([, step]) => Number(step));
    expect(shown).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
    expect(answer.code).toBe(code);
    const isCut = first > 1 && !argv.includes('--from');
    expect(answer.out.includes(`(${first - 1} steps before these: --from, --to or --all show more)`)).toBe(
      isCut,
    );
  });

  test('shows all of a large cluster that matters: whom the verdict is about, wherever it is', async () => {
    const machines = Array.from({ length: 40 }, () => config.machines[0]!);
    const path = join(home, 'large.scenario.jsonl');
    const drains = machines.slice(1).map((_, machine) => ({
      at: 0,
      stimulus: { type: 'drain' as const, machine },
    }));
    writeFileSync(
      path,
      scenarioText({ config: { ...config, machines }, stimuli: [boot!, ...drains, ...later] }),
    );
    const { out } = await ask(main, 'replay', path, ...wrong);
    const failure = out.slice(out.lastIndexOf('turn of shard 0'));
    expect(failure).toMatch(/machine 39 {2}RAM \[█+\] 2\/1 MB/);
    expect(failure).toMatch(/! 1 MB too many in RAM/);
    expect(failure).toMatch(/as far as it is possible:\n +machine 39 {2}RAM \[█+\] 1\/1 MB/);
    expect(failure).toMatch(/▶ invocation 1: function f, tenant 0, class c1/);
  });
});

describe('what was recorded', () => {
  test('is listed by xx explain, the smallest first', async () => {
    const { out } = await ask(main, 'explain', 'kill-iff', '--counterexamples', 'counterexamples');
    expect(out).toContain(`${file}\n    ${record.scenario.stimuli.length} steps, found in kills-the-newest`);
  });

  test('is played by xx run as the scenario that it is', async () => {
    const scenario = join(home, 'same.scenario.jsonl');
    writeFileSync(scenario, scenarioText(record.scenario));
    const fromRecord = await ask(main, 'run', file);
    expect(fromRecord.code).toBe(0);
    expect(fromRecord.out).toBe((await ask(main, 'run', scenario)).out);
    expect(readFileSync(file, 'utf8')).toBe(recordText(record));
  });
});
