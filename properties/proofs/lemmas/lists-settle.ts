import { CALL, type Listed, type Thresholds } from '../encoding/rules.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  boolVariable,
  equal,
  FALSE,
  implies,
  int,
  intVariable,
  lessThan,
  minus,
  not,
  TRUE,
} from '../terms/term.ts';

const thresholds: Thresholds = {
  enter: intVariable('enter'),
  leave: intVariable('leave'),
  memoryDrift: intVariable('memoryDrift'),
  functionsDrift: intVariable('functionsDrift'),
};

const machine: Listed = {
  isUp: boolVariable('isUp', 'm is up'),
  isListed: boolVariable('isListed', 'm is listed'),
  available: intVariable('available'),
  functions: intVariable('functions', 'live(m)'),
  entryAvailable: intVariable('entryAvailable', 'available of the entry'),
  entryFunctions: intVariable('entryFunctions', 'functions of the entry'),
};

const valid = [
  fact(
    'thresholds are those of a cluster',
    and(
      atLeast(thresholds.leave, int(0)),
      atMost(thresholds.leave, thresholds.enter),
      atLeast(thresholds.memoryDrift, int(1)),
      atLeast(thresholds.functionsDrift, int(1)),
    ),
  ),
  fact(
    'figures are not negative',
    and(atLeast(machine.available, int(0)), atLeast(machine.functions, int(0))),
  ),
];

export const listsSettle: Lemma = {
  id: 'lists-settle',
  statement:
    'At most one decision about its idle list entry is taken for a machine in a step, and then its entry is true.',
  proof: [
    'Once a machine is listed or refreshed, its entry has its own figures, which are off by 0, and every drift is at least 1; and it has at least `leave` available, since `leave` ≤ `enter`. Once it is taken off, it is not up, or has less than `leave` available, and so less than `enter`. In each case nothing more is called for. Entries are the last that a step is about, so what they say stays true.',
  ],
  rules: ['idle-list-true'],
  shows: [],
  restsOn: [],
  obligations: (rules) => {
    const called = rules.calledFor(machine, thresholds);
    const { available, functions } = rules.written(machine);
    const written: Listed = {
      ...machine,
      isListed: TRUE,
      entryAvailable: available,
      entryFunctions: functions,
    };
    const ends = (name: 'list' | 'relist' | 'unlist', next: Listed) => ({
      name,
      words: `After ${name === 'unlist' ? 'an' : 'a'} ${name} nothing more is called for.`,
      given: [...valid, fact(`a ${name} is called for`, equal(called, int(CALL[name])))],
      goals: [fact('nothing', equal(rules.calledFor(next, thresholds), int(CALL.nothing)))],
    });
    const isOff = (one: typeof available, other: typeof available, drift: typeof available) =>
      and(lessThan(minus(one, other), drift), lessThan(minus(other, one), drift));
    return [
      ends('list', written),
      ends('relist', written),
      ends('unlist', { ...machine, isListed: FALSE }),
      {
        name: 'true',
        words: 'Where nothing is called for, the entry is true.',
        given: [...valid, fact('nothing is called for', equal(called, int(CALL.nothing)))],
        goals: [
          fact(
            'one that is up and not listed has less than `enter` available',
            implies(and(machine.isUp, not(machine.isListed)), lessThan(machine.available, thresholds.enter)),
          ),
          fact(
            'a listed one is up, and has at least `leave` available',
            implies(machine.isListed, and(machine.isUp, atLeast(machine.available, thresholds.leave))),
          ),
          fact(
            'its entry is off by less than the drifts',
            implies(
              machine.isListed,
              and(
                isOff(machine.entryAvailable, machine.available, thresholds.memoryDrift),
                isOff(machine.entryFunctions, machine.functions, thresholds.functionsDrift),
              ),
            ),
          ),
        ],
      },
    ];
  },
};
