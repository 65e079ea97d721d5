import { code, link, markdownTable } from '../../model/render/markdown.ts';
import { captionOf, sweptCaptionOf } from '../../reference-impl/simulation/figures/caption.ts';
import { type Claim, judgeClaims, type Origin, type Verdict } from '../evaluation/claims.ts';
import { baseSceneOf, commandOf, EXPERIMENTS, type ExperimentRecord } from '../evaluation/evidence.ts';
import { pictureFile } from '../evaluation/picture-file.ts';
import { GENERATED } from './links.ts';

const INTRODUCTION = `# The paper's evaluation

Section 4 of the paper asks two questions of XX in simulation: how do latencies compare to a scheduler without
priorities (figure 3), and does the plan for memory work (figure 4)? Here both are asked again, of the reference
scheduler, on a simulator whose clock is exact and which is [checked against theory](theory.md). Below, each claim of the
paper stands beside the result here. What the paper calls a good result before it shows one is a criterion, and is listed
separately; so is what only the plots of the authors' public simulator show.

Everything on this page is made by \`npm run evaluation\`, which plays the experiments, and \`npm run docs\`. The commands
below play them one by one, and take \`--csv\`, \`--svg\`, \`--html\`, and other parameters.`;

const PRESETS = `## What the presets are

The paper's text leaves much open, and its authors' simulator differs from it in places. \`paper-text\` follows the text,
and takes from the simulator what the text leaves out; \`paper-code\` follows the simulator.

| parameter | \`paper-text\` | \`paper-code\` |
| --- | --- | --- |
| α of the Pareto run times | 3: the text says "long tailed" and gives no figure | 25: hardly a tail |
| x_m, ticks | normal (2, 5), clipped to 0.2 to 100, as the code has it | the same |
| arrivals | Poisson | the same number at the start of every tick |
| classes | prices and weights of the code | the same |
| load of figure 3 | 0.7, from tick 50 to 80 1.2: the text says "medium" and "more than a steady setting can handle" | the same |
| load of figure 4 | 0.9 | 0.9 |
| figure 4: shards, k, idleness | 4, 3, by free memory | 1, all machines, by queue length |
| growth of memory | 8 equal steps over the run time | the same; the code grows by random parts of what is left |

A tick is 1,000 ms, so that whole milliseconds are precise enough. The system starts empty and fills up in about twenty
ticks. Functions that arrive until tick 120 are shown; arrivals go on to tick 160, when the run stops. Latencies are
plotted by arrival: the value at tick 60 is for the functions that arrived then, whenever they completed. Functions that
had not ended when the run stopped are counted as unfinished. Unfinished and killed functions never completed: their
latency counts as the time from their arrival until the run stopped, which is a lower bound. The use of cores and memory
is counted from the beginning, including the filling up, until tick 120, in text, tables and plots alike. A GB is 1,000
MB.`;

/** The page that compares each claim of the paper with the result here. */
export function evaluationPage(records: readonly ExperimentRecord[]): string {
  const claims = judgeClaims(records);
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    ...ORIGINS.flatMap(({ origin, title, head, words }) => [
      `## ${title}`,
      '',
      markdownTable(
        ['§', head, 'verdict', 'result'],
        claims.filter((claim) => claim.origin === origin).map((claim) => rowOf(claim, words)),
      ),
      '',
    ]),
    PRESETS,
    '',
    '## Plots',
    '',
    ...EXPERIMENTS.flatMap((experiment) => {
      const file = pictureFile(experiment).replace('docs/', '');
      const { figure, preset, sweep } = experiment;
      const title = `${figure}, ${preset}${sweep === undefined ? '' : `, by ${sweep.name}`}`;
      return [
        `### ${title}`,
        '',
        `!${link(title, file)}`,
        '',
        sweep === undefined
          ? captionOf(baseSceneOf(experiment))
          : sweptCaptionOf(baseSceneOf(experiment), sweep),
        '',
        `Made by ${code(commandOf(experiment))}.`,
        '',
      ];
    }),
    HOW,
    '',
  ].join('\n');
}

interface OriginTexts {
  readonly origin: Origin;
  readonly title: string;
  readonly head: string;
  readonly words: Record<Verdict, string>;
}

const ORIGINS: readonly OriginTexts[] = [
  {
    origin: 'claim',
    title: 'Claims',
    head: 'the paper says',
    words: { yes: 'holds', 'in part': 'holds in part', no: 'does not hold' },
  },
  {
    origin: 'criterion',
    title: 'Criteria of a good result',
    head: 'a good result would show',
    words: { yes: 'met', 'in part': 'met in part', no: 'not met' },
  },
  {
    origin: "the authors' simulator",
    title: "From the authors' simulator",
    head: 'its plots show',
    words: { yes: 'comes out', 'in part': 'comes out in part', no: 'does not come out' },
  },
];

function rowOf({ section, claim, verdict, outcome }: Claim, words: OriginTexts['words']): string[] {
  return [section, claim, `**${words[verdict]}**`, outcome];
}

const HOW = `## What this does not say

- Start-ups and communication take no time, as in the paper, and swapping takes time only where a disk is given: one a
  machine, with one transfer at a time, and no queue or cache of its own. \`--disk ssd\` gives one to any of the others.
- A turn of a shard takes no time in the figures, so that nothing waits at a shard; \`--turn\` gives it a time.
- At α = 1.5 the variance is infinite: a run of 160 ticks has not yet seen the longest functions, so its cores are less
  busy than the load suggests.
- \`paper-code\` keeps the idle lists of figure 4 by queue length, which is not the model's reading: with
  \`--judge\` it is refused by \`idle-list-true\`, as it should be. All other runs of XX are accepted, step by step.
- Hermod here is the paper's; \`--scheduler hermod-hybrid\` is the one of its own paper.`;
