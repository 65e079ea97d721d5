import {
  DECISION_TYPES,
  OPTIONAL_DECISION_TYPES,
  OPTIONAL_STIMULUS_TYPES,
  STIMULUS_TYPES,
} from '../../model/alphabet.ts';
import { code, link, markdownTable, mermaidBlock } from '../../model/render/markdown.ts';
import { mermaidOfRegion } from '../../model/render/mermaid.ts';
import {
  rulesAgainst,
  rulesAgainstOptional,
  rulesOfTransition,
} from '../../model/render/rules-of-transition.ts';
import {
  optionalTransitionTable,
  stateTable,
  type TransitionLinks,
  transitionTable,
  wrongTransitionTable,
} from '../../model/render/tables.ts';
import { CHART_VIEWS, type ChartView, type RegionView } from '../../model/render/views.ts';
import { PERMISSION_OF_GUARD } from '../../model/rules/index.ts';
import { GUARD_NAMES, GUARDS } from '../../model/statecharts/guards.ts';
import {
  CHART_EVENTS,
  OPTIONAL_TRANSITIONS,
  TRANSITIONS,
  type Transition,
  WRONG_TRANSITIONS,
} from '../../model/table.ts';
import { proofSize } from '../../model/table-proof.ts';
import { CATALOGUE, type PropertyId } from '../catalogue.ts';
import { decisionLink, GENERATED, ruleLink, ruleLinks } from './links.ts';

/** From docs/charts/ to docs/. */
const UP = '../';

/** What a reader of the paper must know before the diagram makes sense. */
const INTRODUCTIONS: Record<string, string> = {
  invocation: `Every invocation runs through this chart once. The states with dashed borders last only within a step, from a stimulus to
its answer: when a step that XX accepts is over, no invocation is in any of them. The frame holds the states in which an
invocation lives on a machine; in each of them it may be killed, and may be lost in a crash.

This chart does not say where the memory of an invocation is; the chart [swap](swap.md) does. A \`ready\` invocation may
be wholly in RAM, partly in swap or wholly in swap.`,
  machine: `Three regions run side by side, and each has a diagram of its own; an event moves every region that hears it. So a \`place\` finds a machine that is \`up\`,
is counted in the entry of an idle list if the shard took the machine from there, and may put memory under pressure.

"RAM" on this page is always what an antagonist leaves of it, RAM′. In \`exhausted\` a kill is due, and nothing is permitted
but kills and the wakes that they cause; when a step that XX accepts is over no machine is in it.`,
  swap: `One chart for each invocation, beside the chart [invocation](invocation.md): that one says whether it runs, this one
where its memory is. Memory moves in whole MB, all at once or in parts.`,
  reservation: `Of the optional words \`reservations\`: one chart for each invocation that is queued and each machine. Whoever is in line at a
machine is so in the order in which places were taken, whatever the classes. To be placed nobody needs a place in line:
whether that is so is for the promises of a scheduler to say.`,
  probe: `Of the optional words \`probes\`: one chart for each shard and each machine. What an answer says need not be true, and what
was true need not be so any more: the pool keeps it, also of a machine that is gone, until it is told otherwise.`,
  client: `Of the optional words \`timeouts\`: one chart for each invocation. A root has a client, who gives up with a \`timeout\`; the
client of a callee is its caller, which is gone when the callee goes on as an orphan. Only the scheduler ends what nobody
waits for: unless it does, the invocation lives on, runs and pays.`,
};

/** The page of a chart: its diagram, its states, its transitions. */
export function chartPage(view: ChartView): string {
  const { name, description, regions } = view;
  const several = regions.length > 1;
  return [
    GENERATED,
    '',
    `# The ${name} chart`,
    '',
    description,
    '',
    INTRODUCTIONS[name]!,
    '',
    // Side by side the regions of a chart are too wide to be read.
    ...(several ? [] : [mermaidBlock(mermaidOfRegion(regions[0]!)), '']),
    `${link('How to read it', 'README.md')} · ${link('as SCXML', `${name}.scxml`)} · ${link('in the model', `../../model/statecharts/${name}.ts`)}`,
    '',
    ...regions.flatMap((region) => regionSection(region, several)),
  ].join('\n');
}

