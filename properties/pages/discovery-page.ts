import { markdownTable } from '../../model/render/markdown.ts';
import type { DiscoveryRecord, DiscoveryRow } from '../discovery/record.ts';
import { GENERATED } from './links.ts';

const INTRODUCTION = `# What a campaign may have missed

A campaign that finds nothing ends with two probabilities. Both are of *one more run*, made in the same way: of the same
\`--size\`, with the same parts left out.

- **It meets something new**: something that none of the runs has met. What can be met is what [campaigns
  count](campaigns.md): transitions, pairs of them, outcomes of guards, premises of rules and properties, sides of
  boundaries; and whatever is wrong, since nothing of the kind was met. The estimate is that of Good and Turing, over runs: the
  share of runs that met something which no other run has met. A fault that shows only where nobody has been is part of this
  probability.
- **It finds something wrong**: after *n* runs without a finding at most 1 − 0.05^(1/*n*), about 3/*n*.

They say nothing of what such runs cannot show at all: a fault that needs ten thousand invocations, in a campaign of small
clusters. Nor do they say that a scheduler is right. They say when it is time to stop, or to look elsewhere: a campaign
whose runs are still news to one another is worth going on with; one whose runs are not needs another \`--size\`, or other
[goals](campaigns.md), rather than more time.

Sources: I. J. Good, *The population frequencies of species and the estimation of population parameters*, Biometrika 40
(1953); W. W. Esty, *A normal limit law for a nonparametric estimator of the coverage of a random sample*, Annals of
Statistics 11 (1983), for the variance; C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), for the second bound;
M. Böhme, *STADS: software testing as species discovery*, ACM TOSEM 27 (2018), for the idea to ask this of campaigns.`;

/** The page that says what campaigns say of what is left, and how often that is true. */
export function discoveryPage({ seeds, further, schedulers, rows }: DiscoveryRecord): string {
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    '## Is it true?',
    '',
    `For each of ${schedulers} wrong schedulers, ${seeds === 1 ? 'a campaign' : `${seeds} campaigns`} went on whatever it found; what was said after some runs was then`,
    `held against ${further.toLocaleString('en')} other runs. What is wrong counts as something that is met, like anything else.`,
    'In a third of the clusters paging takes time, as in every campaign that asks for everything.',
    '',
    markdownTable(
      [
        'runs',
        'campaigns',
        'estimate, mean',
        'truth, mean',
        'within the interval',
        'truth below',
        'truth above',
      ],
      rows.map((row) => [
        figure(row.runs),
        figure(row.campaigns),
        percent(row.meanEstimate),
        percent(row.meanTrue),
        `${figure(row.within)} (${percent(row.within / row.campaigns)})`,
        figure(row.below),
        figure(row.above),
      ]),
    ),
    '',
    'And of the campaigns that had found nothing wrong by then:',
    '',
    markdownTable(
      ['runs', 'had found nothing', 'something wrong is more probable than was said', 'of all campaigns'],
      rows.map(({ runs, nothingFound, wrongMoreProbable, campaigns }: DiscoveryRow) => [
        figure(runs),
        figure(nothingFound),
        figure(wrongMoreProbable),
        percent(wrongMoreProbable / campaigns),
      ]),
    ),
    '',
    '`npm run discovery -- --write` measures again, and fails when the truth lies outside in more than 5 % of the campaigns.',
    '',
  ].join('\n');
}

function figure(value: number): string {
  return value.toLocaleString('en');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
