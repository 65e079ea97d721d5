import type { Room } from '../piece.ts';

/** Those who wait for others. */
export const CALLERS: Room = {
  title: 'Those who wait for others',
  pieces: [
    {
      id: 'ray-5790',
      project: 'ray-project/ray',
      number: 5790,
      kind: 'issue',
      title: 'Waiting is taken for a deadlock',
      there:
        'Tasks wait for tasks that they have called, and the called ones only wait for a worker to start. Some of the time that is reported as a deadlock of resources.',
      here: 'When several live on a machine and all wait for callees, the lowest is killed to break a deadlock that there is not.',
      scheduler: 'takes-a-fan-out-for-a-deadlock',
      property: 'kill-iff',
    },
    {
      id: 'flate-72',
      project: 'home-operations/flate',
      number: 72,
      kind: 'pull request',
      title: 'Parents hold the slots that their children need',
      there:
        'A parent keeps its worker slot while it waits for a child. When parents have all the slots, no child ever gets one, and the run hangs without a word.',
      here: 'An invocation that waits for a callee keeps its core.',
      scheduler: 'the-blocked-keep-their-core',
      property: 'run-the-highest',
    },
    {
      id: 'celery-5700',
      project: 'celery/celery',
      number: 5700,
      kind: 'pull request',
      title: 'The parent fails although the child is tried again',
      there:
        'When a worker was lost, a task that it had was put back into the queue and later succeeded, but the group of tasks that it belonged to had been marked as failed already.',
      here: 'A caller is told that its callee has failed when a crash takes the callee down, though it is queued again.',
      scheduler: 'a-lost-callee-fails-its-caller',
      property: 'possible-decision',
    },
  ],
};
