import type { Room } from '../piece.ts';

/** The wrong one dies, or too many do. */
export const VICTIMS: Room = {
  title: 'The wrong victim, or one too many',
  pieces: [
    {
      id: 'kubernetes-128307',
      project: 'kubernetes/kubernetes',
      number: 128307,
      kind: 'pull request',
      title: 'A list in two groups, read as if it were one',
      there:
        'Preemption should choose the node on which the highest victim is lowest. When the eviction of some of the victims would violate a disruption budget, and that of others would not, it chose a node on which a pod of high priority was evicted, though another would have lost one of middle priority only.',
      here: 'The blocked form a second group after the runnable. The last one of that group is killed as if it were the lowest of all.',
      scheduler: 'takes-the-last-blocked-for-the-lowest',
      property: 'kill-iff',
    },
    {
      id: 'volcano-5208',
      project: 'volcano-sh/volcano',
      number: 5208,
      kind: 'issue',
      title: 'Sorted upside down',
      there:
        'Victims that turn out not to be needed are to be spared from the highest down. Two orders in a row reverse each other, the lowest are spared first, and the higher ones are evicted.',
      here: 'The order of kills is upside down.',
      scheduler: 'kills-the-highest',
      property: 'kill-iff',
    },
    {
      id: 'volcano-2622',
      project: 'volcano-sh/volcano',
      number: 2622,
      kind: 'issue',
      title: 'Sorted by a priority that all have',
      there:
        'Victims are sorted by the priority of their tasks, which by default is not taken from the job. All are equal, so that a job of middle priority is preempted while one of low priority runs.',
      here: 'When a victim is chosen, all classes count as one, so that something else decides: who is blocked, and who came last.',
      scheduler: 'sorts-victims-by-one-priority',
      property: 'kill-iff',
    },
    {
      id: 'nomad-9890',
      project: 'hashicorp/nomad',
      number: 9890,
      kind: 'issue',
      title: 'Preempted for good',
      there:
        'A batch allocation that was preempted is not replaced when there is room again: nothing is queued for it, and its job stays one short.',
      here: 'An invocation that was preempted is not started again, though its core is free.',
      scheduler: 'the-preempted-never-come-back',
      property: 'run-the-highest',
    },
    {
      id: 'nomad-5898',
      project: 'hashicorp/nomad',
      number: 5898,
      kind: 'issue',
      title: 'No preemption where memory is short',
      there:
        'A job of the highest priority stays pending while forty allocations of the lowest hold the memory, and none of them is preempted.',
      here: 'A newcomer that does not fit beside those who run waits, though it outranks them.',
      scheduler: 'forgets-to-preempt-for-memory',
      property: 'run-the-highest',
    },
    {
      id: 'kubernetes-72124',
      project: 'kubernetes/kubernetes',
      number: 72124,
      kind: 'issue',
      title: 'A smaller one takes the place first',
      there:
        'A pod is promised a node, but the scheduler has not yet heard of its own promise when it looks at the next pod. A smaller one of the same priority is bound to that node, and the first no longer fits.',
      here: 'Within a class the smallest runs first, so that the one whose turn it is no longer fits.',
      scheduler: 'smallest-first',
      property: 'preempt-outranked',
    },
    {
      id: 'ray-61210',
      project: 'ray-project/ray',
      number: 61210,
      kind: 'pull request',
      title: 'One victim at a time, however many are due',
      there:
        'Each time the memory monitor finds too much memory in use, one worker is killed, regardless of how far the node is above its limit. Under considerable pressure that is not enough.',
      here: 'At most one invocation is killed in a step.',
      scheduler: 'kills-one-a-step',
      property: 'kill-iff',
    },
    {
      id: 'kubernetes-31362',
      project: 'kubernetes/kubernetes',
      number: 31362,
      kind: 'issue',
      title: 'A second victim, because the figures are old',
      there:
        'Under memory pressure the node evicts more pods than it has to. It takes ten seconds or more until it notices that the usage has changed.',
      here: 'The memory of the first that is killed still counts as used, and a second one is killed for it.',
      scheduler: 'kills-another-while-the-first-dies',
      property: 'kill-iff',
    },
    {
      id: 'yunikorn-core-1006',
      project: 'apache/yunikorn-core',
      number: 1006,
      kind: 'pull request',
      title: 'The same victim twice',
      there:
        'Allocations that had been preempted already were still considered as victims for later preemptions.',
      here: 'An invocation that has just been killed is chosen as the next victim.',
      scheduler: 'kills-the-dying-again',
      property: 'possible-decision',
    },
    {
      id: 'yunikorn-core-909',
      project: 'apache/yunikorn-core',
      number: 909,
      kind: 'pull request',
      title: 'The list from before the last filter',
      there:
        'The chosen victims are filtered once more. Then the list from before that filter was sent instead of the final one, so that some were preempted without need.',
      here: 'For one that needs a core two are preempted, and the second starts again.',
      scheduler: 'preempts-one-too-many',
      property: 'preempt-outranked',
    },
    {
      id: 'volcano-5984',
      project: 'volcano-sh/volcano',
      number: 5984,
      kind: 'issue',
      title: 'All or nothing, where a part would do',
      there:
        'Gang preemption evicts whole bundles and does not trim the last one. One pod had to go, and ten were evicted.',
      here: 'The bundle is the memory of one invocation: a victim loses all of its RAM, though a part would be enough.',
      scheduler: 'pages-out-whole-functions',
      property: 'page-out-lowest',
    },
  ],
};
