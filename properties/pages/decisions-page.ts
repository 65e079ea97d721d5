import {
  DECISION_TYPES,
  type DecisionType,
  groupOf,
  OPTIONAL_DECISION_TYPES,
  type OptionalDecision,
  type StimulusType,
} from '../../model/alphabet.ts';
import { DECISION_TEXTS } from '../../model/decision-texts.ts';
import { answers } from '../../model/due.ts';
import { NOT_OF_XX } from '../../model/optional/not-of-xx.ts';
import { mustHear, POSSIBLE_WHEN } from '../../model/possible.ts';
import { anchorOf, code, link, markdownTable } from '../../model/render/markdown.ts';
import { rulesAgainst } from '../../model/render/rules-of-transition.ts';
import { PERMISSIONS, RULE_OF_DECISION } from '../../model/rules/index.ts';
import type { Permission } from '../../model/rules/rule.ts';
import { GUARDS } from '../../model/statecharts/guards.ts';
import {
  COUNTED,
  OPTIONAL_TRANSITIONS,
  TABLES,
  TRANSITIONS,
  TRANSITIONS_IN_TIME,
  type Transition,
  WRONG_TRANSITIONS,
} from '../../model/table.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import { EXAMPLE_CLUSTER, EXAMPLES } from './decision-examples.ts';
import { GENERATED, ruleLink, ruleLinks, tableLink } from './links.ts';
import { type Played, played } from './play-example.ts';

/** The page of the types of decisions: for each, all that charts, rules and model say of it. */
export function decisionsPage(): string {
  return [
    GENERATED,
    '',
    INTRODUCTION,
    '',
    overview(),
    '',
    NOTATION,
    '',
    ...DECISION_TYPES.flatMap(sectionOf),
    OPTIONAL_INTRODUCTION,
    '',
    optionalOverview(),
    '',
    ...OPTIONAL_DECISION_TYPES.flatMap(optionalSectionOf),
  ].join('\n');
}

const INTRODUCTION = `# What a scheduler decides

There are ${DECISION_TYPES.length} types of decisions. Each has a section here: what it carries, when it is possible, when it is permitted, what it
does, the transitions of the [charts](charts/README.md) that it takes, and an example of one that is accepted and of some
that are refused, in the words of the judge. How a file writes them is on [its own page](format.md#decisions).`;

const OPTIONAL_INTRODUCTION = `## Of optional words

What other schedulers than XX decide. A configuration names the [words](format.md#optional-words) that it has; without them
these decisions are not possible. No rule of XX permits one, since XX has no such words: where all rules are asked, each
is refused by the rule named here. Other schedulers are judged by what is possible, and by their own promises.`;

const NOTATION = `## Notation

Every line of a condition must hold. A line that begins with a case and a colon applies only in that case. Words are those
of the [glossary](glossary.md).

| sign | meaning |
| --- | --- |
| i, m, s | the invocation, the machine and the shard that the decision names; m is the machine of i if it names none |
| a word of the decision, such as memory | the field of this name |
| d(i), r(i) | the demand of i, and the part of it that is in RAM, MB |
| D(m), R(m) | the sum of d, and of r, over all that live on m, MB |
| RAM′(m) | the RAM of m less what an antagonist takes, and at least 0, MB |
| available(m) | RAM′(m) − D(m), and at least 0, MB |
| live(m), running(m) | how many live on m, and how many of them run |
| W(m) | the will-run set of m |
| lack(m) | the sum of d − r over W(m), MB |
| lowest | by rank on m |
| class(i), asked(i), shard(i) | the effective class of i, the class that was asked for, the shard at which it is or was queued |
| price(i), wait(i) | the price of the effective class of i, and the ms since it was enqueued |
| spent, budget, pace | what the tenant of i has spent in this period, may spend in all, and may have spent by now |

What comes first: a wake that is due, then the answer to the stimulus (${ruleLink('answered')}), then the kills that
are due (${ruleLink('kill-iff')}). A decision that comes before one of these is refused by that rule.

All examples play on one cluster:

${clusterText()}`;

