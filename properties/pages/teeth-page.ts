import { link, markdownTable } from '../../model/render/markdown.ts';
import { CATALOGUE } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';
import { foundAlone } from '../teeth/alone.ts';
import type { TeethRecord } from '../teeth/record.ts';
import { conclusionAlone, conclusionOf, type Row } from '../teeth/table.ts';
import { fileOfMutant } from './evidence.ts';
import { GENERATED, ruleLink } from './links.ts';
import type { Source } from './sources.ts';

const COMMAND = 'npm run teeth -- --record docs/teeth.json';

/** The page of wrong schedulers: what is wrong with each, and how soon and how shortly that is shown. */
export function teethPage({ seeds, runs, rows, alone }: TeethRecord, sources: readonly Source[]): string {
  return `${GENERATED}

# Teeth

A suite that accepts the reference has shown little; it has teeth if it refuses what is wrong. Each of these schedulers
is the reference with one mistake that somebody could really make. For each, campaigns from ${seeds} seeds judge one property,
alone and on its own evidence, with up to ${runs.toLocaleString('en')} runs each. What they find is shrunk, and exploration looks for the shortest
path to the same violation in [small instances](../properties/teeth/shortest.ts). \`npm run teeth\` measures all of it again.

- **runs**: how many runs a campaign needs to find a violation of that property, over the seeds.
- **steps**: the length of the longest of the shrunk scenarios, including \`boot\`.
- **shortest known**: the length of the shortest scenario that exploration finds, if it is not longer; empty if it finds
  none. In those instances memory grows by single MBs, and there are no budgets or crashes, no machines that come and
  go, and antagonists only where paging takes time.

## By property

${sentence(conclusionAlone(alone, seeds))} A property that finds no wrong scheduler would be useless. Properties of the
model alone, which no scheduler can break, are not listed: ${CATALOGUE.filter(({ ofTheModel }) => ofTheModel)
    .map(({ id }) => ruleLink(id))
    .join(', ')}.

${markdownTable(
  ['property', 'wrong scheduler', 'runs: median', 'most', 'steps', 'shortest known'],
  foundAlone().map(({ property, name }) => [
    ruleLink(property),
    nameLink(name, sources),
    ...figures(alone.find((row) => row.name === name && row.rule === property)),
  ]),
)}

## By wrong scheduler

${conclusionOf(rows, seeds).map(sentence).join('\n')}

${markdownTable(
  ['wrong scheduler', 'what it does wrong', 'property', 'runs: median', 'most', 'steps', 'shortest known'],
  MUTANTS.map(({ name, rule, sentence: what }) => [
    nameLink(name, sources),
    what,
    ruleLink(rule),
    ...figures(rows.find((row) => row.name === name)),
  ]),
)}
`;
}

function nameLink(name: string, sources: readonly Source[]): string {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`there is no wrong scheduler ${name}`);
  return link(name, `../${fileOfMutant(mutant, sources)}`);
}

function figures(row: Row | undefined): string[] {
  if (row === undefined) throw new Error(`not every wrong scheduler was measured: ${COMMAND}`);
  const { medianRuns, mostRuns, steps, shortest } = row;
  return [runsText(medianRuns), runsText(mostRuns), String(steps), shortest === null ? '' : String(shortest)];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function runsText(runs: number | null): string {
  return runs === null || !Number.isFinite(runs) ? 'never' : String(runs);
}
