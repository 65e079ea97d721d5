import { describe, expect, test } from 'vitest';
import { DECISION_TYPES, type Decision, groupOf, OPTIONAL_DECISION_TYPES } from '../../model/alphabet.ts';
import { DECISION_TEXTS } from '../../model/decision-texts.ts';
import type { Invocation, Machine } from '../../model/entities.ts';
import { NOT_OF_XX } from '../../model/optional/not-of-xx.ts';
import { mustHear } from '../../model/possible.ts';
import { PERMISSIONS, permissionsTested, RULE_OF_DECISION } from '../../model/rules/index.ts';
import { RULE_IDS } from '../../model/rules/rule-set.ts';
import {
  availabilityTable,
  COUNTED,
  candidatesOf,
  EVENT,
  IMAGE,
  idleListTable,
  invocationTable,
  OPTIONAL_TRANSITIONS,
  swapTable,
  WRONG_TRANSITIONS,
} from '../../model/table.ts';
import { wordsOfDecision } from '../../model/words.ts';
import { EXAMPLES, type Example } from './decision-examples.ts';
import { decisionsPage } from './decisions-page.ts';
import { modelBefore, played } from './play-example.ts';

const page = decisionsPage();
const all = EXAMPLES.map((example) => ({ example, play: played(example) }));

/** The ids of the permissions that say something of a type of decision. */
function permissionsOf(type: (typeof DECISION_TYPES)[number]): string[] {
  return PERMISSIONS.filter(({ formula }) => formula[type] !== undefined).map(({ id }) => id);
}

describe.each(DECISION_TYPES)('the section of %s', (type) => {
  const next = DECISION_TYPES[DECISION_TYPES.indexOf(type) + 1];
  const from = page.indexOf(`\n## \`${type}\`\n`);
  const section = page.slice(
    from,
    page.indexOf(next === undefined ? '\n## Of optional words\n' : `\n## \`${next}\`\n`),
  );
  const mine = all.filter(({ example }) => example.type === type);

  test('has every part', () => {
    expect(from).toBeGreaterThan(0);
    for (const part of ['Carries', 'Possible', 'Permitted', 'Comes', 'Does', 'Transitions', 'Example']) {
      expect(section, part).toContain(`**${part}**`);
    }
    expect(DECISION_TEXTS[type].effect.length).toBeGreaterThan(0);
  });

  test('has a row for every transition of every chart by this decision, right and wrong', () => {
    const transitions = [...COUNTED, ...WRONG_TRANSITIONS].filter(({ event }) => event === type);
    const rows = section.split('\n').filter((line) => line.startsWith('| [') && line.includes(' → '));
    expect(rows).toHaveLength(transitions.length);
    for (const { description } of transitions) expect(section).toContain(`| ${description} |`);
  });

  test('explains every field that an accepted decision carries, and no other', () => {
    const carried = new Set(mine.flatMap(({ play }) => Object.keys(play.accepted)));
    carried.delete('type');
    // The example takes the machine from an idle list.
    if (type === 'place') carried.add('polled');
    expect(new Set(Object.keys(DECISION_TEXTS[type].fields))).toEqual(carried);
  });

  test('says what every rule asks by which a chart refuses it, and nothing else', () => {
    const guarding = [...COUNTED, ...WRONG_TRANSITIONS]
      .filter((transition) => transition.event === type && transition.rule >= 0)
      .map(({ rule }) => RULE_IDS[rule]!);
    expect(new Set(permissionsOf(type))).toEqual(new Set(guarding));
    for (const { play } of mine) {
      const tested = permissionsTested(play.accepted).map((rule) => RULE_IDS[rule]!);
      expect(permissionsOf(type)).toEqual(expect.arrayContaining(tested));
    }
    for (const { formula } of PERMISSIONS) {
      for (const line of formula[type] ?? []) expect(section).toContain(`\n${line}\n`);
    }
  });

  test('shows for each of these rules a decision that it refuses', () => {
    const refusing = mine.flatMap(({ play }) => play.refused.map(({ rule }) => rule));
    expect(new Set(refusing)).toEqual(new Set(permissionsOf(type)));
  });

  test('has what is accepted, what it changes, and the verdicts word by word', () => {
    expect(mine.length).toBeGreaterThan(0);
    for (const { play } of mine) {
      expect(play.accepted.type).toBe(type);
      expect(section).toContain(
        `Accepted: \`${wordsOfDecision(play.accepted)}\` in step ${play.steps.length}`,
      );
      expect(play.changes.length).toBeGreaterThan(0);
      for (const { before, after } of play.changes) expect(section).toContain(`${before} → ${after}`);
      for (const { message } of play.refused) expect(section).toContain(message);
      expect(play.impossible.rule).toBe('possible-decision');
      expect(section).toContain(play.impossible.message);
    }
  });

  test('names the charts without whose transition it is not possible, and the states in which they have one', () => {
    for (const { play } of mine) {
      const model = modelBefore(play.config, play.steps, play.steps.at(-1)!.decisions.indexOf(play.accepted));
      const decision = play.accepted;
      const invocation = 'id' in decision ? model.state.invocations.small[decision.id]! : null;
      const machine = 'machine' in decision ? model.state.machines[decision.machine]! : invocation!.machine;
      expect(model.isPossible(decision)).toBe(true);
      for (const { table, get, set } of chartsOf(invocation, machine)) {
        const before = get();
        for (const state of table.states.keys()) {
          // Nobody is in it where a page moves at once.
          if (table === swapTable && state === IMAGE.fresh && play.config.paging === undefined) continue;
          set(state);
          const heard = candidatesOf(table, state, EVENT[type]) !== undefined;
          const possible = heard || !mustHear(type).includes(table.name);
          expect(model.isPossible(decision), `${table.name} in ${table.states[state]}`).toBe(possible);
          if (heard && mustHear(type).includes(table.name)) {
            expect(section.split('**Permitted**')[0]).toContain(`\`${table.states[state]}\``);
          }
        }
        set(before);
      }
    }
  });
});