function regionSection(region: RegionView, several: boolean): string[] {
  const heading = several ? [`## The region ${region.name}`, '', region.description, ''] : [];
  const diagram = several ? [mermaidBlock(mermaidOfRegion(region)), ''] : [];
  const states = several ? [] : ['## States', ''];
  const transitions = several ? [] : ['## Transitions', ''];
  const wrong = wrongTransitionTable(region, (transition) => ruleLinks(rulesAgainst(transition), UP));
  const optional = optionalTransitionTable(region, (transition) =>
    ruleLinks(rulesAgainstOptional(transition), UP),
  );
  return [
    ...heading,
    ...diagram,
    ...states,
    stateTable(region),
    '',
    ...transitions,
    transitionTable(region, linksOf),
    '',
    ...(wrong === null
      ? []
      : [
          `${several ? '###' : '##'} ${wrongHeading(region, several)}`,
          '',
          POSSIBLE_AND_WRONG,
          '',
          wrong,
          '',
        ]),
    ...(optional === null
      ? []
      : [
          `${several ? '###' : '##'} Optional words${several ? ` in ${region.name}` : ''}`,
          '',
          OF_OPTIONAL_WORDS,
          '',
          optional,
          '',
        ]),
  ];
}

function wrongHeading({ name }: RegionView, several: boolean): string {
  return several ? `Possible in ${name}, and always wrong` : 'Possible, and always wrong';
}

const POSSIBLE_AND_WRONG = `No trace that XX accepts takes these transitions, and the diagram leaves them out: between them the rules named here refuse
it before that, or in the same step. They are in the chart so that a judge of other rules can follow what happens.`;

const OF_OPTIONAL_WORDS = `Only a cluster whose configuration has these words takes these transitions, and the diagram leaves them out: XX has none.`;

function linksOf(transition: Transition): TransitionLinks {
  if (transition.words !== null) {
    const against = rulesAgainstOptional(transition);
    return {
      rules: against.length === 0 ? '–' : `XX refuses it by ${ruleLinks(against, UP)}`,
      properties: '–',
    };
  }
  const rules = rulesOfTransition(transition);
  const properties = propertiesOf(transition, rules);
  return {
    rules: ruleLinks(rules, UP),
    properties: properties.length > 0 ? ruleLinks(properties, UP) : 'the rule itself',
  };
}

/** The properties beyond the rules that rest on the rules of a transition. */
function propertiesOf({ guard }: Transition, rules: readonly PropertyId[]): readonly PropertyId[] {
  const resting = CATALOGUE.filter(
    (property) =>
      !rules.includes(property.id) && property.rules.some((rule) => rules.some((other) => other === rule)),
  ).map(({ id }) => id);
  if (guard === 'possible') resting.push('refuses-alike');
  return resting;
}

/** The page that introduces the charts: how to read them, who hears what, all guards, and the proof. */
export function chartsIndex(): string {
  return [
    GENERATED,
    '',
    '# The charts',
    '',
    'Three statecharts say what is possible for an invocation, for its memory, and for a machine. The rules say what is required.',
    'A fourth is of the disk of a machine, where [paging takes time](../paging.md).',
    'Three more are about [optional words](../format.md#optional-words), which describe what other schedulers than XX do.',
    '[Another page](../decision-types.md) says what each decision means for all of them.',
    '',
    markdownTable(
      [
        'chart',
        'words',
        'what it is',
        'states',
        'transitions',
        'possible, and always wrong',
        'of optional words',
      ],
      CHART_VIEWS.map(({ name, description, words, regions }) => {
        const states = regions.flatMap((region) => region.states);
        return [
          link(name, `${name}.md`),
          words === null ? '–' : code(words),
          description,
          String(states.length),
          String(states.flatMap(({ transitions }) => transitions).length),
          String(states.flatMap(({ wrong }) => wrong).length),
          String(states.flatMap(({ optional }) => optional).length),
        ];
      }),
    ),
    '',
    HOW_TO_READ,
    '',
    '## Who hears what',
    '',
    WHO_HEARS_WHAT,
    '',
    hearingTable(),
    '',
    '## Guards',
    '',
    'A guard that is a permission bears the name of its rule. The others ask for a plain fact.',
    '',
    guardTable(),
    '',
    '## The tables are the charts',
    '',
    proofText(),
    '',
  ].join('\n');
}

