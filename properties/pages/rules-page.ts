import { counted } from '../../model/counted.ts';
import { code, link, markdownTable } from '../../model/render/markdown.ts';
import { MACHINE_OBLIGATIONS, PERMISSIONS, STEP_OBLIGATIONS } from '../../model/rules/index.ts';
import { TRANSITIONS } from '../../model/table.ts';
import { CATALOGUE, type Property, type PropertyId } from '../catalogue.ts';
import { BOUNDARIES, SIDES } from '../goals/boundaries/table.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import { lemmasAbout } from '../proofs/lemmas/index.ts';
import { evidenceOf, fileOfMutant } from './evidence.ts';
import { type ExplorationRecord, exploredText, isExplored } from './explorations.ts';
import { decisionLink, fileLink, GENERATED, ruleLink, ruleLinks, tableLink } from './links.ts';
import { lemmaLink } from './proofs-page.ts';
import type { Source } from './sources.ts';

const INTRODUCTION = `# Rules and properties

A **rule** is part of the model: the judge asks it at every step. A rule is a *permission* (a decision is allowed in the
state in which it is emitted, or refused), an *obligation* (a step may not end before it is met), or both. One more rule
says what is *possible* at all, and is always asked. A **property** is a claim about XX beyond single rules; it is judged
by other means than the rules it follows from, so that the two can contradict each other. Every rule counts as a
property too. [What a scheduler decides](decision-types.md) has everything about one type of decision in one place.

Every rule and property has a **premise**: the situation in which it applies. A campaign in which a premise was never met
has not tested that rule, and fails.

Terms such as *will-run set*, *rank* or *RAM′* are in the [glossary](glossary.md). "§" is the section of the paper; [the
map of the paper](paper-map.md) says which sentence each rule comes from.`;

const ON_REQUEST_INTRODUCTION = `These are judged only where they are named, with \`--property\`: aims of the paper that XX reaches only in part, and promises
that other schedulers make. A campaign that names none does not ask them.`;

/** The page of all rules and properties. */
export function rulesPage(sources: readonly Source[], records: readonly ExplorationRecord[]): string {
  const rules = CATALOGUE.filter(isRule);
  const derived = CATALOGUE.filter((property) => !isRule(property) && !property.onRequest);
  const onRequest = CATALOGUE.filter((property) => property.onRequest);
  const sections = (properties: readonly Property[]) =>
    properties.flatMap((property) => section(property, sources, records));
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    '## At a glance',
    '',
    overview([...rules, ...derived, ...onRequest]),
    '',
    '## Rules',
    '',
    ...sections(rules),
    '## Properties beyond single rules',
    '',
    ...sections(derived),
    '## Judged on request',
    '',
    ON_REQUEST_INTRODUCTION,
    '',
    ...sections(onRequest),
  ].join('\n');
}

/** What is judged on request is no part of the explorations that are recorded. */
function exploredWhere({ id, rules, onRequest }: Property, records: readonly ExplorationRecord[]): string {
  if (!isExplored(id, rules)) return WHOLE_RUNS;
  return onRequest ? `where it is named: ${code(`xx check --property ${id}`)}` : exploredText(id, records);
}

const WHOLE_RUNS = 'no: it is about whole runs, and is judged in campaigns';

function isRule({ id, rules }: Property): boolean {
  return rules.some((rule) => rule === id);
}

function overview(properties: readonly Property[]): string {
  return markdownTable(
    ['id', 'kind', '§', 'sentence'],
    properties.map((property) => [
      ruleLink(property.id).replace('rules.md', ''),
      property.kind,
      property.section,
      property.sentence,
    ]),
  );
}

