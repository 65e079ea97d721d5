import { seen, type TextFinding } from '../finding.ts';
import { lowLoadIsFelt } from '../observers/interference.ts';
import { aMachineMoreDelays } from '../observers/less-and-more.ts';
import { aStallSpreads } from '../observers/memory.ts';
import {
  aTrap,
  behindItsEquals,
  killedBesideRoom,
  killedForANewcomer,
  stranded,
  strandedAfterPreemption,
  withoutACore,
} from '../observers/placement.ts';
import { equalMachines, smallCluster, type World } from '../worlds.ts';

/** What follows from the words about where a function is placed. */

/** Ample memory, and functions that are placed when they come. */
const AMPLE: World = {
  config: smallCluster({ machines: equalMachines(2, 1, 100, 0) }),
  weights: { arrival: 5, finish: 2, time: 3 },
  leastRamMb: 10,
  mostDemandMb: 1,
  steps: 24,
};

const TIGHT: World = {
  config: smallCluster(),
  weights: { arrival: 5, finish: 1, grow: 5, time: 1 },
  mostDemandMb: 9,
  steps: 30,
};

const FEWEST =
  'Without an idle list the shard asks k machines for the number of functions that run there and takes the machine with the fewest.';

export const PLACEMENT_FINDINGS: readonly TextFinding[] = [
  {
    id: 'choice-by-number-alone',
    title: 'A high-class function queues behind its equals while another machine runs only low ones',
    says: `${FEWEST} XX prefers higher classes, and preempts lower ones when it must.`,
    section: '3.2',
    paragraph: 'Global Scheduler Shards, on polling',
    reading: 'the-choice-of-a-machine-does-not-look-at-classes',
    scheduler: 'xx',
    shows: seen(behindItsEquals),
    why: 'A number of functions says nothing of their classes. To a high function a machine full of low ones is free, since it preempts them, and one with a single high one is taken; the number says the opposite.',
    restored:
      'No function is placed by a poll to wait behind its own class or higher ones while a polled machine runs only lower ones and has the memory.',
    repair: {
      scheduler: 'xx-class-aware-polling',
      words: 'Count only those of the same class and of higher ones, since only they go before the newcomer.',
    },
    world: AMPLE,
    workload: 'busy',
  },
  {
    id: 'idle-by-memory-alone',
    title: 'An idle list sends a function to a machine without a free core, past one that has one',
    says: 'A machine is idle, and on an idle list, when much of its memory is available; a shard whose list is not empty places there. The list is there so that high classes are placed fast.',
    section: '3.2',
    paragraph: 'Idle list; Global Scheduler Shards, on the idle list',
    reading: 'idle-means-free-memory',
    scheduler: 'xx',
    shows: seen(withoutACore),
    why: 'Functions that use little memory can take all cores of a machine that still has much available. It stays on the list, and a machine on a list comes before any poll; a machine with free cores and less memory is not on it.',
    restored:
      'No function that an idle list places waits for a core while a core of another machine, with the memory, is free.',
    repair: {
      scheduler: 'xx-listed-with-a-core',
      words: 'List a machine only while fewer functions live there than it has cores, too.',
    },
    world: {
      config: smallCluster({
        machines: [
          { cores: 1, ram: 20, swap: 0 },
          { cores: 2, ram: 8, swap: 0 },
        ],
        idle: { enter: 8, leave: 4, memoryDrift: 1, functionsDrift: 1 },
      }),
      weights: { arrival: 5, finish: 2, grow: 3, time: 3 },
      mostDemandMb: 4,
      steps: 24,
    },
    workload: 'busy',
  },
  {
    id: 'stranded-low-class',
    title: 'Low-class functions are stranded behind a busy machine while another is empty',
    says: 'A function is bound to a machine when it is placed. Low classes may starve for high ones, and are placed once they have waited for a while.',
    section: '3.2',
    paragraph: 'Machine Scheduler; Global Scheduler Shards',
    reading: 'whether-low-classes-starve',
    scheduler: 'xx',
    shows: seen(stranded),
    why: 'Binding is early, and final. When it was placed the machine was as good as any; then the other one became empty. It waits not for higher classes, which is what the paper wants, but for having been bound: no other function would lose if it ran.',
    restored:
      'No function of the lowest class that has never run waits on a machine while another one is empty.',
    repair: {
      scheduler: 'xx-late-binding',
      words:
        'Bind late: a function stays in the queue of its shard, where it grows older, until a machine would run it at once. (It then places in the step in which a core comes free, so that what it costs is measured without the time of turns.)',
    },
    world: AMPLE,
    workload: 'busy',
  },
  {
    id: 'stranded-after-preemption',
    title: 'A function that was preempted waits for its machine while another is empty',
    says: 'The machine scheduler preempts lower classes for higher ones. Nothing moves a function to another machine.',
    section: '3.2',
    paragraph: 'Machine Scheduler',
    reading: null,
    scheduler: 'xx',
    shows: seen(strandedAfterPreemption),
    why: 'The same as before, of one that has begun. Late binding does not help it. To help it XX would have to move or to restart what runs: no decision of the paper does that.',
    restored: 'No function that was preempted waits while another machine is empty.',
    repair: null,
    world: AMPLE,
    workload: 'busy',
  },
  {
    id: 'low-load-is-felt',
    title: 'Low-class load changes when high-class functions start, across machines',
    says: 'Latency-sensitive functions are not blocked behind background ones; the latencies of high classes stay stable under load.',
    section: '1, 4.2',
    paragraph: 'the proposal; the result of figure 3',
    reading: 'the-choice-of-a-machine-does-not-look-at-classes',
    scheduler: 'xx',
    shows: lowLoadIsFelt,
    why: 'On one machine lower classes change nothing for higher ones, as long as memory is ample. But they count where a machine is chosen: low functions on an otherwise better machine send a high one to a worse one, behind its equals.',
    restored:
      'With ample memory, equal machines, polls of all machines and a turn for each arrival, no function of a class above the lowest starts later with the functions of the lowest than without them.',
    repair: {
      scheduler: 'xx-class-aware-polling',
      words:
        'The same as for the choice by number alone: a function that does not count those below it cannot feel them. Ties go to the first machine, since whatever else broke them could count lower ones again.',
    },
    world: AMPLE,
    workload: 'busy',
  },
  {
    id: 'killed-for-a-newcomer',
    title: 'A placement kills a function although another machine has room',
    says: 'The dispatcher swaps when it can and kills when that is not enough; swap is cheap, so that kills are very rare.',
    section: '3.2',
    paragraph: 'Dispatcher, on killing; Global Scheduler Shards, on polling',
    reading: 'the-choice-of-a-machine-does-not-look-at-classes',
    scheduler: 'xx',
    shows: seen(killedForANewcomer),
    why: 'Where the fewest functions are need not be memory: one large function is fewer than two small ones. The newcomer is what makes RAM and swap overflow, and the lowest on that machine dies for it.',
    restored: 'No function is killed for a newcomer while a polled machine has room for it in RAM and swap.',
    repair: {
      scheduler: 'xx-room-first',
      words:
        'Of the machines polled, take one on which no function has to die; among those, the fewest as before.',
    },
    world: TIGHT,
    workload: 'tight',
  },
  {
    id: 'an-empty-machine-that-kills',
    title:
      'A machine whose memory others use is always empty, so that it attracts every arrival and kills it',
    says: `${FEWEST} Memory antagonists, which use a machine's memory beside the functions, are mentioned where idle lists are updated.`,
    section: '3.2',
    paragraph: 'Dispatcher, on memory antagonists; Global Scheduler Shards, on polling',
    reading: 'one-that-can-never-fit',
    scheduler: 'xx',
    shows: seen(aTrap),
    why: 'What is placed there does not fit and is killed at once, so the machine has no functions, so it has the fewest, so the next one goes there too. It leaves the idle list for want of memory; a poll does not ask for memory. One such machine among those polled kills every arrival.',
    restored: 'No function is killed by itself where it is placed while a polled machine has room for it.',
    repair: {
      scheduler: 'xx-room-first',
      words: 'The same as before: a machine without room comes after all that have some.',
    },
    world: {
      config: smallCluster({ machines: equalMachines(2, 1, 6, 0) }),
      weights: { arrival: 5, finish: 2, grow: 1, antagonist: 2, time: 1 },
      mostDemandMb: 3,
      steps: 24,
    },
    workload: 'tight',
  },
  {
    id: 'high-killed-beside-low',
    title: 'A high-class function is killed on one machine while another runs only low ones and has room',
    says: 'Swapping and killing take the lowest class first; providers can make kills very rare.',
    section: '3.2',
    paragraph: 'Dispatcher, on swapping and killing',
    reading: 'who-is-killed',
    scheduler: 'xx',
    shows: seen(killedBesideRoom),
    why: 'The order of classes holds on a machine. Nothing compares classes across machines once functions are placed, so where memory is short the highest class dies for growing on the wrong machine.',
    restored:
      'No function of the highest class is killed for memory when one grows while another machine has room and runs only lower ones.',
    repair: null,
    world: { ...TIGHT, config: smallCluster({ machines: equalMachines(2, 2, 6, 4) }), steps: 40 },
    workload: 'tight',
  },
  {
    id: 'a-stall-spreads',
    title: 'A busy machine stalls another one, through a caller that is blocked there',
    says: 'A callee has its caller’s class, so that no function waits for a lower class. The lowest classes are swapped out, since they will not run until the high ones have finished.',
    section: '3.1, 3.2',
    paragraph: 'Interface, on call chains; Dispatcher, on swapping',
    reading: 'nothing-is-swapped-for-a-lower-class',
    scheduler: 'xx',
    shows: seen(aStallSpreads),
    why: 'A caller that waits keeps its memory, since nothing is swapped out for a lower class. Its callee was placed elsewhere and waits there behind its equals. Until that machine gets to it, cores here are free and memory is there, and lower functions may not have it.',
    restored:
      'No core is free while a function could run but for the memory of a blocked caller whose callee waits on another machine.',
    repair: {
      scheduler: 'backfills-into-memory-of-the-blocked',
      words:
        'Let lower classes have the memory of the blocked, which are swapped in again when they wake. That is what the sentence on the lowest classes does not allow, and a wake then takes as long as the swap.',
    },
    world: {
      config: smallCluster({ machines: equalMachines(2, 1, 6, 12) }),
      weights: { arrival: 5, turn: 2, finish: 1, grow: 4, call: 3, time: 2 },
      mostDemandMb: 6,
      steps: 30,
    },
    workload: 'tight',
  },
  {
    id: 'a-machine-more-delays',
    title: 'With one machine more a function of the highest class starts later',
    says: 'Providers can tell how much hardware they need from the load of high classes. The paper takes for granted that more of it makes no high function slower.',
    section: '3',
    paragraph: 'Approach, on provisioning',
    reading: 'what-is-counted-on-a-machine',
    scheduler: 'xx',
    shows: aMachineMoreDelays,
    why: 'A machine is chosen by how many functions it has, of whatever class, and not by how long they will run. With another machine the ones before go elsewhere, the counts are others, and a function can end up behind a long one that it would have missed. Greedy assignment to machines is known for such anomalies (Graham 1969).',
    restored:
      'With ample memory and equal machines no function of the highest class starts later with one machine more.',
    repair: {
      scheduler: 'xx-late-binding',
      words:
        'Bind late, as above: the next function goes to the first core that comes free, wherever that is.',
    },
    world: { ...AMPLE, config: smallCluster({ machines: equalMachines(3, 1, 100, 0) }) },
    workload: 'busy',
  },
];
