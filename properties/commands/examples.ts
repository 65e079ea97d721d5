import type { Command } from 'commander';

/** What people type first, for the help of each command, by its name; of a command below another, by both names. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  xx: [
    'npx xx fuzz --budget 20s',
    'npx xx run docs/examples/home-page.scenario.jsonl --judge',
    'npx xx replay counterexamples/kill-iff-d6bef0f2.json',
    'npx xx explain kill-iff',
  ],
  'xx fuzz': [
    'npx xx fuzz --budget 20s',
    'npx xx fuzz --runs 1000 --seed 7 --scheduler kills-the-newest',
    "npx xx fuzz --budget 5m --exec 'node my-scheduler.mjs'",
    'npx xx fuzz --runs 500 --scheduler hermod --property no-priority-inversion',
    'npx xx fuzz --runs 1000 --observations xx.jsonl',
    'npx xx fuzz --runs 1000000 --queue redis://127.0.0.1:6379',
  ],
  'xx fuzz merge': ['npx xx fuzz merge shard-1 shard-2 --out all-shards'],
  'xx worker': [
    'npx xx worker --queue redis://127.0.0.1:6379',
    "npx xx worker --queue redis://127.0.0.1:6379 --exec 'node my-scheduler.mjs'",
  ],
  'xx check': [
    'npx xx check --invocations 2 --machines 1 --cores 1',
    'npx xx check --invocations 2 --scheduler xx',
  ],
  'xx run': [
    'npx xx run docs/examples/home-page.scenario.jsonl --judge',
    "npx xx run - --exec 'node my-scheduler.mjs' < my.scenario.jsonl",
  ],
  'xx judge': [
    'npx xx judge docs/examples/inversion.trace.jsonl',
    'npx xx judge - --json < docs/examples/inversion.trace.jsonl',
    'npx xx judge docs/examples/home-page.trace.jsonl --unobserved pages,bills',
    'npx xx judge logs/shard-*.jsonl logs/machine-*.jsonl --skew 5ms',
    'npx xx judge my.trace.jsonl --follow --metrics xx.prom',
  ],
  'xx replay': [
    'npx xx replay counterexamples/kill-iff-d6bef0f2.json',
    'npx xx replay counterexamples --json',
    'npx xx replay counterexamples/kill-iff-d6bef0f2.json --html replay.html',
    'npx xx replay docs/examples/inversion.trace.jsonl --from 3 --to 6',
  ],
  'xx simulate': [
    'npx xx simulate --scheduler xx,hermod --load 0.9',
    'npx xx simulate --preset paper-text --csv figures',
    'npx xx simulate crowding --svg figures',
  ],
  'xx explain': ['npx xx explain', 'npx xx explain kill-iff', 'npx xx explain --schedulers'],
  'xx docs': ['npx xx docs', 'npx xx docs --port 8080'],
};

/** Adds examples to the help of a command and of all below it. */
export function addExamples(command: Command, above = ''): void {
  const name = `${above}${command.name()}`;
  const lines = (EXAMPLES[name] ?? []).map((line) => `  ${line}`);
  command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  for (const below of command.commands) addExamples(below, `${name} `);
}