function section(
  property: Property,
  sources: readonly Source[],
  records: readonly ExplorationRecord[],
): string[] {
  const { id, sentence, premise, rules, formula = [] } = property;
  const { judgedIn, tests, mutants, restingOnIt } = evidenceOf(property, sources);
  const others = rules.filter((rule) => rule !== id);
  const lemmas = lemmasAbout(id);
  const guarded = TRANSITIONS.filter(({ guard }) => guard === id);
  const decisions = Object.keys(PERMISSIONS.find((rule) => rule.id === id)?.formula ?? {});
  const facts: [string, string][] = [
    ['kind', `${property.kind}${whenJudged(property)}; §${property.section}`],
    ...(formula.length > 0 ? [['formula', formula.map(code).join('; ')] as [string, string]] : []),
    ['put to the test when', premise],
    ['judged in', fileLink(judgedIn)],
    ...boundariesOf(id).map((text): [string, string] => ['boundary', text]),
    ...(others.length > 0 ? [['follows from', within(others)] as [string, string]] : []),
    ...(restingOnIt.length > 0
      ? [['properties that rest on it', within(restingOnIt)] as [string, string]]
      : []),
    ...(decisions.length > 0
      ? [['permits', decisions.map((type) => decisionLink(type)).join(', ')] as [string, string]]
      : []),
    ...(guarded.length > 0
      ? [['guards', chartLinks(guarded.map(({ table }) => table))] as [string, string]]
      : []),
    ['tests that name it', tests.map((path) => fileLink(path)).join(', ')],
    [link('explored', 'exploration.md'), exploredWhere(property, records)],
    ...(lemmas.length > 0
      ? [
          [
            link('proved for any number', 'proofs.md'),
            lemmas.map((lemma) => lemmaLink(lemma, 'proofs.md')).join(', '),
          ] as [string, string],
        ]
      : []),
  ];
  return [
    `### ${code(id)}`,
    '',
    sentence,
    '',
    ...facts.map(([name, value]) => `- ${name}: ${value}`),
    '',
    ...wrongSchedulers(mutants, sources),
  ];
}

/** The boundaries of a rule that campaigns reach, with the sides that there are. */
function boundariesOf(id: PropertyId): string[] {
  return BOUNDARIES.filter(({ rule }) => rule === id).map((boundary) => {
    const sides = boundary.sides.length === SIDES.length ? '' : ` (${boundary.sides.join(', ')})`;
    return `${code(boundary.id)}${sides}. ${boundary.sentence}`;
  });
}

function within(ids: readonly string[]): string {
  return ruleLinks(ids).replaceAll('rules.md', '');
}

function whenJudged(property: Property): string {
  if (!isRule(property)) return '';
  const { id } = property;
  if (id === 'possible-decision') return ' (asked of every decision, before any other rule)';
  const moments = [
    ...(PERMISSIONS.some((rule) => rule.id === id) ? ['for every decision that it concerns'] : []),
    ...(MACHINE_OBLIGATIONS.some((rule) => rule.id === id)
      ? ['at the end of a step, for every machine that the step has touched']
      : []),
    ...(STEP_OBLIGATIONS.some((rule) => rule.id === id) ? ['at the end of every step'] : []),
  ];
  return ` (asked ${moments.join(', and ')})`;
}

function chartLinks(tables: readonly string[]): string {
  return [...new Set(tables)]
    .map((table) => {
      const count = tables.filter((other) => other === table).length;
      return `${counted(count, 'transition')} of ${tableLink(table)}`;
    })
    .join(', ');
}

function wrongSchedulers(mutants: readonly Mutant[], sources: readonly Source[]): string[] {
  if (mutants.length === 0) return [];
  const many = mutants.length === 1 ? 'One wrong scheduler' : `${mutants.length} wrong schedulers`;
  return [
    '<details>',
    `<summary>${many} that it must find</summary>`,
    '',
    ...mutants.map(
      (mutant) => `- ${link(mutant.name, `../${fileOfMutant(mutant, sources)}`)}: ${mutant.sentence}`,
    ),
    '',
    '</details>',
    '',
  ];
}
