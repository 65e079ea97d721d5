import { HOST, isHost, lives, residentCalled } from '../encoding/entities.ts';
import { fact, type Lemma } from '../lemma.ts';
import { and, atLeast, differ, equal, intVariable, moreThan, not, or, plus } from '../terms/term.ts';

const [i, other] = [residentCalled('i'), residentCalled('k')];
const [all, inRam, inSwap] = [intVariable('D'), intVariable('R'), intVariable('S')];

export const killsAreNeeded: Lemma = {
  id: 'kills-are-needed',
  statement:
    'Whoever is killed for memory is killed where RAM and swap cannot hold what lives there, or cannot ever hold that one; and nobody of a lower class lives there (of those that could not be held alone, if it is one of them).',
  proof: [
    'All that lives on a machine is in RAM or in swap: D = R + S, and a kill for memory is permitted only where D > RAM′ + swap. One that is killed as *exceeds-machine* demands more than RAM, or more than RAM′ + swap. Nobody of those that count goes before it, so none of them is of a lower class.',
  ],
  rules: ['kill-iff'],
  shows: ['kills-are-the-last-resort'],
  restsOn: ['one-gives-first'],
  obligations: (rules) => [
    {
      name: 'all-together',
      words: 'Where a kill for memory is permitted, RAM and swap do not hold all.',
      given: [
        fact('there is a machine', isHost(HOST)),
        fact('all is in RAM or in swap', equal(all, plus(inRam, inSwap))),
        fact('all together exceed it', rules.isOverfull(all, HOST)),
      ],
      goals: [fact('R or S does not fit', or(moreThan(inRam, HOST.usable), moreThan(inSwap, HOST.swap)))],
    },
    {
      name: 'alone',
      words: 'Where one alone exceeds its machine, it could never be there.',
      given: [fact('there is a machine', isHost(HOST)), fact('i exceeds it', rules.exceeds(i.demand, HOST))],
      goals: [
        fact(
          'not in RAM, or not in RAM and swap',
          or(moreThan(i.demand, HOST.ram), moreThan(i.demand, plus(HOST.usable, HOST.swap))),
        ),
      ],
    },
    {
      name: 'lowest',
      words: 'Nobody of a lower class than the one that is killed lives there.',
      given: [
        fact('they live there', and(lives(i), lives(other), differ(i.arrival, other.arrival))),
        fact('k does not have to be killed before i', not(rules.diesFirst(other, i))),
      ],
      goals: [fact('class(k) ≥ class(i)', atLeast(other.class, i.class))],
    },
  ],
};
