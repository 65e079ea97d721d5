import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';

/** The commands of the files, as the machines run them, with few runs: two shards, merged, are one process. */

vi.setConfig({ testTimeout: 600_000 });

const RUNS = '200';
const OF = 2;
const home = mkdtempSync(join(tmpdir(), 'xx-ci-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Where `npx xx` is this program, as in a project that has the package installed. */
function project(): string {
  const directory = mkdtempSync(join(home, 'project-'));
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  return directory;
}

function shell(script: string, cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const named = script.replaceAll('npx xx', `'${process.execPath}' '${resolve('dist/cli.js')}'`);
  expect(named).not.toBe(script);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', named], {
    cwd,
    env: { ...process.env, RUNS, SEED: '3', ...env },
    encoding: 'utf8',
  });
  expect({ stderr, isEnded: status === 0 || status === 1 }).toEqual({ stderr, isEnded: true });
  return stdout;
}

const textOf = (name: string): string => readFileSync(`docs/examples/ci/${name}`, 'utf8');
const commandsOf = (steps: readonly { run?: string }[]): string =>
  steps.find(({ run }) => run?.startsWith('npx xx'))!.run!;

/** What a report says, but for the time. */
function said(report: string): object {
  const { seconds: _, stepsPerSecond: __, ...rest } = JSON.parse(report);
  return rest;
}

const SHARDS = Array.from({ length: OF }, (_, index) => index + 1);
const alone = said(shell('npx xx fuzz --runs "$RUNS" --seed "$SEED" --json --out alone', project()));

/** The same verdict in JSON, whatever reporter the file asks for. */
const merged = (command: string, cwd: string, env: NodeJS.ProcessEnv = {}): object =>
  said(shell(`${command.replace(' --reporter github', '')} --json`, cwd, env));

const workflow = parse(textOf('campaign.yml'));
const merge = commandsOf(workflow.jobs.verdict.steps);

test.each([
  ['the matrix', commandsOf(workflow.jobs.campaign.steps)],
  ['the composite action', commandsOf(parse(textOf('shard/action.yml')).runs.steps)],
])('%s comes to what one process comes to', (_name, command) => {
  const cwd = project();
  for (const shard of SHARDS) shell(command, cwd, { SHARD: String(shard), OF: String(OF) });
  expect(merged(merge, cwd)).toEqual(alone);
});

test('the Indexed Job comes to it, whose indexes count from 0', () => {
  const cwd = project();
  const argsOf = (name: string): string =>
    parse(textOf(name)).spec.template.spec.containers[0].args[0].trimEnd();
  for (const shard of SHARDS) {
    const env = { JOB_COMPLETION_INDEX: String(shard - 1), OF: String(OF), SHARED: cwd };
    shell(argsOf('campaign.k8s.yaml'), cwd, env);
  }
  expect(merged(argsOf('merge.k8s.yaml'), cwd, { SHARED: cwd })).toEqual(alone);
});

test('the array of a cluster with a shared disk comes to it', () => {
  const cwd = project();
  for (const shard of SHARDS) {
    const array = { SLURM_ARRAY_TASK_ID: String(shard), SLURM_ARRAY_TASK_MAX: String(OF) };
    shell(textOf('campaign.sbatch'), cwd, { ...array, SHARED: cwd });
  }
  expect(merged('npx xx fuzz merge "$SHARED/shards" --out "$SHARED/all"', cwd, { SHARED: cwd })).toEqual(
    alone,
  );
});

test('without one of the shards there is no verdict', () => {
  const cwd = project();
  shell(commandsOf(workflow.jobs.campaign.steps), cwd, { SHARD: '1', OF: String(OF) });
  expect(merged(merge, cwd)).toMatchObject({ verdict: 'incomplete', missingShards: [2] });
});
