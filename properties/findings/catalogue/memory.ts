import { seen, type TextFinding } from '../finding.ts';
import { moreOf } from '../observers/less-and-more.ts';
import {
  aCallerDiesFirst,
  aDriftingCount,
  innocentPeer,
  killedForAChain,
  neededSoon,
  toAndFro,
} from '../observers/memory.ts';
import { equalMachines, smallCluster, type World } from '../worlds.ts';

/** What follows from the words about memory: swapping, killing, and what an idle list says. */

const CALLS: World = {
  config: smallCluster({ machines: equalMachines(1, 1, 6, 4) }),
  weights: { arrival: 4, turn: 2, finish: 1, grow: 5, call: 4, time: 1 },
  mostDemandMb: 6,
  steps: 30,
};

const KILLING =
  'Swap has a limit, and where swapping is not enough the dispatcher kills. Which function it kills is not said; swapping takes the lowest first.';

export const MEMORY_FINDINGS: readonly TextFinding[] = [
  {
    id: 'a-callee-kills-its-caller',
    title: 'A callee kills its own caller, and goes on for no one',
    says: KILLING,
    section: '3.2',
    paragraph: 'Dispatcher, on killing; Interface, on call chains',
    reading: 'who-is-killed',
    scheduler: 'xx',
    shows: seen(aCallerDiesFirst),
    why: 'Caller and callee are of one class, and the caller, which is blocked, ranks below. So when the callee is placed, or grows, and memory is short, the caller is the first to die. The callee becomes an orphan: it runs on, in a high class, for an answer that is no longer awaited.',
    restored: 'No function is killed for memory while the one that it waits for lives on the same machine.',
    repair: {
      scheduler: 'xx-callee-before-caller',
      words: 'Kill the callee first: the caller wakes, learns of the failure, and can still answer.',
    },
    world: CALLS,
    workload: 'tight',
  },
  {
    id: 'a-hog-kills-its-peers',
    title: 'A hog of the lowest class kills its innocent peers',
    says: `${KILLING} No bound of memory has to be declared.`,
    section: '3.2',
    paragraph: 'Dispatcher, on killing',
    reading: 'who-is-killed',
    scheduler: 'xx',
    shows: seen(innocentPeer),
    why: 'Within a class the last to come dies first, whichever grows. A function of the lowest class that came early and grows without end kills all others of its class, one after the other, of any tenant, and is the last to die.',
    restored: 'No function of the lowest class there is killed because a larger one of its class has grown.',
    repair: {
      scheduler: 'xx-largest-of-the-lowest',
      words: 'Within the lowest class kill the one that uses most: the hog pays for itself.',
    },
    world: {
      config: smallCluster({ machines: equalMachines(1, 2, 6, 4) }),
      weights: { arrival: 4, finish: 1, grow: 5, time: 1 },
      mostDemandMb: 9,
      steps: 24,
    },
    workload: 'tight',
  },
  {
    id: 'a-drifting-count',
    title: 'An idle list that is updated for memory alone counts functions that are long gone',
    says: "A machine's entry gives its available memory and its number of functions, and is updated when the available memory has changed significantly. A shard takes the entry with the fewest functions.",
    section: '3.2',
    paragraph: 'Dispatcher, on updating the idle list',
    reading: 'when-an-entry-has-changed-significantly',
    scheduler: 'ignores-the-functions-drift',
    shows: seen(aDriftingCount),
    why: 'The shard counts its own placements. A small function that ends changes little memory, so the entry is not updated, and the count only grows: after many small functions an empty machine looks the busiest of all, and nothing puts that right.',
    restored: 'No entry says too many functions by the drift of functions or more.',
    repair: {
      scheduler: 'xx',
      words:
        'Update for the number of functions, too, which is what shards compare: the reading of this project.',
    },
    world: {
      config: smallCluster({
        machines: equalMachines(2, 1, 20, 0),
        idle: { enter: 10, leave: 5, memoryDrift: 10, functionsDrift: 3 },
      }),
      weights: { arrival: 4, finish: 4, time: 2 },
      leastRamMb: 10,
      mostDemandMb: 1,
      steps: 24,
    },
    workload: 'busy',
  },
  {
    id: 'killed-for-a-chain',
    title: 'A chain of blocked callers uses up RAM and swap, and another function dies for it',
    says: `${KILLING} Providers estimate swap by looking at memory utilization.`,
    section: '3.2',
    paragraph: 'Dispatcher, on killing; Interface, on call chains',
    reading: 'nothing-is-swapped-for-a-lower-class',
    scheduler: 'xx',
    shows: seen(killedForAChain),
    why: 'Each caller of a chain keeps what it uses until the last callee ends, so the chain holds the memory of all while one of them runs. It inherits its class, so others die for it first; and utilization looks high because nothing of it can run.',
    restored:
      'No function that neither calls nor was called is killed for memory that the blocked callers of one chain hold.',
    repair: {
      scheduler: 'xx-chain-pays',
      words:
        'The chain pays for itself: if what its blocked callers hold is more than is missing, its last callee is killed. That puts the length of a chain above its class, and a high chain can die for a low function.',
    },
    world: CALLS,
    workload: 'tight',
  },
  {
    id: 'swapped-and-needed-soon',
    title: 'What was swapped out because it would not run soon is swapped in while the high one still runs',
    says: 'The lowest class can be swapped out with the knowledge that it will not be needed soon, because it will not run until the high classes have all finished.',
    section: '3.2',
    paragraph: 'Dispatcher, on swapping',
    reading: 'nothing-is-swapped-for-a-lower-class',
    scheduler: 'xx',
    shows: seen(neededSoon),
    why: 'The reason holds only for one core, and for high functions that do not wait, shrink or share. On several cores the low function runs beside the high one as soon as there is memory, and it can go out and in as often as the high one grows and shrinks.',
    restored: 'No function that was swapped out for a higher class is swapped in while that one lives.',
    repair: null,
    world: {
      config: smallCluster({ machines: equalMachines(1, 2, 6, 12) }),
      weights: { arrival: 4, finish: 1, grow: 5, time: 2 },
      mostDemandMb: 6,
      steps: 24,
    },
    workload: 'tight',
  },
  {
    id: 'to-and-fro',
    title:
      'How often one function is preempted, swapped out and in again is bounded by who comes, and by nothing else',
    says: 'Lower classes are preempted for higher ones, and swapped out under pressure. Nothing is said of how often.',
    section: '3.2',
    paragraph: 'Machine Scheduler; Dispatcher, on swapping',
    reading: 'when-memory-comes-back',
    scheduler: 'xx',
    shows: seen(toAndFro),
    why: 'Each higher function that comes, wakes, grows or shrinks can push it aside once and give it its core back. What has run so far is kept, but each time its pages go to swap and back, and it does not get on meanwhile. That it is pushed aside no more often than something comes that can do so is a property of its own, `bounded-preemption`, which is judged on request.',
    restored: 'No function is preempted three times and swapped out and in on the way.',
    repair: {
      scheduler: 'never-preempts',
      runsOthers: true,
      words:
        'What bounds it without counting who comes is not to take a core from who has one. That gives up the first aim of XX, to run higher classes first.',
    },
    world: {
      config: smallCluster({ machines: equalMachines(1, 1, 6, 12) }),
      weights: { arrival: 5, finish: 4, grow: 5, time: 1 },
      mostDemandMb: 6,
      steps: 40,
    },
    workload: 'busy',
  },
  ...(['ram', 'swap'] as const).map(
    (what): TextFinding => ({
      id: `more-${what}-kills`,
      title: `With more ${what === 'ram' ? 'RAM' : 'swap'} a function is killed that is not killed with less`,
      says: 'Memory is there to be used, and swap is cheap: with enough of it kills are very rare.',
      section: '3.2',
      paragraph: 'Dispatcher, on killing',
      reading: 'who-is-killed',
      scheduler: 'xx',
      shows: moreOf(what),
      why: 'Where memory is short a function dies early, and there is room for all that come later. Where there is a little more that one lives on and is in the way of a later one, which dies in its place, for it came last. Kills are decided by what is demanded now; to prevent it XX would have to know what a function is going to use, which the paper does not want to ask for.',
      restored: 'Who is not killed on some machine is not killed on a larger one.',
      repair: null,
      world: {
        config: smallCluster({ machines: equalMachines(1, 2, 6, 4) }),
        weights: { arrival: 4, finish: 2, grow: 6, time: 1 },
        mostDemandMb: 6,
        steps: 16,
      },
      workload: 'tight',
    }),
  ),
];
