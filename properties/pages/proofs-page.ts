import { anchorOf, code, link, markdownTable } from '../../model/render/markdown.ts';
import { XX } from '../proofs/encoding/rules.ts';
import type { Lemma, LemmaId, Obligation } from '../proofs/lemma.ts';
import { LEMMAS } from '../proofs/lemmas/index.ts';
import { type ExampleRecord, exampleFile } from '../proofs/record.ts';
import { notation } from '../proofs/terms/notation.ts';
import { WEAKENINGS } from '../proofs/weakened/index.ts';
import type { Weakening } from '../proofs/weakened/weakening.ts';
import { fileLink, GENERATED, ruleLink, ruleLinks } from './links.ts';
import { UNPROVED } from './unproved.ts';

const INTRODUCTION = `# Proofs

[Exploration](exploration.md) tries everything that a small cluster can do. What is on this page holds for any number of
invocations, machines, cores and classes, and for all sizes, prices and times.

Each lemma is a statement, the rules that it is about, and a proof as on paper. A proof is split into parts so small that
a solver decides each: *given* these facts, can it be that what is *to show* fails? The solver finds that it cannot. Where
a proof goes by induction (over the walk that finds a will-run set, over the decisions of a step, over a chain of
callers) the parts are its beginning and its step: *if it holds so far, it holds after one more*. So whoever reads a proof
has to see only that the parts make up the whole; that each part is true, three solvers have checked.

\`npm run prove\` has them check it again: Z3 as a package of npm, and z3 and cvc5 where they are installed. All read the
same files, which are written to \`dist/proofs\`. Beside each part a solver is asked whether what is given can be so at all,
since from a contradiction everything would follow.

The rules stand in the lemmas once more, [as terms](../properties/proofs/encoding/rules.ts). A test evaluates these terms
in every state of an exploration, and at every moment within its steps, and compares what they say with the rules of the
model.

## How to read the parts

| | |
| --- | --- |
| d(i), r(i) | what i demands, and what of it is in RAM, in MB |
| being(i) | 0: ready, 1: running, 2: blocked, 3: about to end |
| R, D, S, lack | on a machine: what is in RAM, what is demanded, what is in swap, what the will-run set lacks in RAM, in MB |
| RAM′ | what the antagonist leaves of RAM |
| s(i), f(i), fresh(i), lack(i) | where paging takes time: what of i is in swap, in flight, nowhere yet; and what it lacks in RAM once the disk is done |
| W, over, Φ | the will-run set; the MB by which RAM is over-committed; what the disk still has to move |
| count(w), taken(w), inRam(w) | of a walk that is under way: how many it has taken, what those demand, and what of that is in RAM |
| above(w), same(w), rest(w) | what those passed over keep from the class that it is at, what they will keep from the next, and what they hold in all |
| e(a), wait(a), price(a), t | when a was enqueued, how long it has waited, the price of its class, and now |
| [A] · x | x if A holds, else 0 |
| (A ? x : y) | x if A holds, else y |

## At a glance`;

/** The page of the lemmas, with what weakens them, and of what is not proved. */
export function proofsPage(examples: readonly ExampleRecord[]): string {
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    overview(),
    '',
    '## Lemmas',
    '',
    ...LEMMAS.flatMap(section),
    '## Weakened rules',
    '',
    `If a rule said a little less, or something else, would a proof notice? Each rule here is weakened in one place, and a
solver finds that a part of a lemma no longer holds. It also finds an example in a small cluster, which is turned into a
scenario: the wrong scheduler that goes by the weakened rule is refused in its last step. To see it:

    npx xx replay ${exampleFile('one-core-too-many')} --scheduler one-core-too-many`,
    '',
    weakenedTable(examples),
    '',
    '## What is not proved',
    '',
    ...UNPROVED.map(({ what, how }) => `- **${what}.** ${how}`),
    '',
  ].join('\n');
}

function overview(): string {
  return markdownTable(
    ['lemma', 'statement', 'rests on', 'for'],
    LEMMAS.map(({ id, statement, restsOn, shows }) => [
      lemmaLink(id),
      statement,
      restsOn.map((other) => lemmaLink(other)).join(', ') || '–',
      ruleLinks(shows),
    ]),
  );
}

/** To the lemma, from a page in a folder that lies this deep below docs/. */
export function lemmaLink(id: LemmaId, page = ''): string {
  return link(code(id), `${page}#${anchorOf(id)}`);
}

function section({ id, statement, proof, rules, restsOn, obligations }: Lemma): string[] {
  const broken = WEAKENINGS.filter(({ lemma }) => lemma === id);
  const parts = obligations(XX);
  return [
    `### ${code(id)}`,
    '',
    `**${statement}**`,
    '',
    `- about: ${rules.map((rule) => ruleLink(rule)).join(', ')}`,
    `- rests on: ${restsOn.map((other) => lemmaLink(other)).join(', ') || 'no other lemma'}`,
    `- written in: ${fileLink(`properties/proofs/lemmas/${id}.ts`)}`,
    ...(broken.length > 0
      ? [
          `- no longer true with: ${broken.map(({ name }) => code(name)).join(', ')} ([below](#weakened-rules))`,
        ]
      : []),
    '',
    ...proof.flatMap((paragraph) => [paragraph, '']),
    '<details>',
    `<summary>What is checked: ${parts.length === 1 ? 'one part' : `${parts.length} parts`}</summary>`,
    '',
    ...parts.flatMap(partOf),
    '</details>',
    '',
  ];
}

function partOf({ name, words, given, goals }: Obligation): string[] {
  return [
    `${code(name)}: ${words}`,
    '',
    markdownTable(
      ['', 'in words', 'as a term'],
      [
        ...given.map(({ words: said, term, by }) => [
          'given',
          by === undefined ? said : `${said} (${lemmaLink(by)})`,
          code(notation(term)),
        ]),
        ...goals.map(({ words: said, term }) => ['to show', said, code(notation(term))]),
      ],
    ),
    '',
  ];
}

function weakenedTable(examples: readonly ExampleRecord[]): string {
  return markdownTable(
    ['wrong scheduler', 'the weakened rule', 'what no longer holds', 'the example', 'refused by'],
    WEAKENINGS.map(({ name, sentence, lemma, obligation, example }: Weakening) => {
      const { steps, refusedBy } = examples.find(({ weakened }) => weakened === name)!;
      return [
        code(name),
        sentence,
        `${lemmaLink(lemma)}, ${code(obligation)}`,
        `${example.words} ${link(`${steps} steps`, `../${exampleFile(name)}`)}`,
        ruleLink(refusedBy),
      ];
    }),
  );
}
