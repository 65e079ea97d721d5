import {
  BEING,
  HOST,
  isRunning,
  isWhole,
  lives,
  type Resident,
  residentCalled,
} from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  boolVariable,
  implies,
  int,
  intVariable,
  minus,
  plus,
} from '../terms/term.ts';

const i = residentCalled('i');
const isMember = boolVariable('isMember', 'i ∈ W');
const memory = intVariable('memory', 'mb');
const running = intVariable('running');

/** Whoever runs is wholly in RAM. */
const holds = (one: Resident): Bool => implies(isRunning(one), isWhole(one));

const before = [fact('i lives there', lives(i)), fact('so far, it is in RAM if it runs', holds(i))];

export const residentWhileRunning: Lemma = {
  id: 'resident-while-running',
  statement: 'At every moment, also within a step, whoever runs is wholly in RAM.',
  proof: [
    'By induction over all that changes who runs, or what is in RAM. A start asks for all of it. A page-out takes nothing from one that runs. What one that runs grows by is in RAM at once, and what it shrinks by was. A page-in only adds. All else leaves both alone, or ends the running.',
  ],
  rules: ['run-resident', 'start-highest', 'page-out-lowest'],
  shows: [],
  restsOn: [],
  obligations: (rules) => [
    {
      name: 'start',
      words: 'A start asks for all of it.',
      given: [...before, fact('the start is permitted', rules.mayStart(i, isMember, running, HOST))],
      goals: [fact('it is in RAM', holds({ ...i, being: int(BEING.running) }))],
    },
    {
      name: 'page-out',
      words: 'A page-out takes nothing from one that runs.',
      given: [
        ...before,
        fact('i has what goes', and(atLeast(memory, int(1)), atMost(memory, i.resident))),
        fact(
          'the page-out is permitted',
          rules.mayPageOut(i, {
            isMember,
            memory,
            over: intVariable('over'),
            isPreceded: boolVariable('isPreceded', 'somebody gives first'),
          }),
        ),
      ],
      goals: [fact('still', holds({ ...i, resident: minus(i.resident, memory) }))],
    },
    {
      name: 'page-in',
      words: 'A page-in brings what is lacking: one that runs lacks nothing.',
      given: [
        ...before,
        fact('i lacks what comes', and(atLeast(memory, int(1)), atMost(plus(i.resident, memory), i.demand))),
      ],
      goals: [fact('still', holds({ ...i, resident: plus(i.resident, memory) }))],
    },
    {
      name: 'resize',
      words: 'What one that runs grows by is in RAM at once; what it shrinks by was in RAM.',
      given: [
        ...before,
        fact('i runs', isRunning(i)),
        fact('it keeps at least 1 MB', atLeast(plus(i.demand, memory), int(1))),
      ],
      goals: [
        fact('still', holds({ ...i, demand: plus(i.demand, memory), resident: plus(i.resident, memory) })),
      ],
    },
  ],
};
