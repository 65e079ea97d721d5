import { fact, type Lemma } from '../lemma.ts';
import { and, atLeast, boolVariable, equal, int, intVariable } from '../terms/term.ts';

const [caller, callee, asked] = [
  intVariable('caller.class', 'class(caller)'),
  intVariable('callee.class', 'class(callee)'),
  intVariable('asked'),
];
const [first, second, third] = ['x', 'y', 'z'].map((name) => intVariable(`${name}.class`, `class(${name})`));
const isDegraded = boolVariable('isDegraded', 'the caller is degraded');

const classes = fact(
  'they are classes',
  and(atLeast(caller, int(0)), atLeast(asked, int(0)), atLeast(callee, int(0))),
);

export const noChainGoesUp: Lemma = {
  id: 'no-chain-goes-up',
  statement:
    'Along every chain of invocations that wait for each other, however long, no class is lower than that of one before: nobody ever waits for a lower class.',
  proof: [
    'A class is set when its owner is first enqueued, and never changed. By induction over what happens to a pair of one that waits and the one that it waits for: when the callee is enqueued, it gets at least the class of its caller, degraded or not. A callee that a crash took down is enqueued again as it was. A caller that a crash took down, or that is killed, waits for nobody any more; and whoever has ended is not waited for.',
    'What holds for each link holds for a chain: if class(x) ≤ class(y) ≤ class(z), then class(x) ≤ class(z).',
  ],
  rules: ['inherit', 'admit'],
  shows: ['no-priority-inversion'],
  restsOn: [],
  obligations: (rules) => [
    {
      name: 'call',
      words: 'A callee gets at least the class of its caller.',
      given: [classes],
      goals: [fact('not lower', atLeast(rules.inherited(caller, isDegraded, asked), caller))],
    },
    {
      name: 'degraded',
      words: 'In a degraded chain it gets just that class.',
      given: [classes, fact('the caller is degraded', isDegraded)],
      goals: [fact('the same', equal(rules.inherited(caller, isDegraded, asked), caller))],
    },
    {
      name: 'crash',
      words: 'A callee that a crash took down is enqueued again in no lower class than its caller.',
      given: [classes, fact('it was not lower', atLeast(callee, caller))],
      goals: [fact('it still is not', atLeast(rules.again(callee, asked), caller))],
    },
    {
      name: 'chain',
      words: 'What holds for each link holds for the chain.',
      given: [
        fact('y is not lower than x', atLeast(second!, first!)),
        fact('z is not lower than y', atLeast(third!, second!)),
      ],
      goals: [fact('z is not lower than x', atLeast(third!, first!))],
    },
  ],
};
