import { chartSetup, go, goInTime, goUnlikeXX, goWrong, WITHIN_A_STEP } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

/** One that nobody waits for may be ended wherever it is. */
const cancel = goUnlikeXX(
  'timeouts',
  '#invocation.killed',
  'kill-iff',
  'Nobody waits for it any more, and it is ended; a callee that it waits for goes on as an orphan.',
);

/** The life of an invocation, from submission to its end. */
export const invocationChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'invocation',
  description: 'The life of an invocation, from submission to its end.',
  initial: 'new',
  states: {
    new: {
      description: 'Its id has not been used.',
      on: {
        submit: go(
          'admission',
          'possible',
          '3.1',
          'It is triggered: a root, with the class that was asked for.',
        ),
        call: go('inheritance', 'possible', '3.1', 'Somebody who runs calls it and waits.'),
      },
    },
    admission: {
      tags: WITHIN_A_STEP,
      description: 'It is a root, which the budget of its tenant admits, degrades or throttles.',
      on: {
        enqueue: go(
          'queued',
          'admit',
          '3.1',
          'It joins the multi-queue, at the lowest class if it is degraded.',
        ),
        throttle: go('throttled', 'admit', '3.1', 'It is not admitted: the budget of the period is spent.'),
        cancel,
      },
    },
    inheritance: {
      tags: WITHIN_A_STEP,
      description: 'It is a callee, about to be queued at the class that it inherits.',
      on: {
        enqueue: go(
          'queued',
          'admit',
          '3.1',
          'It joins the multi-queue at no less than the class of its caller.',
        ),
        cancel,
      },
    },
    queued: {
      description: 'It waits in the multi-queue of a shard.',
      on: {
        place: go(
          '#invocation.onMachine.ready',
          'place-greatest',
          '3.2',
          'The shard chooses it and binds it to a machine.',
        ),
        reserve: goUnlikeXX(
          'reservations',
          'queued',
          'place-least-loaded',
          'It takes a place in line at a machine, and stays queued.',
        ),
        refuse: goUnlikeXX(
          'refusals',
          'queued',
          'place-least-loaded',
          'A machine turns it away, and it stays queued.',
        ),
        cancel,
      },
    },
    onMachine: {
      description: 'It lives on a machine, and no answer is due that concerns it.',
      initial: 'ready',
      on: {
        kill: go(
          'killed',
          'kill-iff',
          '3.2',
          'Swapping was not enough; a callee that it waits for goes on as an orphan.',
        ),
        crash: go(
          'lost',
          'always',
          '3.2',
          'Its machine is gone; a callee that it waits for goes on as an orphan.',
        ),
        evict: goUnlikeXX(
          'evictions',
          'queued',
          'kill-iff',
          'It is sent back to the queue of its shard, as a new attempt; a callee that it waits for goes on as an orphan.',
        ),
        cancel,
      },
      states: {
        ready: {
          description: 'It could run, and waits on its machine for a core or for memory.',
          on: {
            start: go('running', 'start-highest', '3.2', 'The machine scheduler gives it a core.'),
            allocate: goInTime(
              'ready',
              'grant-to-run',
              '3.2',
              'It will run, and is given RAM that it asked for.',
            ),
            pageOut: go(
              'ready',
              'page-out-lowest',
              '3.2',
              'Under pressure the dispatcher takes RAM from it.',
            ),
            pageIn: go('ready', 'page-in-to-run', '3.2', 'It will run, so its memory comes back.'),
          },
        },
        running: {
          description: 'It runs on a core, wholly in RAM.',
          on: {
            preempt: go(
              'ready',
              'preempt-outranked',
              '3.2',
              'Somebody of higher rank needs its core or its room, or it no longer fits.',
            ),
            call: go('blocked', 'possible', '3.1', 'It calls another function and waits for it.'),
            resize: go('running', 'possible', '3.2', 'Its memory grows or shrinks.'),
            finish: go('#invocation.finishing', 'possible', '3.2', 'It returns.'),
            allocate: goInTime('running', 'grant-to-run', '3.2', 'It has grown, and there is room for it.'),
            pageOut: goWrong('running', 'page-out-lowest', '3.2', 'It loses RAM while it runs.'),
            pageIn: goWrong(
              'running',
              'page-in-to-run',
              '3.2',
              'It runs, and its memory comes back only now.',
            ),
          },
        },
        blocked: {
          description: 'It waits for the invocation that it called.',
          on: {
            calleeEnds: go(
              '#invocation.waking',
              'always',
              '3.1',
              'The invocation that it waits for completes or is killed.',
            ),
            pageOut: go(
              'blocked',
              'page-out-lowest',
              '3.2',
              'Under pressure the dispatcher takes RAM from it.',
            ),
            allocate: goWrong('blocked', 'grant-to-run', '3.2', 'It is given RAM although it cannot run.'),
            pageIn: goWrong(
              'blocked',
              'page-in-to-run',
              '3.2',
              'Its memory comes back although it cannot run.',
            ),
          },
        },
      },
    },
    finishing: {
      tags: WITHIN_A_STEP,
      description: 'It has returned and is about to be billed.',
      on: {
        complete: go('completed', 'always', '3.1', 'It ends well, and is billed.'),
        allocate: goWrong('finishing', 'grant-to-run', '3.2', 'It is given RAM although it has returned.'),
        pageOut: goWrong('finishing', 'page-out-lowest', '3.2', 'It loses RAM instead of being billed.'),
        pageIn: goWrong(
          'finishing',
          'page-in-to-run',
          '3.2',
          'Its memory comes back although it has returned.',
        ),
        kill: goWrong('killed', 'kill-iff', '3.2', 'It has returned, and is killed instead of being billed.'),
        crash: goWrong(
          'lost',
          'always',
          '3.2',
          'It has returned and was not billed before its machine was gone.',
        ),
        cancel,
      },
    },
    waking: {
      tags: WITHIN_A_STEP,
      description: 'The invocation that it called has ended, and it is about to be told.',
      on: {
        wake: go(
          '#invocation.onMachine.ready',
          'wake-caller',
          '3.2',
          'It is ready again, at the end of the arrival order.',
        ),
        allocate: goWrong('waking', 'grant-to-run', '3.2', 'It is given RAM before it is told.'),
        pageOut: goWrong('waking', 'page-out-lowest', '3.2', 'It loses RAM before it is told.'),
        pageIn: goWrong('waking', 'page-in-to-run', '3.2', 'Its memory comes back before it is told.'),
        kill: goWrong('killed', 'kill-iff', '3.2', 'It is killed before it is told.'),
        crash: goWrong('lost', 'always', '3.2', 'It was not told before its machine was gone.'),
        cancel,
      },
    },
    lost: {
      tags: WITHIN_A_STEP,
      description: 'Its machine crashed under it.',
      on: {
        enqueue: go('queued', 'admit', '3.2', 'It is queued again at its shard, as a new attempt.'),
        kill: go('killed', 'attempts-exhausted', '3.2', 'It has been tried as often as it may.'),
        cancel,
      },
    },
    completed: { type: 'final', description: 'It ended well.' },
    killed: { type: 'final', description: 'It was killed, and its caller was told.' },
    throttled: { type: 'final', description: 'It was never admitted.' },
  },
});
