import type { Room } from '../piece.ts';

/** What is free is not yet free, or no longer taken. */
export const FREED_LATE: Room = {
  title: 'Freed sooner or later than believed',
  pieces: [
    {
      id: 'kubernetes-95752',
      project: 'kubernetes/kubernetes',
      number: 95752,
      kind: 'issue',
      title: 'The victim is gone, and its place is not free',
      there:
        'After a preemption the pod waits for the node that it was promised, where the victim has been deleted in the API only. As long as that node does not release the resources, the pod neither starts there nor may it preempt anything on another node.',
      here: 'A core from which an invocation was preempted counts as taken until the next step: it is idle while the one that it was taken for waits.',
      scheduler: 'preempts-and-waits',
      property: 'run-the-highest',
    },
    {
      id: 'kubernetes-106884',
      project: 'kubernetes/kubernetes',
      number: 106884,
      kind: 'issue',
      title: 'Believed to have left before it has',
      there:
        'When many pods complete and start on one node in a short time, some of the new ones end as out of CPU: they come while the node still counts a pod that is reported as completed.',
      here: 'The next one starts before the one that completes has given up its core and its memory.',
      scheduler: 'starts-before-the-last-has-left',
      property: 'start-highest',
    },
    {
      id: 'kubernetes-104560',
      project: 'kubernetes/kubernetes',
      number: 104560,
      kind: 'issue',
      title: 'Completed, and still counted',
      there:
        'Since version 1.22 a node refused a pod for want of memory, although the pod that had used that memory had completed.',
      here: 'The memory of one that has completed counts as used for one more step, and somebody else is killed for it.',
      scheduler: 'the-ended-still-count',
      property: 'kill-iff',
    },
    {
      id: 'nomad-9998',
      project: 'hashicorp/nomad',
      number: 9998,
      kind: 'issue',
      title: 'Replaced before it has left',
      there:
        'When a node is drained, the new allocation is placed before the old one has been removed, so that there are two of them for a while.',
      here: 'What is on a machine that drains is queued again while it still lives there.',
      scheduler: 'a-drain-moves-its-work',
      property: 'possible-decision',
    },
    {
      id: 'nomad-1205',
      project: 'hashicorp/nomad',
      number: 1205,
      kind: 'pull request',
      title: 'A drain repeats what has completed',
      there: 'A batch allocation that had completed was run again when its node was drained.',
      here: 'When a machine drains, what has completed there is queued once more.',
      scheduler: 'a-drain-repeats-the-completed',
      property: 'possible-decision',
    },
  ],
};
