import type { Decision } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
import { anchorOf, code, link, markdownTable } from '../../model/render/markdown.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import { clusterWords } from '../campaign/report.ts';
import { propertyOf } from '../catalogue.ts';
import { type CrowdingCase, type CrowdingRow, caseOf } from '../crowding/evidence.ts';
import { STRENGTHS, type Strength } from '../crowding/strengths.ts';
import { fileLink, GENERATED, ruleLink } from './links.ts';

const INTRODUCTION = `# Who crowds whom

The paper says that functions of low price classes *crowd out* those of high ones under other schedulers, and not under XX.
Here crowding is a property in three strengths, judged of every scheduler alike on what it does, and never by the rules of
XX. For each scheduler and strength, campaigns looked for a scenario that violates it and made it as short as they could;
it stands below, played by that scheduler and by XX side by side. \`npm run crowding\` looks again.`;

const OUTRO = `Where memory plays no part, machines have more of it than anybody needs. Not shown is who is enqueued and what becomes of
idle lists; a dash stands where nothing else is decided, and an empty cell where the verdict had fallen before, or what
happens is not possible for this scheduler.

The reference in its other form, \`xx-immer\`, takes the same decisions as \`xx\`, and is not looked at again. Variants of XX are
looked at in the [findings on the text](findings.md).`;

/** The page that shows the smallest scenarios in which schedulers let one be crowded. */
export function crowdingPage(rows: readonly CrowdingRow[]): string {
  const schedulers = [...new Set(rows.map(({ scheduler }) => scheduler))];
  const cases = new Map(rows.map((row) => [row, caseOf(row)]));
  const rowOf = (scheduler: string, strength: Strength) =>
    rows.find((row) => row.scheduler === scheduler && row.strength === strength);
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    ...STRENGTHS.map(({ id, name }) => `- **${name}** (${ruleLink(id)}): ${propertyOf(id).sentence}`),
    '',
    markdownTable(
      ['scheduler', ...STRENGTHS.map(({ name }) => name)],
      schedulers.map((scheduler) => [
        code(scheduler),
        ...STRENGTHS.map(({ id }) => cellOf(rowOf(scheduler, id), cases)),
      ]),
    ),
    '',
    ...verdictOnXX(rows, cases),
    '',
    OUTRO,
    '',
    ...rows.flatMap((row) => section(cases.get(row) ?? null)),
  ].join('\n');
}

function cellOf(row: CrowdingRow | undefined, cases: ReadonlyMap<CrowdingRow, CrowdingCase | null>): string {
  if (row === undefined) return '–';
  const found = cases.get(row);
  if (!found) return `none found in ${row.runs.toLocaleString('en')} runs`;
  const inXX = found.wrongInXX === null ? 'not in XX' : 'in XX as well';
  const steps = counted(found.record.scenario.stimuli.length, 'step');
  return `${link(steps, `#${anchorOf(headingOf(row))}`)}${row.scheduler === 'xx' ? '' : `, ${inXX}`}`;
}

/** How many of the scenarios that peers fail in XX passes, of those that it can play at all. */
function verdictOnXX(
  rows: readonly CrowdingRow[],
  cases: ReadonlyMap<CrowdingRow, CrowdingCase | null>,
): string[] {
  return STRENGTHS.map(({ id, name }) => {
    const found = rows
      .filter(({ scheduler, strength }) => strength === id && !scheduler.startsWith('xx'))
      .flatMap((row) => cases.get(row) ?? []);
    const failed = found.filter(({ wrongInXX }) => wrongInXX !== null).length;
    const passed = found.filter(({ wrongInXX, steps }) => wrongInXX === null && isPlayed(steps)).length;
    return `- ${name}: of ${counted(found.length, 'scenario')} that peers fail in, XX passes ${passed} and fails ${failed}; the other ${found.length - passed - failed} it cannot play to the end, since what peers do makes something possible that is not possible for XX.`;
  });
}

function isPlayed(steps: CrowdingCase['steps']): boolean {
  return steps.every(({ decisionsOfXX }) => decisionsOfXX !== null);
}

function headingOf({ scheduler, strength }: CrowdingRow): string {
  return `${scheduler}, ${STRENGTHS.find(({ id }) => id === strength)!.name}`;
}

function section(found: CrowdingCase | null): string[] {
  if (found === null) return [];
  const { row, record, wrong, wrongInXX, steps } = found;
  const isXX = row.scheduler === 'xx';
  const head = ['step', 'ms', 'what happens', code(row.scheduler), ...(isXX ? [] : [code('xx')])];
  return [
    `## ${headingOf(row)}`,
    '',
    ...clusterWords(record.scenario.config).map((line) => `- ${line}`),
    '',
    markdownTable(
      head,
      steps.map(({ at, stimulus, decisions, decisionsOfXX }, index) => [
        String(index + 1),
        String(at),
        wordsOfStimulus(stimulus),
        decisionsText(decisions),
        ...(isXX ? [] : [decisionsText(decisionsOfXX)]),
      ]),
    ),
    '',
    `- ${code(row.scheduler)}: ${wrong ?? 'nothing is wrong any more'}.`,
    ...(isXX
      ? []
      : [`- ${code('xx')}, given the same: ${wrongInXX ?? 'nobody is crowded, as far as this goes'}.`]),
    `- ${fileLink(row.file!)}`,
    '',
  ];
}

const NOT_SHOWN: readonly string[] = ['list', 'relist', 'unlist', 'enqueue'];

function decisionsText(decisions: readonly Decision[] | null): string {
  if (decisions === null) return '';
  const shown = decisions.filter(({ type }) => !NOT_SHOWN.includes(type));
  return shown.length === 0 ? '–' : shown.map(wordsOfDecision).join('; ');
}