function clusterText(): string {
  const { classes, memoryPrice, machines, shards, idle, initialMemory, maxAttempts } = EXAMPLE_CLUSTER;
  const { cores, ram, swap } = machines[0]!;
  const { budget, period } = EXAMPLE_CLUSTER.tenants[1]!;
  const named = classes.map(({ name, price }, index) => `${index}, ${code(name)}, at a price of ${price}`);
  return [
    `- ${machines.length} machines, each with ${cores} core, ${ram} MB of RAM and ${swap} MB of swap; ${shards} shards, which poll all;`,
    `- the classes ${named.join(' and ')}; a MB in RAM costs ${memoryPrice} a ms;`,
    `- an invocation begins with ${initialMemory} MB, and is tried ${maxAttempts} times;`,
    `- a machine joins an idle list at ${idle.enter} MB and leaves it below ${idle.leave} MB; an entry is refreshed when it is off by`,
    `  ${idle.memoryDrift} MB or by ${idle.functionsDrift} functions;`,
    `- tenant 0 has no budget, tenant 1 one of ${budget} in ${period} ms.`,
  ].join('\n');
}

function overview(): string {
  return markdownTable(
    ['decision', 'what it is', 'permitted by'],
    DECISION_TYPES.map((type) => [
      link(code(type), `#${anchorOf(type)}`),
      DECISION_TEXTS[type].meaning,
      ruleLinks(permissionsOf(type).map(({ id }) => id)),
    ]),
  );
}

/** The permissions that ask anything of decisions of this type, in the order in which they are asked. */
function permissionsOf(type: DecisionType): readonly Permission[] {
  return PERMISSIONS.filter(({ formula }) => formula[type] !== undefined);
}

function sectionOf(type: DecisionType): string[] {
  const { meaning, fields, effect } = DECISION_TEXTS[type];
  const of = (transitions: readonly Transition[]) => transitions.filter(({ event }) => event === type);
  const wrong = of(WRONG_TRANSITIONS);
  const inTime = of(TRANSITIONS_IN_TIME);
  return [
    `## ${code(type)}`,
    '',
    meaning,
    '',
    '**Carries**',
    '',
    markdownTable(
      ['field', 'what it says'],
      Object.entries(fields).map(([name, text]) => [code(name), text]),
    ),
    '',
    '**Possible** when',
    '',
    ...listed([...standingOf(type), ...POSSIBLE_WHEN[type]]),
    ...permissionsOf(type).flatMap((permission) => permitted(permission, type)),
    momentOf(type),
    '',
    '**Does**',
    '',
    ...listed(effect),
    '**Transitions**',
    '',
    rightTable(of(TRANSITIONS)),
    '',
    ...(inTime.length === 0 ? [] : ['**Where paging takes time**', '', rightTable(inTime), '']),
    ...(wrong.length === 0 ? [] : ['**Possible, and always wrong**', '', wrongTable(wrong), '']),
    ...EXAMPLES.filter((example) => example.type === type).flatMap((example) => exampleOf(played(example))),
  ];
}

function optionalOverview(): string {
  return markdownTable(
    ['decision', 'words', 'what it is', 'XX refuses it by'],
    OPTIONAL_DECISION_TYPES.map((type) => [
      link(code(type), `#${anchorOf(type)}`),
      code(groupOf(type)!),
      DECISION_TEXTS[type].meaning,
      ruleLink(RULE_OF_DECISION[type].id),
    ]),
  );
}

function optionalSectionOf(type: OptionalDecision['type']): string[] {
  const { meaning, fields, effect } = DECISION_TEXTS[type];
  return [
    `## ${code(type)}`,
    '',
    meaning,
    '',
    '**Carries**',
    '',
    markdownTable(
      ['field', 'what it says'],
      Object.entries(fields).map(([name, text]) => [code(name), text]),
    ),
    '',
    '**Possible** when',
    '',
    ...listed([
      `the configuration has the words ${code(groupOf(type)!)}`,
      ...standingOf(type),
      ...POSSIBLE_WHEN[type],
    ]),
    ...permissionsOf(type).flatMap((permission) => permitted(permission, type)),
    `**Refused** by ${ruleLink(RULE_OF_DECISION[type].id)}, where it is asked: ${NOT_OF_XX[type]}.`,
    '',
    '**Does**',
    '',
    ...listed(effect),
    '**Transitions**',
    '',
    rightTable(OPTIONAL_TRANSITIONS.filter(({ event }) => event === type)),
    '',
  ];
}

