import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrace } from '../../model/format/lines.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { CATALOGUE } from '../catalogue.ts';
import { readRecord } from '../records/record.ts';
import { acceptedByXX } from './index.ts';
import { scrutinise, scrutinised } from './scrutinise.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-suite-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly tests: readonly { title: string; status: string; failureMessages: string[] }[];
}

/** Runs the suite of the canary as somebody else would: in a vitest of its own. */
function runCanary(): Ran {
  const report = join(home, 'report.json');
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'properties/suite/canary/vitest.config.ts',
  ];
  const { status } = spawnSync(process.execPath, [...vitest, '--reporter=json', `--outputFile=${report}`], {
    env: { ...process.env, XX_CANARY_OUT: join(home, 'kept'), NO_COLOR: '1', VITEST: undefined },
    stdio: 'ignore',
  });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return {
    status,
    tests: testResults.flatMap((file: { assertionResults: Ran['tests'] }) => file.assertionResults),
  };
}

describe('the suite, on a scheduler with a known fault', () => {
  /** What an earlier run has kept, and a file that it did not write to its end. */
  const earlier = join(home, 'kept', 'earlier.json');
  let ran: Ran;
  beforeAll(() => {
    mkdirSync(join(home, 'kept'));
    copyFileSync('counterexamples/kill-iff-d6bef0f2.json', earlier);
    writeFileSync(join(home, 'kept', 'torn.json'), '{"format":"xx-counter');
    ran = runCanary();
  });

  const failed = ({ tests }: Ran) => tests.filter(({ status }) => status === 'failed');

  test('has a test for each property of the catalogue, and fails with the one that is violated', () => {
    expect(ran.status).toBe(1);
    // Beside the two files that were there before.
    expect(ran.tests).toHaveLength(scrutinised([]).length + 2);
    expect(failed(ran).map(({ title }) => title)).toContainEqual(
      expect.stringMatching(/^kill-iff: An invocation/),
    );
    expect(ran.tests.some(({ status }) => status === 'passed')).toBe(true);
  });

  test('says the sentence, the rule, the step, the facts, the file and what to type next', () => {
    const { failureMessages } = failed(ran).find(({ title }) => title.startsWith('kill-iff'))!;
    const text = failureMessages.join('\n');
    expect(text).toContain('kill-iff is violated (rule kill-iff)');
    expect(text).toContain(CATALOGUE.find(({ id }) => id === 'kill-iff')!.sentence);
    expect(text).toMatch(
      /step \d+: `kill \d+ \(memory, .* is refused by kill-iff: on machine \d+ \(.*\); permitted here: /,
    );
    expect(text).toMatch(/written to \S+kill-iff-[0-9a-f]{8}\.json/);
    expect(text).toMatch(/npx xx replay \S+\.json/);
    expect(text).toContain('npx xx explain kill-iff');
  });

  test('keeps what it has found, and plays it first from then on, each in a test of its own', () => {
    const kept = readdirSync(join(home, 'kept')).filter((name) => name.startsWith('kill-iff'));
    expect(kept).toHaveLength(1);
    const record = readRecord(readFileSync(join(home, 'kept', kept[0]!), 'utf8'));
    expect(record).toMatchObject({ property: 'kill-iff', scheduler: 'kills-the-newest' });
    expect(failed(ran)[0]!.title).toBe(earlier);
    expect(failed(ran)[0]!.failureMessages.join()).toContain('kill-iff is violated');
  });

  test('does not pass over a file that it cannot read', () => {
    const torn = failed(ran).find(({ title }) => title.endsWith('torn.json'))!;
    expect(torn.failureMessages.join()).toContain('this file cannot be read, so it tests nothing');
  });
});

describe('scrutiny', () => {
  const how = { runs: 300, seed: 1, size: 'small', properties: [], counterexamples: null } as const;

  test('finds nothing wrong with the reference', async () => {
    const { violated, broken } = await scrutinise({ ...how, contestant: { scheduler: createXX() } });
    expect({ violated, broken }).toEqual({ violated: new Map(), broken: null });
  });

  test('goes on to the other properties when one is violated', async () => {
    const lazy = createXX();
    const scheduler = {
      name: 'lists-nobody',
      reset: lazy.reset.bind(lazy),
      step: (...step: Parameters<typeof lazy.step>) =>
        lazy.step(...step).filter(({ type }) => type !== 'relist' && type !== 'pageIn'),
    };
    // Two of the dozen that it violates, since each is shrunk; and what is not possible is refused anyway.
    const properties = ['idle-list-true', 'memory-bound'] as const;
    const { violated } = await scrutinise({ ...how, properties, runs: 80, contestant: { scheduler } });
    expect([...violated.keys()]).toEqual([...properties, 'possible-decision']);
  });

  test('says that a scheduler crashed', async () => {
    const scheduler = { name: 'broken', reset() {}, step: () => JSON.parse('no') };
    const { broken } = await scrutinise({ ...how, contestant: { scheduler } });
    expect(broken).toMatch(/^scheduler broken on step 1, .*it threw SyntaxError/);
  });
});

describe('toBeAcceptedByXX', () => {
  const text = readFileSync('docs/examples/home-page.trace.jsonl', 'utf8');
  const refused = readFileSync('docs/examples/inversion.trace.jsonl', 'utf8');

  test('accepts a trace as text and as an object', async () => {
    await expect(text).toBeAcceptedByXX();
    await expect(readTrace(text.trimEnd().split('\n'))).toBeAcceptedByXX();
  });

  test('says the rule, its sentence, the step and what was permitted when it refuses', async () => {
    await expect(refused).not.toBeAcceptedByXX();
    const error = await expect(refused)
      .toBeAcceptedByXX()
      .then(
        () => null,
        (reason: Error) => reason,
      );
    expect(error?.message).toContain('page-out-lowest: ');
    expect(error?.message).toContain('step 6: `pageOut 2 50 MB` is refused by page-out-lowest');
    expect(error?.message).toContain('permitted here: `preempt 1`');
    expect(error?.message).toContain('npx xx explain page-out-lowest');
  });

  test('does not take for refused what is no trace', async () => {
    for (const nonsense of ['nonsense', text.slice(0, 400), '']) {
      await expect(expect(nonsense).not.toBeAcceptedByXX()).rejects.toThrow(/^line \d+: /);
    }
    expect(() => acceptedByXX(JSON.parse('{"steps":5}'))).toThrow(/^expected a trace: /);
  });
});
