import type { Room } from '../piece.ts';

/** One part of a scheduler takes a place away, and another gives it back. */
export const LOOPS: Room = {
  title: 'Taken away and given back',
  pieces: [
    {
      id: 'kueue-2821',
      project: 'kubernetes-sigs/kueue',
      number: 2821,
      kind: 'issue',
      title: 'The victim is admitted again, in front of the one that it made room for',
      there:
        'A workload of high priority that has to borrow preempts one of low priority. While sorting by priority is switched off in the cohort, the low one gets in front of it in the queue and is admitted again. Preemption and admission repeat, and the high one never gets in.',
      here: 'Preemption goes by class and the choice of who starts goes by arrival, so that the core returns to the one that it was taken from.',
      scheduler: 'readmits-by-arrival',
      property: 'start-highest',
    },
    {
      id: 'kueue-3779',
      project: 'kubernetes-sigs/kueue',
      number: 3779,
      kind: 'issue',
      title: 'The victim comes back before the place is used',
      there:
        'With fair sharing and nested cohorts, a workload with a guarantee preempts one without. A controller creates the victim anew, it is admitted while the first is still held back, and the same preemption follows again.',
      here: 'The place is RAM: one is swapped out for another of higher rank and gets its memory back at once, so that the room is gone before the other has it.',
      scheduler: 'gives-the-room-back',
      property: 'page-in-to-run',
    },
    {
      id: 'kueue-6947',
      project: 'kubernetes-sigs/kueue',
      number: 6947,
      kind: 'issue',
      title: 'One that cannot be admitted preempts again and again',
      there:
        'A workload that is too large for its queue is tried in each cycle. Another workload is preempted each time and admitted again each time, and a third one, which would fit, fails to be scheduled.',
      here: 'For one that is passed over, because its memory does not fit, the lowest is preempted time and again; it starts again, and no one has gained anything.',
      scheduler: 'preempts-for-one-that-does-not-fit',
      property: 'preempt-outranked',
    },
    {
      id: 'kubernetes-130429',
      project: 'kubernetes/kubernetes',
      number: 130429,
      kind: 'issue',
      title: 'Two schedulers give the same node away',
      there:
        'One scheduler preempts a pod that belongs to another scheduler. While the first waits for the place, the other puts the replacement of the victim on the same node. The pod that needed the place was pending for almost two days, and victims were evicted more than eight thousand times.',
      here: 'A machine is on the idle lists of two shards at once, and each gives its room away.',
      scheduler: 'two-shards-own-a-machine',
      property: 'possible-decision',
    },
  ],
};
