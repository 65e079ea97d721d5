import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { anchorOf, link, markdownTable } from '../../model/render/markdown.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { type Collection, recordFile } from '../museum/collection.ts';
import { mutantNamed } from '../museum/measure.ts';
import { addressOf, type BuiltPiece, isBuilt, type Piece } from '../museum/piece.ts';
import { BUILT_PIECES, PIECES, ROOMS } from '../museum/pieces/index.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import { fileOfMutant } from './evidence.ts';
import { GENERATED, ruleLink } from './links.ts';
import type { Source } from './sources.ts';

/** The page of real bugs: what went wrong elsewhere, and how the same fault is found here. */
export function museumPage(collection: Collection, sources: readonly Source[]): string {
  const { seeds, mostRuns } = collection.figures;
  const missing = PIECES.length - BUILT_PIECES.length;
  return `${GENERATED}

# A museum of real bugs

Real schedulers have had the faults below. Each piece cites the public report of one, and says in our
words what went wrong there. The same fault, as far as XX has the same parts, is built into a wrong scheduler here, and
a property finds it. What is the same is the fault, not the system around it: a pod is an invocation here, a quota a
budget, an eviction a kill, a preemption or a loss of RAM.

There are ${PIECES.length} pieces. ${BUILT_PIECES.length} of them are built; [the other ${missing}](#${anchorOf(ROOMS.at(-1)!.title)}) need words that scenarios do not have. ${conclusion(collection)}

Campaigns look for each piece from seeds ${seeds.join(', ')} with its property alone, in up to ${mostRuns.toLocaleString('en')} runs. What the first of
them finds is shrunk and kept in [counterexamples/museum](../${recordFile('').slice(0, -'/.json'.length)}). \`npm run museum\` measures all of it again.

${overview(collection)}

${ROOMS.map(({ title, pieces }) => `## ${title}\n\n${pieces.map((piece) => section(piece, collection, sources)).join('\n\n')}`).join('\n\n')}
`;
}

function conclusion({ figures }: Collection): string {
  const runs = figures.pieces.flatMap((piece) => piece.runs);
  const late = runs.filter((each) => each === null).length;
  const most = runs.reduce<number>((high, each) => Math.max(high, each ?? 0), 0);
  return late === 0
    ? `Every campaign finds its piece, the slowest after ${most.toLocaleString('en')} runs.`
    : `${late} of ${runs.length} campaigns do not find their piece.`;
}

function overview(collection: Collection): string {
  return markdownTable(
    ['report', 'what it comes down to', 'property', 'runs', 'steps'],
    BUILT_PIECES.map((piece) => [
      link(nameOf(piece), `#${anchorOf(piece.title)}`),
      piece.title,
      ruleLink(piece.property),
      runsOf(piece, collection).join(', '),
      String(recordOf(piece, collection).scenario.stimuli.length),
    ]),
  );
}

function section(piece: Piece, collection: Collection, sources: readonly Source[]): string {
  const head = `### ${piece.title}

[${piece.project}, ${piece.kind} ${piece.number}](${addressOf(piece)})

**There.** ${piece.there}`;
  return isBuilt(piece)
    ? `${head}\n\n${builtText(piece, collection, sources)}`
    : `${head}\n\n**What the alphabet would need.** ${piece.needs}`;
}

function builtText(piece: BuiltPiece, collection: Collection, sources: readonly Source[]): string {
  const { scheduler, property, here, id } = piece;
  const record = recordOf(piece, collection);
  const file = fileOfMutant(mutantNamed(scheduler), sources);
  return `**Here.** ${here} The scheduler is [\`${scheduler}\`](../${file}), and ${ruleLink(property)} finds it after ${listed(runsOf(piece, collection))} runs.

${clusterText(record)}

${stepsText(record)}

The verdict: ${printable(record.message)}

\`\`\`sh
npx xx replay ${recordFile(id)}
npx xx fuzz --scheduler ${scheduler} --property ${property} --seed 1 --runs 2000
\`\`\``;
}

/** Of a longer scenario the beginning and the end are shown. */
const SHOWN = { whole: 12, first: 4, last: 4 };

function stepsText({ scenario: { stimuli } }: CounterexampleRecord): string {
  const rows = stimuli.map(
    ({ at, stimulus }, index) => `${index + 1}. at ${at} ms: ${wordsOfStimulus(stimulus)}`,
  );
  if (rows.length <= SHOWN.whole) return rows.join('\n');
  const { first, last } = SHOWN;
  const left = `and so on, for ${(rows.length - first - last).toLocaleString('en')} steps, until`;
  return `${rows.slice(0, first).join('\n')}\n\n${left}\n\n${rows.slice(-last).join('\n')}`;
}

function clusterText({ scenario: { config } }: CounterexampleRecord): string {
  const { machines, classes, shards, tenants, initialMemory } = config;
  const sizes = machines.map(
    ({ cores, ram, swap }) =>
      `${counted(cores, 'core')}, ${ram} MB RAM, ${swap === 0 ? 'no' : `${swap} MB`} swap`,
  );
  const machine =
    machines.length === 1 ? `One machine (${sizes[0]})` : `${machines.length} machines (${sizes.join('; ')})`;
  const prices = classes.map(({ price }) => price).join(', ');
  const budgets = tenants.filter(({ budget }) => budget !== null).length;
  return [
    `${machine}; ${counted(shards, 'shard')}`,
    classes.length === 1 ? 'one class' : `classes at prices ${prices}`,
    `an invocation begins with ${initialMemory} MB${budgets === 0 ? '' : `; ${counted(budgets, 'budget')}`}.`,
  ].join('; ');
}

function runsOf({ id }: BuiltPiece, { figures }: Collection): string[] {
  const runs = figures.pieces.find((piece) => piece.id === id)?.runs;
  if (runs === undefined) throw new Error(`${id} was not measured: npm run museum`);
  return runs.map((each) => (each === null ? 'never' : each.toLocaleString('en')));
}

function recordOf({ id }: BuiltPiece, { records }: Collection): CounterexampleRecord {
  return records.get(id)!;
}

function nameOf({ project, number }: Piece): string {
  return `${project} ${number}`;
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
