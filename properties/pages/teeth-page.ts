import { link, markdownTable } from '../../model/render/markdown.ts';
import { MUTANTS } from '../mutants/index.ts';
import { conclusionOf, type Row } from '../mutants/table.ts';
import { fileOfMutant } from './evidence.ts';
import { GENERATED, ruleLink } from './links.ts';
import type { Source } from './sources.ts';

const COMMAND = 'npm run teeth -- --record docs/teeth.json';

/** What `npm run teeth -- --record docs/teeth.json` has measured. */
export interface TeethRecord {
  readonly seeds: number;
  readonly runs: number;
  readonly rows: readonly Row[];
}

/** The page of wrong schedulers: what is wrong with each, and how soon and how shortly that is shown. */
export function teethPage({ seeds, runs, rows }: TeethRecord, sources: readonly Source[]): string {
  const table = markdownTable(
    ['wrong scheduler', 'what it does wrong', 'rule', 'runs: median', 'most', 'steps', 'shortest possible'],
    MUTANTS.map((mutant) => {
      const { name, rule, sentence } = mutant;
      const row = rows.find((each) => each.name === name);
      if (row === undefined) throw new Error(`mutant ${name} was not measured: ${COMMAND}`);
      const { medianRuns, mostRuns, steps, shortest } = row;
      return [
        link(name, `../${fileOfMutant(mutant, sources)}`),
        sentence,
        ruleLink(rule),
        runsText(medianRuns),
        runsText(mostRuns),
        String(steps),
        shortest === null ? '' : String(shortest),
      ];
    }),
  );
  return `${GENERATED}

# Teeth

A suite that accepts the reference has shown little; it has teeth if it refuses what is wrong. Each of these schedulers
is the reference with one fault that somebody could really make. For each, campaigns from ${seeds} seeds look for the rule
that its file names, with up to ${runs.toLocaleString('en')} runs each; what they find is shrunk, and exploration looks for the shortest way to
the same fault in [small instances](../properties/mutants/shortest.ts). \`npm run teeth\` measures it all anew.

${conclusionOf(rows, seeds).map(sentence).join('\n')}

- **runs**: how many a campaign needs to find it by that rule, over the seeds.
- **steps**: the longest of the shrunk scenarios, \`boot\` included.
- **shortest possible**: what exploration finds, if that is no longer; where nothing stands, it finds nothing as short.
  In those instances memory grows by single MBs, and there are no budgets, crashes, antagonists, nor machines that come
  and go.

${table}
`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function runsText(runs: number | null): string {
  return runs === null || !Number.isFinite(runs) ? 'never' : String(runs);
}