const HOW_TO_READ = `## How to read them

- An arrow is labelled \`event [guard]\`. Events that share a guard stand on one line. A line without a guard sets no
  condition: it is a consequence of something else, or another chart asks for one.
- An arrow that leaves the frame of a superstate is open to every state within the frame.
- A state with a dashed border lasts only within a step.
- What stands inside the box of a state, below its name, happens without leaving that state.
- An event is a stimulus, a decision, or one consequence: \`calleeEnds\`, by which a blocked caller learns that the
  invocation it waits for has ended.
- If a state has several transitions for the same event, the first one whose guard holds is taken, in the order of the
  table.
- A guard that bears the name of a rule never decides where a decision leads. It says whether that rule, if it is asked,
  refuses the decision; a decision that is refused, or whose rule is not asked, still leads where the arrow points.
- A page lists separately the transitions that are *possible, and always wrong*: no trace that XX accepts takes one.
  They are neither in the diagrams nor in the SCXML, and do not count as coverage. The same holds for the transitions of
  optional words in the charts of XX: only a cluster whose configuration has these words takes one.
- The column *rule* of a table names the rule that refuses the decision otherwise. After a stimulus it names the
  obligations that say what must follow; where a guard asks for a plain fact, the rules to which this fact matters.`;

const WHO_HEARS_WHAT = `One event may move several charts: a \`kill\` ends an invocation, releases its memory, and may take a machine out of
pressure.

A decision is **possible** when what it names exists, its amounts are valid, and the charts of its invocation and of that
invocation's memory have a transition for it in their current states. For a decision about an idle list, the region
\`idleList\` of its machine must have one. A \`place\` also needs a machine that is \`up\`. A decision of optional words needs
a configuration that has them; [its section](../decision-types.md#of-optional-words) says which charts must have a
transition for it. Any other region without one stays as it is. What is not possible is refused by ${ruleLink('possible-decision', UP)}, whichever rules are asked, and
changes nothing.

Everything else is **required**: by a guard that bears the name of a rule, or by what a rule says about the end of a step.
A judge asks some of the rules, or all of them. Whatever is possible has its effect, even if a rule that is asked forbids
it. So a state that no rule would accept can be seen and judged: more running invocations than cores, RAM that is
over-committed, a kill that was due, a stimulus that was never answered.

A stimulus that is not heard by the invocation or the machine it names is impossible: that is the fault of the scenario,
not of the scheduler. No chart hears \`turn\` and \`tick\`: a \`turn\` is answered by a \`place\`, and a \`tick\` only lets time
pass.

●: it is heard there; ○: it is heard there by optional words alone.`;

function hearingTable(): string {
  const regions = CHART_VIEWS.flatMap((view) =>
    view.regions.map((region) => ({
      label: view.regions.length === 1 ? view.name : `${view.name}, ${region.name}`,
      heard: new Set(region.states.flatMap(({ transitions }) => transitions.map(({ event }) => event))),
      optionally: new Set(region.states.flatMap(({ optional }) => optional.map(({ event }) => event))),
    })),
  );
  return markdownTable(
    ['event', 'is a', ...regions.map(({ label }) => label)],
    CHART_EVENTS.map((event) => [
      isDecision(event) ? decisionLink(event, UP) : code(event),
      kindOfEvent(event),
      ...regions.map(({ heard, optionally }) => (heard.has(event) ? '●' : optionally.has(event) ? '○' : '')),
    ]),
  );
}

function kindOfEvent(event: string): string {
  if (STIMULUS_TYPES.some((type) => type === event)) return 'stimulus';
  if (OPTIONAL_STIMULUS_TYPES.some((type) => type === event)) return 'optional stimulus';
  if (OPTIONAL_DECISION_TYPES.some((type) => type === event)) return 'optional decision';
  return isDecision(event) ? 'decision' : 'consequence';
}

function isDecision(event: string): boolean {
  return [...DECISION_TYPES, ...OPTIONAL_DECISION_TYPES].some((type) => type === event);
}

function guardTable(): string {
  return markdownTable(
    ['guard', 'holds when', 'rule'],
    GUARD_NAMES.map((guard) => {
      const permission = PERMISSION_OF_GUARD[guard];
      return [code(guard), GUARDS[guard], permission === undefined ? '–' : ruleLink(permission.id, UP)];
    }),
  );
}

function proofText(): string {
  return `For speed the judge does not interpret the charts: each region is compiled to a table, ${TRANSITIONS.length} transitions in all,
${WRONG_TRANSITIONS.length} more that are possible and always wrong, and ${OPTIONAL_TRANSITIONS.length} of optional words. That table and chart agree is proved, not sampled. For every state of the
charts (of the machine: every combination of the states of its regions), every one of ${CHART_EVENTS.length} events and every combination of
outcomes of the guards that the tables ask there, with all other guards tried both ways, xstate goes where the tables go:
**${proofSize().toLocaleString('en')} cases**, all of them checked by [model/table.test.ts](../../model/table.test.ts) in every run of the tests.`;
}