describe.each(OPTIONAL_DECISION_TYPES)('the section of %s, which is an optional word', (type) => {
  const next = OPTIONAL_DECISION_TYPES[OPTIONAL_DECISION_TYPES.indexOf(type) + 1];
  const from = page.indexOf(`\n## \`${type}\`\n`);
  const section = page.slice(from, next === undefined ? undefined : page.indexOf(`\n## \`${next}\`\n`));

  test('comes after all of XX, and has every part', () => {
    expect(from).toBeGreaterThan(page.indexOf('\n## Of optional words\n'));
    for (const part of ['Carries', 'Possible', 'Refused', 'Does', 'Transitions']) {
      expect(section, part).toContain(`**${part}**`);
    }
    expect(section).toContain(`the configuration has the words \`${groupOf(type)}\``);
    expect(section).toContain(NOT_OF_XX[type]);
  });

  test('has a row for every transition of every chart by this decision, and names those that must hear it', () => {
    const transitions = OPTIONAL_TRANSITIONS.filter(({ event }) => event === type);
    const rows = section.split('\n').filter((line) => line.startsWith('| [') && line.includes(' → '));
    expect(rows).toHaveLength(transitions.length);
    for (const { description } of transitions) expect(section).toContain(`| ${description} |`);
    const heard = new Set(transitions.map(({ table }) => table));
    for (const table of mustHear(type)) expect(heard).toContain(table);
  });

  test('is refused by one rule of XX, in every state', () => {
    const rules = OPTIONAL_TRANSITIONS.filter(
      ({ event, guard }) => event === type && guard === 'not-of-xx',
    ).map(({ rule }) => RULE_IDS[rule]);
    expect(new Set(rules)).toEqual(new Set([RULE_OF_DECISION[type].id]));
    expect(section).toContain(`**Refused** by [\`${RULE_OF_DECISION[type].id}\`]`);
  });
});

/** The charts that a decision may find in another state, each with how it is read and set. */
function chartsOf(invocation: Invocation | null, machine: Machine | null) {
  return [
    ...(invocation === null
      ? []
      : [
          {
            table: invocationTable,
            get: () => invocation.phase,
            set: (state: number) => {
              invocation.phase = state;
            },
          },
          {
            table: swapTable,
            get: () => invocation.image,
            set: (state: number) => {
              invocation.image = state;
            },
          },
        ]),
    ...(machine === null
      ? []
      : [
          {
            table: availabilityTable,
            get: () => machine.availability,
            set: (state: number) => {
              machine.availability = state;
            },
          },
          {
            table: idleListTable,
            get: () => machine.listing,
            set: (state: number) => {
              machine.listing = state;
            },
          },
        ]),
  ];
}

describe('an example that does not show what it is to show', () => {
  const [example] = EXAMPLES;

  test('throws when what is to be refused is accepted', () => {
    const wrong = { ...example!, refused: [{ decision: (accepted: Decision) => accepted }] } as Example;
    expect(() => played(wrong)).toThrow('is not refused');
  });

  test('throws when its last step has no decision of the type', () => {
    expect(() => played({ ...example!, happens: example!.happens.slice(0, 2) })).toThrow(
      'the example of enqueue has none in its last step',
    );
  });
});
