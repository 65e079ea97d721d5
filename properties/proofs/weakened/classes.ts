import type { TimedStimulus } from '../../../model/alphabet.ts';
import type { Scenario } from '../../../model/configuration.ts';
import { type Rules, XX } from '../encoding/rules.ts';
import type { Values } from '../terms/evaluate.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  boolVariable,
  differ,
  greaterOf,
  type Int,
  int,
  intVariable,
  lessThan,
  minus,
  smallerOf,
} from '../terms/term.ts';
import { smallCluster } from './shard.ts';
import { numberOf, type Weakening } from './weakening.ts';

/** Classes that are inherited otherwise. */

const [caller, asked] = [intVariable('caller.class', 'class(caller)'), intVariable('asked')];
const isDegraded = boolVariable('isDegraded', 'the caller is degraded');

const own: Rules = { ...XX, inherited: (_caller, _isDegraded, wished) => wished };
const lower: Rules = { ...XX, inherited: (one, _isDegraded, wished) => smallerOf(one, wished) };
const oneLess: Rules = {
  ...XX,
  inherited: (one, _isDegraded, wished) => greaterOf(minus(one, int(1)), wished),
};
const recovers: Rules = { ...XX, inherited: (one, _isDegraded, wished) => greaterOf(one, wished) };
const asAsked: Rules = { ...XX, again: (_before, wished) => wished };

function called(words: string, wrong: Bool, scenario: (values: Values) => Scenario): Weakening['example'] {
  const isClass = (term: Int) => and(atLeast(term, int(0)), atMost(term, int(2)));
  return {
    words,
    assertions: [
      { words: 'there are three classes', term: and(isClass(caller), isClass(asked)) },
      { words, term: wrong },
    ],
    scenario,
  };
}

const PRICES = [1, 2, 4];

/** One that runs calls another; then, maybe, more. */
function callScenario(values: Values, more: readonly TimedStimulus[] = []): Scenario {
  const priceClass = numberOf(values, 'caller.class');
  return {
    config: smallCluster(PRICES),
    stimuli: [
      { at: 0, stimulus: { type: 'boot' } },
      { at: 0, stimulus: { type: 'submit', id: 0, tenant: 0, function: 'f', class: priceClass, shard: 0 } },
      { at: 0, stimulus: { type: 'turn', shard: 0 } },
      {
        at: 0,
        stimulus: {
          type: 'call',
          caller: 0,
          id: 1,
          function: 'g',
          class: numberOf(values, 'asked'),
          shard: 0,
        },
      },
      ...more,
    ],
  };
}

/** A caller that its budget has degraded calls another: the first has spent more than the pace by then. */
function degradedScenario(values: Values): Scenario {
  return {
    config: { ...smallCluster(PRICES), tenants: [{ budget: 1000, period: 1000, burstPercent: 0 }] },
    stimuli: [
      { at: 0, stimulus: { type: 'boot' } },
      { at: 0, stimulus: { type: 'submit', id: 0, tenant: 0, function: 'f', class: 2, shard: 0 } },
      { at: 0, stimulus: { type: 'turn', shard: 0 } },
      { at: 1, stimulus: { type: 'submit', id: 1, tenant: 0, function: 'f', class: 2, shard: 0 } },
      { at: 1, stimulus: { type: 'turn', shard: 0 } },
      { at: 1, stimulus: { type: 'finish', id: 0 } },
      {
        at: 1,
        stimulus: {
          type: 'call',
          caller: 1,
          id: 2,
          function: 'g',
          class: numberOf(values, 'asked'),
          shard: 0,
        },
      },
    ],
  };
}

const fromBelow = 'One waits for one of a lower class.';

const waitsBelow = (name: string, sentence: string, rules: Rules): Weakening => ({
  name,
  sentence,
  lemma: 'no-chain-goes-up',
  obligation: 'call',
  rules,
  example: called(fromBelow, lessThan(rules.inherited(caller, isDegraded, asked), caller), callScenario),
});

export const CLASSES: readonly Weakening[] = [
  waitsBelow('no-inheritance', 'A callee gets the class that it asks for.', own),
  waitsBelow('inherits-the-lower', 'A callee gets the lower of both classes.', lower),
  waitsBelow(
    'inherits-one-class-less',
    'A callee gets at least the class just below that of its caller.',
    oneLess,
  ),
  {
    name: 'a-degraded-chain-recovers',
    sentence: 'A callee of a degraded caller gets the class that it asks for.',
    lemma: 'no-chain-goes-up',
    obligation: 'degraded',
    rules: recovers,
    example: called(
      'A degraded chain gets a higher class again.',
      and(isDegraded, atMost(caller, int(0)), differ(recovers.inherited(caller, isDegraded, asked), caller)),
      degradedScenario,
    ),
  },
  {
    name: 'inheritance-ends-with-a-crash',
    sentence: 'A new attempt gets the class that was asked for.',
    lemma: 'no-chain-goes-up',
    obligation: 'crash',
    rules: asAsked,
    example: called(
      'After a crash one waits for one of a lower class.',
      lessThan(asAsked.again(caller, asked), caller),
      (values) => {
        const { config, stimuli } = callScenario(values);
        const machines = [config.machines[0]!, config.machines[0]!];
        return {
          config: { ...config, machines, kMachines: 2 },
          stimuli: [
            ...stimuli,
            { at: 0, stimulus: { type: 'turn', shard: 0 } },
            { at: 0, stimulus: { type: 'crash', machine: 1 } },
          ],
        };
      },
    ),
  },
];
