import { HOST, isHost, lives, residentCalled } from '../encoding/entities.ts';
import { after, beginning, comesNext, fitsSoFar, walkCalled } from '../encoding/walk.ts';
import { fact, type Lemma } from '../lemma.ts';
import { intVariable } from '../terms/term.ts';

const j = residentCalled('j');

export const walkFits: Lemma = {
  id: 'walk-fits',
  statement:
    'The will-run set of a machine never has more members than cores, and together they never demand more than RAM′; and those passed over never keep more from lower classes than they hold in RAM.',
  proof: [
    'By induction over the walk that takes the members, from the highest rank down. The sums of the walk are all that the next step reads: *count* and *taken* of those taken, *above* and *same* of what those passed over keep from the next class and from the one after.',
    'Whoever is taken demands at most RAM′ − taken − above, and above is not negative. Once `cores` are taken, nobody is. What is kept is never more than what those passed over hold in RAM.',
  ],
  rules: ['run-the-highest', 'start-highest', 'preempt-outranked'],
  shows: ['no-priority-inversion'],
  restsOn: [],
  obligations: (rules) => {
    const walk = walkCalled('w', rules.stopsThere);
    return [
      {
        name: 'beginning',
        words: 'Before the first one is met, it holds.',
        given: [fact('there is a machine', isHost(HOST))],
        goals: [fact('all sums are 0', fitsSoFar(beginning(intVariable('top')), HOST))],
      },
      {
        name: 'step',
        words: 'If it holds, it holds after the next one, taken or passed over.',
        given: [
          fact('there is a machine', isHost(HOST)),
          fact('it holds so far', fitsSoFar(walk, HOST)),
          fact('j lives there', lives(j)),
          fact('j is next by rank', comesNext(walk, j)),
        ],
        goals: [fact('it still holds', fitsSoFar(after(rules, HOST, walk, j), HOST))],
      },
    ];
  },
};
