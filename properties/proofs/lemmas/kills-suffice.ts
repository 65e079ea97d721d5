import { HOST, isHost, lives, residentCalled } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  equal,
  type Int,
  implies,
  int,
  intVariable,
  minus,
  not,
  plus,
} from '../terms/term.ts';

const [i, j] = [residentCalled('i'), residentCalled('j')];
const [all, live] = [intVariable('D'), intVariable('live')];

/** Every one that lives on a machine demands at least 1 MB, and where nobody lives nothing is demanded. */
const sums = (demand: Int, count: Int) =>
  and(atLeast(count, int(0)), atMost(count, demand), implies(equal(count, int(0)), equal(demand, int(0))));

export const killsSuffice: Lemma = {
  id: 'kills-suffice',
  statement:
    'While a kill is due, somebody can be killed; each kill leaves one fewer, so at most as many are killed as live there; and once none is due, demands fit into RAM′ plus swap, and each alone into RAM.',
  proof: [
    'D is the sum of the demands of those that live there, each at least 1 MB. If D > RAM′ + swap, it is positive, so somebody lives there, and there is a lowest (`one-gives-first`). A kill takes its demand out of D.',
    'No other decision that settles a machine changes a demand. So once the kills are done they stay done.',
  ],
  rules: ['kill-iff'],
  shows: ['memory-never-exceeds-ram-plus-swap'],
  restsOn: ['one-gives-first'],
  obligations: (rules) => [
    {
      name: 'one-more-lives',
      words: 'D and the count stay a sum and its count when one is placed there.',
      given: [fact('a sum and its count', sums(all, live)), fact('i comes', lives(i))],
      goals: [fact('still', sums(plus(all, i.demand), plus(live, int(1))))],
    },
    {
      name: 'somebody-to-kill',
      words: 'Where all together exceed the machine, somebody lives there.',
      given: [
        fact('there is a machine', isHost(HOST)),
        fact('a sum and its count', sums(all, live)),
        fact('all together exceed it', rules.isOverfull(all, HOST)),
      ],
      goals: [fact('live ≥ 1', atLeast(live, int(1)))],
    },
    {
      name: 'one-fewer',
      words: 'A kill lowers D and the count.',
      given: [
        fact('i lives there', lives(i)),
        fact('D is its demand and those of the others', sums(minus(all, i.demand), minus(live, int(1)))),
      ],
      goals: [
        fact('D is lower', atMost(minus(all, i.demand), minus(all, int(1)))),
        fact('nobody is left, or somebody', atLeast(minus(live, int(1)), int(0))),
      ],
    },
    {
      name: 'then-all-fits',
      words: 'Where no kill is due, all fits.',
      given: [
        fact('there is a machine', isHost(HOST)),
        fact('j lives there', lives(j)),
        fact('all together do not exceed it', not(rules.isOverfull(all, HOST))),
        fact('j alone does not', not(rules.exceeds(j.demand, HOST))),
      ],
      goals: [
        fact('D ≤ RAM′ + swap', atMost(all, plus(HOST.usable, HOST.swap))),
        fact('d(j) ≤ RAM', atMost(j.demand, HOST.ram)),
        fact('d(j) ≤ RAM′ + swap', atMost(j.demand, plus(HOST.usable, HOST.swap))),
      ],
    },
  ],
};
