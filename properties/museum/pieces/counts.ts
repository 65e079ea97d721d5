import type { Room } from '../piece.ts';

/** A count that is kept beside what it counts. */
export const COUNTS: Room = {
  title: 'Counts that drift',
  pieces: [
    {
      id: 'kubernetes-55587',
      project: 'kubernetes/kubernetes',
      number: 55587,
      kind: 'issue',
      title: 'A deletion that was not heard',
      there:
        'If the scheduler misses the event that a pod was deleted, what the pod had asked for counts as used on its node. Another pod of that size is not scheduled there until the scheduler is restarted.',
      here: 'An entry is refreshed when functions come, but not when they go.',
      scheduler: 'refreshes-when-functions-come-only',
      property: 'idle-list-true',
    },
    {
      id: 'kubernetes-102339',
      project: 'kubernetes/kubernetes',
      number: 102339,
      kind: 'issue',
      title: 'A ghost on a node of the same name',
      there:
        'A node is removed and a new one with the same name added. The scheduler believes that a pod is there which no longer exists, and leaves another one pending though the node could take it.',
      here: 'A machine that joins again is listed with the functions that it had when it went down.',
      scheduler: 'comes-back-with-its-old-functions',
      property: 'idle-list-true',
    },
    {
      id: 'kubernetes-56261',
      project: 'kubernetes/kubernetes',
      number: 56261,
      kind: 'issue',
      title: 'A node that is gone stays in the cache',
      there:
        'If the scheduler misses that a node was deleted, the node stays in its cache forever. It goes on choosing it for pods, and fails each time because the node is not found.',
      here: 'The entry of a machine that is down stays on the idle list.',
      scheduler: 'the-crashed-stay-listed',
      property: 'idle-list-true',
    },
    {
      id: 'openwhisk-1179',
      project: 'apache/openwhisk',
      number: 1179,
      kind: 'pull request',
      title: 'Counted in two places',
      there:
        'The counter of containers that start was also incremented when an action took over a container that was there already, so that more counted as active than were.',
      here: 'A shard counts what it places itself twice.',
      scheduler: 'counts-its-own-placements-twice',
      property: 'idle-list-true',
    },
    {
      id: 'openwhisk-5386',
      project: 'apache/openwhisk',
      number: 5386,
      kind: 'pull request',
      title: 'A queue that waits for what does not exist',
      there:
        'When the data in etcd gets out of step, the scheduler believes in containers that do not exist. Nothing takes activations from the queue, they grow old and are dropped, and only a restart helps. The change adds a metric that tells of it.',
      here: 'A shard that had a crashed machine on its list waits for it, and places nothing until it restarts.',
      scheduler: 'waits-for-a-machine-that-is-gone',
      property: 'answered',
    },
    {
      id: 'nomad-1790',
      project: 'hashicorp/nomad',
      number: 1790,
      kind: 'issue',
      title: 'A summary that drifts over a long life',
      there:
        'The summary of a job said that 157 instances ran when there were 100, after the job had been scaled up and down many times.',
      here: 'Of 300 placements one is counted twice and never taken off again. Only a long life shows it.',
      scheduler: 'a-count-drifts-over-a-long-life',
      property: 'idle-list-true',
    },
    {
      id: 'spark-38702',
      project: 'apache/spark',
      number: 38702,
      kind: 'pull request',
      title: 'More ends than beginnings',
      there:
        'When an executor is lost, the end of a task that has ended already is reported once more, and no beginning belongs to it. The number of active tasks becomes negative, and what waits for zero is never cleaned up.',
      here: 'When the new attempt of a lost invocation completes, the end of the lost attempt is counted as well, and the entry says too few.',
      scheduler: 'counts-the-end-of-a-lost-attempt',
      property: 'idle-list-true',
    },
    {
      id: 'serving-4776',
      project: 'knative/serving',
      number: 4776,
      kind: 'pull request',
      title: 'Only a good end is counted',
      there:
        'A request that timed out while it waited was never taken off the count of pending requests. After enough of them the breaker was full.',
      here: 'An invocation that is killed is never taken off the count of functions on its machine.',
      scheduler: 'the-killed-still-count',
      property: 'idle-list-true',
    },
    {
      id: 'kubernetes-105523',
      project: 'kubernetes/kubernetes',
      number: 105523,
      kind: 'issue',
      title: 'An agent restarts while its machine lives',
      there:
        'The kubelet of a node with eight cores to give is restarted after eight pods have completed there. Pods that were running, and even completed ones, are now reported as out of CPU.',
      here: 'When a shard restarts, its machines are listed with all that have ever completed there.',
      scheduler: 'a-restart-counts-the-ended',
      property: 'idle-list-true',
    },
  ],
};
