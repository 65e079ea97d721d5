import { chartSetup, goOptional, goUnlikeXX } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

/** What a shard knows of a machine from its last answer: one chart for each pair of both. */
export const probeChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'probe',
  description: 'Whether the pool of a shard holds an answer of a machine.',
  initial: 'absent',
  states: {
    absent: {
      description: 'The pool holds no answer of the machine.',
      on: { probe: goOptional('probes', 'pooled', 'always', 'The pool takes its answer.') },
    },
    pooled: {
      description: 'The pool holds an answer of the machine, which may be out of date.',
      on: {
        probe: goOptional('probes', 'pooled', 'always', 'A new answer takes the place of the old one.'),
        forget: goUnlikeXX('probes', 'absent', 'idle-list-true', 'The pool drops the answer.'),
        restart: goOptional('probes', 'absent', 'always', 'The shard restarts and loses its pool.'),
      },
    },
  },
});
