import type { Room } from '../piece.ts';

/** What scenarios here cannot say. */
export const BEYOND: Room = {
  title: 'Beyond the alphabet',
  pieces: [
    {
      id: 'scx-1202',
      project: 'sched-ext/scx',
      number: 1202,
      kind: 'issue',
      title: 'Cores are taken from outside',
      there:
        'A real-time task, which ranks above all that the scheduler looks after, takes a core for long. What is bound to that core does not run, and the watchdog throws the scheduler out, as if it were to blame.',
      needs:
        'An antagonist of cores: a stimulus that takes cores of a machine away for some time, as `antagonist` does with RAM. Here the cores of a machine change only when it joins again.',
    },
    {
      id: 'argo-workflows-734',
      project: 'argoproj/argo-workflows',
      number: 734,
      kind: 'issue',
      title: 'Every gang has a part, and none has all',
      there:
        'Jobs that need five containers at once start three each. The cluster is full, and none of them can go on.',
      needs:
        'Gangs: invocations that are placed together or not at all. Here each invocation is placed for itself.',
    },
  ],
};
