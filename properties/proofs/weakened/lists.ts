import type { Scenario } from '../../../model/configuration.ts';
import { CALL, type Listed, type Rules, type Thresholds, XX } from '../encoding/rules.ts';
import type { Values } from '../terms/evaluate.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  choose,
  equal,
  FALSE,
  int,
  intVariable,
  minus,
  not,
  TRUE,
} from '../terms/term.ts';
import { smallCluster } from './shard.ts';
import { numberOf, type Weakening } from './weakening.ts';

/** Entries on idle lists that are not true. */

const thresholds: Thresholds = {
  enter: intVariable('enter'),
  leave: intVariable('leave'),
  memoryDrift: intVariable('memoryDrift'),
  functionsDrift: intVariable('functionsDrift'),
};
const [ram, placedMb] = [intVariable('ram'), intVariable('initialMemory')];

/** A machine on which one has just been placed through its entry. */
const placed: Listed = {
  isUp: TRUE,
  isListed: TRUE,
  available: minus(ram, placedMb),
  functions: int(1),
  entryAvailable: ram,
  entryFunctions: int(1),
};

/** The same machine at boot, when nobody lives there. */
const empty: Listed = {
  ...placed,
  isListed: FALSE,
  available: ram,
  functions: int(0),
  entryAvailable: int(0),
  entryFunctions: int(0),
};

const tooEarly: Rules = {
  ...XX,
  calledFor: (machine, limits) =>
    choose(
      machine.isListed,
      XX.calledFor(machine, limits),
      XX.calledFor(machine, { ...limits, enter: minus(limits.enter, int(1)) }),
    ),
};
const neverLeaves: Rules = {
  ...XX,
  calledFor: (machine, limits) => XX.calledFor(machine, { ...limits, leave: int(0) }),
};
function listed(words: string, wrong: Bool): Weakening['example'] {
  const { enter, leave, memoryDrift, functionsDrift } = thresholds;
  const upTo = (most: number, ...terms: (typeof enter)[]) =>
    and(...terms.map((term) => and(atLeast(term, int(1)), atMost(term, int(most)))));
  return {
    words,
    assertions: [
      {
        words: 'thresholds are small',
        term: and(upTo(4, enter, leave), upTo(2, memoryDrift, functionsDrift)),
      },
      { words: 'leave ≤ enter', term: atMost(leave, enter) },
      {
        words: 'a machine is small, and holds one',
        term: and(upTo(4, ram, placedMb), atMost(placedMb, ram)),
      },
      { words, term: wrong },
    ],
    scenario: oneIsPlaced,
  };
}

function oneIsPlaced(values: Values): Scenario {
  const of = (name: string) => numberOf(values, name);
  return {
    config: {
      ...smallCluster([1]),
      machines: [{ cores: 1, ram: of('ram'), swap: 0 }],
      initialMemory: of('initialMemory'),
      idle: {
        enter: of('enter'),
        leave: of('leave'),
        memoryDrift: of('memoryDrift'),
        functionsDrift: of('functionsDrift'),
      },
    },
    stimuli: [
      { at: 0, stimulus: { type: 'boot' } },
      { at: 0, stimulus: { type: 'submit', id: 0, tenant: 0, function: 'f', class: 0, shard: 0 } },
      { at: 0, stimulus: { type: 'turn', shard: 0 } },
    ],
  };
}

export const LISTS: readonly Weakening[] = [
  {
    name: 'enters-a-mb-too-early',
    sentence: 'A machine joins a list with one MB less than `enter`.',
    lemma: 'lists-settle',
    obligation: 'list',
    rules: tooEarly,
    example: listed(
      'A machine joins a list, and must leave it at once.',
      and(
        equal(tooEarly.calledFor(empty, thresholds), int(CALL.list)),
        equal(
          tooEarly.calledFor({ ...empty, isListed: TRUE, entryAvailable: ram }, thresholds),
          int(CALL.unlist),
        ),
      ),
    ),
  },
  {
    name: 'never-leaves',
    sentence: 'A machine stays on its list, however little it has available.',
    lemma: 'lists-settle',
    obligation: 'true',
    rules: neverLeaves,
    example: listed(
      'A machine with less than `leave` available stays on its list.',
      and(
        equal(XX.calledFor(empty, thresholds), int(CALL.list)),
        equal(XX.calledFor(placed, thresholds), int(CALL.unlist)),
        not(equal(neverLeaves.calledFor(placed, thresholds), int(CALL.unlist))),
      ),
    ),
  },
];
