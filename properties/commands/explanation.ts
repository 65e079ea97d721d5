import { counted } from '../../model/counted.ts';
import { nameOfTransition } from '../../model/coverage.ts';
import { show } from '../../model/format/show.ts';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import { GUARDS } from '../../model/statecharts/guards.ts';
import { TRANSITIONS } from '../../model/table.ts';
import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { CATALOGUE, type PropertyId, type PropertyKind, STATISTICAL } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';
import { didYouMean } from '../nearest.ts';
import { lemmasAbout } from '../proofs/lemmas/index.ts';
import type { Collected } from '../records/collect.ts';
import type { CounterexampleRecord } from '../records/record.ts';
import { wrapped } from '../text.ts';

/** What there is to know of a rule or a property. */
export interface Explanation {
  id: string;
  name: string;
  sentence: string;
  /** What must hold of decisions and machines, a line each; none where the sentence says it all. */
  formula: readonly string[];
  kind: PropertyKind;
  section: string;
  premise: string;
  /** The rules that it follows from; itself, if it is a rule. */
  rules: readonly string[];
  /** The transitions of the charts that it guards. */
  charts: string[];
  judgedIn: string;
  /** Whether no scheduler can break it: it follows from the rules, and is tested on the model. */
  ofTheModel: boolean;
  /** Whether it is judged only where it is named. */
  onRequest: boolean;
  /** The scheduler whose promise it is; null if it is nobody's in particular. */
  promiseOf: string | null;
  /** Properties that rest on it. */
  impliedProperties: string[];
  /** The lemmas that are about it, or that it follows from, by their ids on docs/proofs.md. */
  lemmas: string[];
  /** Where it is known to have failed, the smallest first. */
  counterexamples: { file: string; steps: number; scheduler: string }[];
}

/**
 * Explains a rule or a property.
 *
 * @param recorded where counterexamples of any property are, the smallest first.
 * @throws InputError when there is none of that id.
 */
export function explain(id: string, recorded: readonly Collected<CounterexampleRecord>[] = []): Explanation {
  const property = [...CATALOGUE, ...STATISTICAL].find((candidate) => candidate.id === id);
  if (property === undefined) {
    const ids = [...CATALOGUE, ...STATISTICAL].map((candidate) => candidate.id);
    const names = SCHEDULERS_TOLD.map(({ name }) => name);
    throw new InputError(
      `there is no rule or property ${show(id)}${didYouMean(id, [...ids, ...names])}; \`xx explain\` alone lists them`,
    );
  }
  const { name, sentence, formula = [], kind, section, premise, rules, judgedIn } = property;
  return {
    id: property.id,
    name,
    sentence,
    formula,
    kind,
    section,
    premise,
    rules,
    charts: TRANSITIONS.filter(({ guard }) => rules.some((rule) => rule === guard)).map(({ index }) =>
      nameOfTransition(index),
    ),
    judgedIn,
    ofTheModel: property.ofTheModel === true,
    onRequest: property.onRequest === true,
    promiseOf: property.promiseOf ?? null,
    impliedProperties: CATALOGUE.filter(
      (other) => other.id !== property.id && other.rules.some((rule) => rule === property.id),
    ).map((other) => other.id),
    lemmas: CATALOGUE.some((known) => known.id === property.id) ? lemmasAbout(property.id as PropertyId) : [],
    counterexamples: recorded
      .filter(({ item }) => item.property === property.id)
      .map(({ file, item }) => ({ file, steps: item.scenario.stimuli.length, scheduler: item.scheduler })),
  };
}

/** A scheduler that the command line knows by its name. */
export interface SchedulerTold {
  readonly name: string;
  readonly sentence: string;
  /** The rule or property that a wrong one breaks; null of those that are meant to be right. */
  readonly breaks: PropertyId | null;
}

/** Every scheduler: those of the registry, and the wrong ones in the order of what they break. */
export const SCHEDULERS_TOLD: readonly SchedulerTold[] = [
  ...SCHEDULERS.map(({ name, summary }) => ({ name, sentence: summary, breaks: null })),
  ...MUTANTS.map(({ name, sentence, rule }) => ({ name, sentence, breaks: rule })),
];

/** All schedulers by what they break, each with what it does. */
export function schedulersText(schedulers: readonly SchedulerTold[]): string {
  const groups = [...new Set(schedulers.map(({ breaks }) => breaks))];
  return groups
    .flatMap((breaks) => [
      breaks === null ? 'Schedulers:' : `Wrong ones that break ${breaks}:`,
      ...schedulers.filter((one) => one.breaks === breaks).flatMap(schedulerLines),
    ])
    .join('\n');
}

/** One scheduler. */
export function schedulerText(scheduler: SchedulerTold): string {
  const { breaks, name } = scheduler;
  const wrong =
    breaks === null ? [] : [`A wrong scheduler: it breaks ${breaks}.`, `npx xx fuzz --scheduler ${name}`];
  return [name, '', ...wrapped(scheduler.sentence), ...wrong].join('\n');
}

function schedulerLines({ name, sentence }: SchedulerTold): string[] {
  return [`  ${name}`, ...wrapped(`      ${sentence}`)];
}

/** All rules and properties, a line each: headline claims first. */
export function listText(explanations: readonly Explanation[]): string {
  return explanations.flatMap(({ id, sentence }) => [id, ...wrapped(`    ${sentence}`)]).join('\n');
}

function onRequestLines({ id, onRequest, promiseOf }: Explanation): string[] {
  if (!onRequest) return [];
  const whose = promiseOf === null ? '' : `A promise of ${promiseOf}, which binds nobody else. `;
  return wrapped(`${whose}Judged only where it is named: --property ${id}.`);
}

/** An explanation as text for people. */
export function explanationText(explanation: Explanation): string {
  const { charts, impliedProperties, rules, counterexamples, formula, lemmas } = explanation;
  const lines = [
    `${explanation.id} (${explanation.kind}, paper section ${explanation.section})`,
    '',
    explanation.sentence,
    '',
    ...(formula.length > 0 ? [...formula.map((line) => `  ${line}`), ''] : []),
    `Put to the test when ${explanation.premise}.`,
    explanation.ofTheModel
      ? `A property of the model alone: no scheduler can break it. Tested in ${explanation.judgedIn}.`
      : `Judged in ${explanation.judgedIn}.`,
    ...onRequestLines(explanation),
  ];
  if (rules.some((rule) => rule !== explanation.id)) lines.push(`Follows from ${rules.join(', ')}.`);
  if (impliedProperties.length > 0) lines.push(`Implies ${impliedProperties.join(', ')}.`);
  if (lemmas.length > 0) lines.push(`Proved for any number (docs/proofs.md): ${lemmas.join(', ')}.`);
  if (charts.length > 0) lines.push('', 'It guards:', ...charts.map((transition) => `  ${transition}`));
  const guard = Object.entries(GUARDS).find(([id]) => id === explanation.id);
  if (guard !== undefined) lines.push('', `As a guard: ${guard[1]}`);
  if (counterexamples.length > 0) {
    lines.push('', 'Counterexamples, shown by `xx replay FILE`:');
    for (const { file, steps, scheduler } of counterexamples) {
      lines.push(`  ${printable(file)}`, `    ${counted(steps, 'step')}, found in ${printable(scheduler)}`);
    }
  }
  return lines.flatMap((line) => wrapped(line)).join('\n');
}
