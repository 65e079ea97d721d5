/** What no lemma shows, and how far it is known all the same. */
export interface Unproved {
  readonly what: string;
  readonly how: string;
}

export const UNPROVED: readonly Unproved[] = [
  {
    what: 'That the parts make up the proof',
    how: 'No machine checks the inductions themselves: that a walk meets everybody once and by rank, that a finite set has a member that nobody goes before, that sums of zeros are zero. They are one step each, and stand in the words of the proof.',
  },
  {
    what: 'That the terms are the rules',
    how: 'Compared in every state of six instances of up to 27,448 states, one of them with a disk, at every moment within the steps, and along every scenario of the weakened rules; not for any number.',
  },
  {
    what: 'That every invocation ends',
    how: 'Proved is that every step ends, and that it ends with the highest running. That one that is queued, or waits on a machine, has its turn some day depends on what else comes. [Explored](exploration.md#every-invocation-ends): no dead end and no cycle in any instance; and judged in campaigns as `everything-drains`.',
  },
  {
    what: 'How often one is overtaken, as a number',
    how: 'Proved is when those who overtake must have come. How many come in that time is up to the clients: in one ms there may be any number. [Explored](exploration.md#what-was-explored): at most 4, with 5 invocations.',
  },
  {
    what: 'Where a function is placed',
    how: 'Samples and the fewest functions are choices, about which no lemma says more than the rule `place-least-loaded` does. Explored, and tried in campaigns.',
  },
  {
    what: 'Money',
    how: '`bill-exact`, `admit` and `budget-bound` are about sums over time. They are tried in campaigns, and not explored. Of budgets only the class of a degraded chain is proved.',
  },
  {
    what: 'Who is where',
    how: 'That nobody is lost or counted twice (`conservation`) is judged from traces alone, in campaigns.',
  },
  {
    what: 'Several machines at once',
    how: 'Lemmas are about one machine, one shard or one pair. A kill on one machine may wake a caller on another; all kills and wakes come before anything is settled, so nothing of the lemmas is touched, but that is said and not checked by a solver. Explored with two and three machines.',
  },
  {
    what: 'Paging that takes time',
    how: 'The lemmas from `held-on-both-sides` on are about machines that have a disk (`paging`), and those that they rest on are read there with what one keeps in place of what it has in RAM. That a high one waits for at most two chunks and its own memory, as a time, is not proved: how long a transfer takes is up to the disk.',
  },
  {
    what: 'The code of the reference',
    how: 'Lemmas are about the rules. That the reference keeps them is explored and tried, as for every other scheduler.',
  },
];
