import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'joins-the-first-list',
  sentence: 'Of the lists polled a machine joins the first.',
  rule: 'idle-list-true',
  fault: () => ({ policies: { chooseIdleList: (_state, polled) => polled[0]! } }),
});
