import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { candidateOf } from '../contestants/contestants.ts';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

/** Processes that break: every command that plays one says so, and what there is beside. */

const directory = mkdtempSync(join(tmpdir(), 'xx-broken-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const PLAYERS: [string, string[]][] = [
  ['fuzz', ['fuzz', '--runs', '2', '--workers', '1', '--out', directory]],
  ['check', ['check', '--out', directory]],
  ['replay', ['replay', SCENARIO]],
  ['simulate', ['simulate', '--functions', '5']],
  ['simulate, after another', ['simulate', '--functions', '5', '--scheduler', 'xx']],
];

describe.each(PLAYERS)('%s', (name, argv) => {
  test('prints its object when the process ends, with how it did', async () => {
    const { code, out, err } = await ask(main, ...argv, '--json', '--exec', 'echo "no luck" >&2; exit 7');
    expect({ code, err }).toEqual({ code: 3, err: expect.stringMatching(/^xx: [^\n]*exit code 7[^\n]*\n$/) });
    const said = JSON.parse(out);
    expect(said.message ?? said.broken).toContain('no luck');
    if (name.includes('another')) expect(said.runs).toMatchObject([{ scheduler: 'xx', completed: 5 }]);
    if (said.file !== undefined) {
      expect((await ask(main, 'run', said.file, '--judge')).code).toBe(0);
    }
  });
});

test('an exploration leaves a shortest way to where the process broke', async () => {
  // It writes at once, so that no answer is lost with it.
  const naive = `node -e 'const say = (answer) => require("fs").writeSync(1, JSON.stringify(answer) + "\\n");
    require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const { stimulus } = JSON.parse(line);
      if (stimulus?.type === "turn") process.exit(7);
      if (stimulus?.type === "submit") say([{ type: "enqueue", id: stimulus.id, shard: 0, class: stimulus.class, degraded: false }]);
      else if (stimulus) say([]);
    })'`;
  const argv = ['check', '--enter', '9', '--out', directory, '--json', '--exec', naive];
  const { code, out } = await ask(main, ...argv);
  expect(code).toBe(3);
  const { step, file } = JSON.parse(out);
  expect(step).toBe(3);
  const again = await ask(main, 'run', file, '--exec', naive);
  expect(again.code).toBe(3);
  expect(again.err).toContain(`on step ${step}, {"type":"turn"`);
});

describe('the limit for starting', () => {
  const limits = (flags: { execTimeout?: number; execStartTimeout?: number }) => {
    const { exec } = candidateOf({ scheduler: 'mine', exec: 'mine', ...flags });
    return [exec!.timeoutMs, exec!.startTimeoutMs];
  };

  test('is what was asked for, also where it is shorter than that for an answer', () => {
    expect(limits({ execStartTimeout: 2_000 })).toEqual([10_000, 2_000]);
    expect(limits({ execTimeout: 5_000, execStartTimeout: 60_000 })).toEqual([5_000, 60_000]);
  });

  test('is no less than that for an answer unless it was asked for', () => {
    expect(limits({})).toEqual([10_000, 30_000]);
    expect(limits({ execTimeout: 60_000 })).toEqual([60_000, 60_000]);
  });
});
