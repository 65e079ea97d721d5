import { HOST, isBlocked, isHost, lives, residentCalled } from '../encoding/entities.ts';
import { after, comesNext, fitsSoFar, roomFor, takes, walkCalled } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import { and, atLeast, atMost, equal, lessThan, moreThan, not } from '../terms/term.ts';

const [i, j, k] = [residentCalled('i'), residentCalled('j'), residentCalled('k')];

export const firstComeFirstServed: Lemma = {
  id: 'first-come-first-served',
  statement:
    'Of two of a class that could run, the one that arrived later runs while the earlier does not only if the earlier is larger and does not fit beside the better ones.',
  proof: [
    'Let i and j be of one class, neither blocked, and let i have arrived before j. Then j ranks below i, and the walk meets i first. Between the two it only meets others of that class: it takes no class from above, and the room can only shrink, and the count of those taken can only grow.',
    'So if j is taken, a core was free for i too. If i was passed over all the same, it did not fit: d(i) > room(i) ≥ room(j) ≥ d(j).',
  ],
  rules: ['run-the-highest', 'start-highest'],
  shows: ['no-priority-inversion'],
  restsOn: ['walk-fits'],
  obligations: (rules) => {
    const stops = rules.stopsThere;
    const [atI, atJ, walk] = [walkCalled('atI', stops), walkCalled('atJ', stops), walkCalled('w', stops)];
    const next = after(rules, HOST, walk, k);
    const machine = fact('there is a machine', isHost(HOST));
    return [
      {
        name: 'earlier-ranks-higher',
        words: 'Of two of a class that are not blocked, the one that arrived later ranks below.',
        given: [
          fact('they live there', and(lives(i), lives(j))),
          fact('they are of one class', equal(i.class, j.class)),
          fact('neither is blocked', and(not(isBlocked(i)), not(isBlocked(j)))),
          fact('i arrived before j', lessThan(i.arrival, j.arrival)),
        ],
        goals: [
          fact('j ranks below i', rules.ranksBelow(j, i)),
          fact('i does not rank below j', not(rules.ranksBelow(i, j))),
        ],
      },
      {
        name: 'room-shrinks',
        words: 'Among those of one class the room only shrinks, and the count of those taken only grows.',
        given: [
          machine,
          fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
          fact('they live there', and(lives(k), lives(j))),
          fact('k is next by rank', comesNext(walk, k)),
          fact('j is of the class of k', equal(j.class, k.class)),
        ],
        goals: [
          fact('no more room for j', atMost(roomFor(next, j, HOST), roomFor(walk, j, HOST))),
          fact('no fewer taken', atLeast(next.count, walk.count)),
        ],
      },
      {
        name: 'only-the-larger-waits',
        words: 'If j is taken and i was not, i is larger, and does not fit beside the better ones.',
        given: [
          machine,
          fact('they live there', and(lives(i), lives(j))),
          fact('i could run', rules.couldRun(i)),
          fact('the room has only shrunk', atMost(roomFor(atJ, j, HOST), roomFor(atI, i, HOST))),
          fact('the count has only grown', atLeast(atJ.count, atI.count)),
          fact('the walk went on', not(atI.stopped)),
          fact('j is taken', takes(rules, HOST, atJ, j)),
          fact('i was passed over', not(takes(rules, HOST, atI, i))),
        ],
        goals: [
          fact('i is larger', moreThan(i.demand, j.demand)),
          fact('i does not fit', moreThan(i.demand, roomFor(atI, i, HOST))),
        ],
      },
    ];
  },
};
