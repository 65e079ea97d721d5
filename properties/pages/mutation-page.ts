import { basename } from 'node:path/posix';
import { link, markdownTable } from '../../model/render/markdown.ts';
import { type FileTally, hasChanged, type MutationRecord, type Survivor } from '../mutation/survivors.ts';
import { GENERATED } from './links.ts';
import type { Source } from './sources.ts';

/** The page of mutated builds: how many are caught, why each of the others is not, and which files have changed since. */
export function mutationPage({ files, survivors }: MutationRecord, sources: readonly Source[]): string {
  const textOf = new Map(sources.map(({ path, text }) => [path, text]));
  const rows = files.map(
    (tally): Row => ({
      ...tally,
      changed: hasChanged(tally, textOf.get(tally.file) ?? ''),
      survivors: survivors.filter(({ file }) => file === tally.file),
    }),
  );
  const rules = rows.filter(({ file }) => file.startsWith('model/'));
  const reference = rows.filter(({ file }) => !file.startsWith('model/'));
  return `${GENERATED}

# Mutated builds

Wrong schedulers ([Teeth](teeth.md)) are wrong only in places that somebody thought of. \`npm run mutation\` lets
[Stryker](https://stryker-mutator.io) change the rules and the reference everywhere: a comparison reversed, a
condition removed, a block emptied. Texts are not changed; [their numbers are](../properties/mutation/opinions.ts).
It takes two hours on two cores.

A test runner takes seconds to start, and there are thousands of mutated builds. So each is put through one
[trial](../properties/mutation/trial.ts) of a few seconds instead, and is caught if anything differs from the
unmutated build:

- the verdict on a trace of each of the wrong schedulers, with every number in its message;
- before each decision of the shorter traces, the judge's verdict on decisions that are almost the same, and on what the
  step would owe if it ended there; and the judge's counts of transitions, guards and premises;
- what the reference [answers](../properties/mutation/answers.ts) to random walks and to a simulation, byte by byte: its
  decisions, its state, and the message with which it refuses what is impossible;
- two campaigns in which the reference and its twin must satisfy the judge;
- the states, steps and coverage of six small explorations.

A mutant that never ends does not count as caught. [docs/mutation.json](mutation.json) records the results, and for each
survivor the reason why it survives; \`npm run mutation\` fails if a survivor has no recorded reason.

The last column says whether a file has changed since its mutants were counted: if so, its figures and its list are those
of the code that it had then.

${section('The rules', rules)}

${section('The reference', reference)}
`;
}

/** A file with all that is shown of it. */
interface Row extends FileTally {
  /** Since its mutants were counted. */
  readonly changed: boolean;
  readonly survivors: readonly Survivor[];
}

function section(title: string, files: readonly Row[]): string {
  const sum = (of: (tally: FileTally) => number) => files.reduce((total, tally) => total + of(tally), 0);
  const [caught, neverEnd, survived] = [
    sum((tally) => tally.caught),
    sum((tally) => tally.neverEnd),
    sum((tally) => tally.survived),
  ];
  const table = markdownTable(
    ['file', 'caught', 'never end', 'survived', 'changed since'],
    files.map((tally) => [
      link(basename(tally.file), `../${tally.file}`),
      ...[tally.caught, tally.neverEnd, tally.survived].map(String),
      tally.changed ? 'yes' : 'no',
    ]),
  );
  const lists = files.map(listOf).filter((list) => list !== '');
  return `## ${title}

${(caught + neverEnd + survived).toLocaleString('en')} mutants: ${caught.toLocaleString('en')} caught, ${neverEnd} never end, ${survived} survived.

${table}

${lists.join('\n\n')}`;
}

function listOf({ file, survivors }: Row): string {
  if (survivors.length === 0) return '';
  const items = survivors.map(({ code, becomes, neverEnds, why }) => {
    const how = neverEnds ? ' (never ends)' : '';
    return `- ${quoted(code)}\n  → ${quoted(becomes)}${how}<br>\n  ${why ?? 'No reason is recorded yet.'}`;
  });
  return `### ${basename(file)}\n\n${items.join('\n')}`;
}

/** Code that may itself hold single backticks. */
function quoted(code: string): string {
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
}
