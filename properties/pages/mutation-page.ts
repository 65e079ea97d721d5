import { basename } from 'node:path/posix';
import { link, markdownTable } from '../../model/render/markdown.ts';
import type { FileTally, MutationRecord, Survivor } from '../mutation/survivors.ts';
import { GENERATED } from './links.ts';

/** The page of mutated builds: how many are caught, and why each of the others is not. */
export function mutationPage({ files, survivors }: MutationRecord): string {
  const rules = files.filter(({ file }) => file.startsWith('model/'));
  const reference = files.filter(({ file }) => !file.startsWith('model/'));
  return `${GENERATED}

# Mutated builds

Wrong schedulers ([Teeth](teeth.md)) are wrong where somebody thought of it. \`npm run mutation\` lets
[Stryker](https://stryker-mutator.io) change the rules and the reference everywhere: a comparison turned round, a
condition left out, a block emptied. Texts are not changed; [their numbers are](../properties/mutation/opinions.ts).
It takes two hours on two cores.

A test runner takes seconds to start, and there are thousands of mutated builds. Each therefore is put through one
[trial](../properties/mutation/trial.ts) of a few seconds instead, and is caught when anything differs from a build that is
not mutated:

- the verdict on a trace of each of the wrong schedulers, with every number in its message;
- the judge's opinion, before each decision of the shorter of these traces, of decisions that are nearly the same, and
  of what the step would owe if it ended there; and what it has counted of transitions, guards and premises;
- what the reference [answers](../properties/mutation/answers.ts) to random walks and to a simulation, byte by byte: its
  decisions, its state, and the words in which it refuses what is not possible;
- two campaigns in which the reference and its twin must satisfy the judge;
- the states, steps and coverage of six small explorations.

A mutant that never ends is not counted as caught. [docs/mutation.json](mutation.json) keeps what was found, and why each
that is left is left; \`npm run mutation\` fails when there is one of which nothing is said.

${section('The rules', rules, survivors)}

${section('The reference', reference, survivors)}
`;
}

function section(title: string, files: readonly FileTally[], survivors: readonly Survivor[]): string {
  const sum = (of: (tally: FileTally) => number) => files.reduce((total, tally) => total + of(tally), 0);
  const [caught, neverEnd, survived] = [
    sum((tally) => tally.caught),
    sum((tally) => tally.neverEnd),
    sum((tally) => tally.survived),
  ];
  const table = markdownTable(
    ['file', 'caught', 'never end', 'not noticed'],
    files.map((tally) => [
      link(basename(tally.file), `../${tally.file}`),
      ...[tally.caught, tally.neverEnd, tally.survived].map(String),
    ]),
  );
  const lists = files.map(({ file }) => listOf(file, survivors)).filter((list) => list !== '');
  return `## ${title}

${(caught + neverEnd + survived).toLocaleString('en')} mutants: ${caught.toLocaleString('en')} caught, ${neverEnd} that never end, ${survived} not noticed.

${table}

${lists.join('\n\n')}`;
}

function listOf(file: string, survivors: readonly Survivor[]): string {
  const own = survivors.filter((survivor) => survivor.file === file);
  if (own.length === 0) return '';
  const items = own.map(({ code, becomes, neverEnds, why }) => {
    const how = neverEnds ? ' (never ends)' : '';
    return `- ${quoted(code)}\n  → ${quoted(becomes)}${how}<br>\n  ${why ?? 'Nothing is said of it yet.'}`;
  });
  return `### ${basename(file)}\n\n${items.join('\n')}`;
}

/** Code that may itself hold single backticks. */
function quoted(code: string): string {
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
}
