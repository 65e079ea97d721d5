import type { Room } from '../piece.ts';

/** What becomes of work when a machine goes down. */
export const CRASHES: Room = {
  title: 'Lost in a crash, or kept too well',
  pieces: [
    {
      id: 'celery-4374',
      project: 'celery/celery',
      number: 4374,
      kind: 'issue',
      title: 'Lost with its worker',
      there:
        'A worker is killed, and the task that it had does not come back to the queue, although late acknowledgement and rejection on a lost worker are both switched on.',
      here: 'Invocations lost in a crash are never heard of again.',
      scheduler: 'a-crash-loses-everybody',
      property: 'answered',
    },
    {
      id: 'celery-1628',
      project: 'celery/celery',
      number: 1628,
      kind: 'issue',
      title: 'Acknowledged by the crash',
      there:
        'When the kernel kills a worker for want of memory, the message of its task is acknowledged, even with late acknowledgement, so that no other worker tries it again.',
      here: 'Invocations lost in a crash are killed at once, whatever attempts they have left.',
      scheduler: 'crashes-are-final',
      property: 'admit',
    },
    {
      id: 'sidekiq-2120',
      project: 'sidekiq/sidekiq',
      number: 2120,
      kind: 'issue',
      title: 'Recovered once for each mention',
      there:
        'A process is killed and started again. Its job is recovered as often as its queue is named in the list of weights, and runs that many times.',
      here: 'What a crash took down is put back into its queue twice.',
      scheduler: 'a-lost-one-is-queued-twice',
      property: 'possible-decision',
    },
  ],
};
