import type { Room } from '../piece.ts';

/** Who is next, and where to. */
export const ORDER: Room = {
  title: 'The wrong one is next, or goes to the wrong place',
  pieces: [
    {
      id: 'kubernetes-24720',
      project: 'kubernetes/kubernetes',
      number: 24720,
      kind: 'issue',
      title: 'A score that overflows',
      there:
        'The score of a node is a sum of priorities times weights, kept in an integer, and nothing keeps weights small enough for it.',
      here: 'Price × wait is kept in 32 bits, so that the one that has waited longest has a negative score.',
      scheduler: 'scores-in-32-bits',
      property: 'place-greatest',
    },
    {
      id: 'kubernetes-129138',
      project: 'kubernetes/kubernetes',
      number: 129138,
      kind: 'issue',
      title: 'The overfull node has the best score',
      there:
        'A node whose requests exceed what it has was given the best score for its balance, so that too many pods were scheduled to it.',
      here: 'Of the machines polled, one whose demands exceed its RAM is preferred.',
      scheduler: 'the-overfull-score-best',
      property: 'place-least-loaded',
    },
    {
      id: 'serving-14200',
      project: 'knative/serving',
      number: 14200,
      kind: 'issue',
      title: 'New capacity is known late',
      there:
        'While many pods are added at a high load, the activator stops sending requests to pods that are available, and answers with errors until the load falls or the new pods are almost all there.',
      here: 'Of a machine that joins no shard hears until something happens on it.',
      scheduler: 'joins-a-step-late',
      property: 'idle-list-true',
    },
    {
      id: 'airflow-45636',
      project: 'apache/airflow',
      number: 45636,
      kind: 'issue',
      title: 'The head of the line has no room, and all others wait behind it',
      there:
        'The scheduler looks at so many tasks of the highest priority at a time. All of them belong to a pool that is nearly full, so tasks of another pool, which is empty, wait without end.',
      here: 'Nothing runs beside one of higher rank that does not fit.',
      scheduler: 'stops-at-the-first-that-does-not-fit',
      property: 'run-the-highest',
    },
    {
      id: 'airflow-26933',
      project: 'apache/airflow',
      number: 26933,
      kind: 'issue',
      title: 'What becomes ready by an end comes too late for it',
      there:
        'When a task ends, its slot sometimes goes to a task of low priority that waits, and not to the one of high priority that this end has just made ready.',
      here: 'When an invocation ends, its core goes to one that waits already, and not to the caller that this end wakes.',
      scheduler: 'an-end-passes-over-whom-it-wakes',
      property: 'start-highest',
    },
    {
      id: 'bullmq-1929',
      project: 'taskforcesh/bullmq',
      number: 1929,
      kind: 'issue',
      title: 'Put back behind those that came later',
      there:
        'A job that the rate limit stops is put back into the queue, and no longer first among those of its priority.',
      here: 'An invocation that is preempted goes to the end of its class.',
      scheduler: 'goes-last-on-preemption',
      property: 'start-highest',
    },
    {
      id: 'tokio-5712',
      project: 'tokio-rs/tokio',
      number: 5712,
      kind: 'pull request',
      title: 'The one that was woken last goes first',
      there:
        'A worker runs the task that was woken last before its queue. Two tasks that wake each other in turn keep all others from running.',
      here: 'An invocation that wakes goes first in its class.',
      scheduler: 'goes-first-on-waking',
      property: 'preempt-outranked',
    },
    {
      id: 'kubernetes-102790',
      project: 'kubernetes/kubernetes',
      number: 102790,
      kind: 'issue',
      title: 'A submission that was not heard',
      there:
        'Schedulers missed the event that a pod had been submitted, probably while the API server was very busy. It was pending for hours, until the leader was restarted.',
      here: 'In a crowd a submission is lost.',
      scheduler: 'loses-a-submission-in-a-crowd',
      property: 'conservation',
    },
    {
      id: 'serving-13583',
      project: 'knative/serving',
      number: 13583,
      kind: 'issue',
      title: 'A queue without bound, while clients give up',
      there:
        'A service can do less than it is asked for. Clients give up after a second, but the activator goes on holding what they asked for, until it has no memory left; more memory only delays that.',
      here: 'Clients give up, and what they have asked for stays in the queue and is done all the same. XX itself has no clients who give up; here they do, by the optional words `timeouts`.',
      scheduler: 'holds-those-who-gave-up',
      property: 'places-nobody-in-vain',
    },
  ],
};
