import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { scenarioWords } from '../campaign/report.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { shellPath } from '../shell.ts';
import type { Kept } from './scrutinise.ts';

/** What a failed test says: the sentence, the rule, the step, the facts, the file, and what to type next. */

export function violatedText({ violation, file }: Kept): string {
  const { finding, scenario, run, stepsBeforeShrinking } = violation;
  return [
    ...findingWords(finding),
    '',
    `  The shortest scenario found, ${counted(scenario.stimuli.length, 'step')} of ${stepsBeforeShrinking} (run ${run}):`,
    ...scenarioWords(scenario).map((line) => `  ${line}`),
    '',
    ...(file === null
      ? []
      : [`  written to ${printable(file)}: from now on a test of its own`, ...compareWith(file)]),
    `  explain it: npx xx explain ${finding.property}`,
  ].join('\n');
}

export function stillFailsText(file: string, finding: Finding): string {
  return [
    ...findingWords(finding),
    '',
    ...compareWith(file),
    `  explain it: npx xx explain ${finding.property}`,
  ].join('\n');
}

export function notShownText(id: PropertyId, why: string, runs: number): string {
  return `${id} is not shown: in ${runs} scenarios ${why}; allow more runs, or another size`;
}

export function unmetText(goal: string, runs: number): string {
  return `no step of ${runs} scenarios met the goal: ${goal}; allow more runs, or another size, or check whether the scheduler can meet it at all`;
}

export function brokenText(message: string): string {
  return `the scheduler crashed, hung or broke the contract, so nothing can be said about any property: ${message}`;
}

function findingWords({ property, rule, message, falls }: Finding): string[] {
  const { sentence } = CATALOGUE.find(({ id }) => id === property)!;
  const by = rule === null ? '' : ` (rule ${rule})`;
  return [
    `${property} is violated${by}`,
    '',
    `  ${sentence}`,
    '',
    `  ${printable(message)}`,
    ...falls.map((fallen) => `  ${fallen.property}: ${printable(fallen.message)}`),
  ];
}

/** The scheduler under test is an object, which the command line cannot play; the reference shows what would be right. */
function compareWith(file: string): string[] {
  return [`  what XX does instead: npx xx replay ${shellPath(file)}`];
}