function listed(lines: readonly string[]): string[] {
  return [...lines.map((line) => `- ${line}`), ''];
}

/** Where the charts stand that must hear it. */
function standingOf(type: DecisionType): string[] {
  const hear = [...COUNTED, ...WRONG_TRANSITIONS, ...OPTIONAL_TRANSITIONS].filter(
    ({ event }) => event === type,
  );
  return TABLES.filter(({ name }) => mustHear(type).includes(name)).map(({ name, states }) => {
    const hearing = states.filter((state) => hear.some((t) => t.table === name && t.source === state));
    return `the chart ${tableLink(name)} is in ${eitherOf(hearing.map(code))}`;
  });
}

function eitherOf(names: readonly string[]): string {
  const last = names.at(-1)!;
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function permitted({ id, sentence, formula }: Permission, type: DecisionType): string[] {
  return [`**Permitted** by ${ruleLink(id)}: ${sentence}`, '', '```text', ...formula[type]!, '```', ''];
}

/** What it answers, or after what it comes. */
function momentOf(type: DecisionType): string {
  const answered = (['submit', 'call', 'turn', 'finish', 'crash'] as const satisfies StimulusType[]).filter(
    (stimulus) => answers(stimulus, type),
  );
  if (type === 'wake') return '**Comes** before anything else, as soon as a callee has ended.';
  if (answered.length === 0) {
    return '**Comes** once the stimulus has its answer, nobody is to be woken and no kill is due.';
  }
  const beside =
    type === 'kill' ? ', and where demands exceed RAM plus swap once the stimulus has its answer' : '';
  return `**Comes** as the answer to ${eitherOf(answered.map((stimulus) => code(stimulus)))}${beside}.`;
}

function rightTable(transitions: readonly Transition[]): string {
  return markdownTable(
    ['chart', 'from → to', 'guard', 'what happens'],
    transitions.map(({ table, source, target, guard, description }) => [
      tableLink(table),
      `${code(source)} → ${source === target ? 'itself' : code(target)}`,
      guard === 'always' ? '–' : `${code(guard)}: ${GUARDS[guard]}`,
      description,
    ]),
  );
}

function wrongTable(transitions: readonly Transition[]): string {
  return markdownTable(
    ['chart', 'from → to', 'refused by', 'what it means'],
    transitions.map((transition) => [
      tableLink(transition.table),
      `${code(transition.source)} → ${transition.source === transition.target ? 'itself' : code(transition.target)}`,
      ruleLinks(rulesAgainst(transition)),
      transition.description,
    ]),
  );
}

function exampleOf({ config, steps, accepted, changes, refused, impossible }: Played): string[] {
  return [
    config.paging === undefined
      ? '**Example**'
      : `**Example**, with ${code('paging')} of ${code(`chunk: ${config.paging.chunk}`)} and ${code(`reserve: ${config.paging.reserve}`)}`,
    '',
    markdownTable(
      ['step', 'at, ms', 'stimulus', 'decisions of the reference'],
      steps.map(({ at, stimulus, decisions }, index) => [
        String(index + 1),
        String(at),
        wordsOfStimulus(stimulus),
        decisions.map((decision) => code(wordsOfDecision(decision))).join('; '),
      ]),
    ),
    '',
    `- Accepted: ${code(wordsOfDecision(accepted))} in step ${steps.length}.`,
    ...changes.map(({ before, after }) => `  - ${before} → ${after}`),
    ...refused.map(({ rule, message }) => `- Refused by ${ruleLink(rule)}: ${message}.`),
    `- Not possible: ${impossible.message}.`,
    '',
  ];
}
