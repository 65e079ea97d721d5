import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'joins-the-longest-list',
  sentence: 'Of the lists polled a machine joins the longest.',
  rule: 'idle-list-true',
  fault: () => ({
    policies: {
      chooseIdleList: (state, polled) =>
        polled.reduce((a, b) => (state.shards[b]!.idle.length > state.shards[a]!.idle.length ? b : a)),
    },
  }),
});
