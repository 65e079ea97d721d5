import { seen, type TextFinding } from '../finding.ts';
import {
  aDegradedPage,
  agingUndone,
  liftedByACall,
  liftedByATrigger,
  lostItsTurn,
  spentTenfold,
} from '../observers/classes.ts';
import { equalMachines, smallCluster, THREE_CLASSES, type World } from '../worlds.ts';

/** What follows from the words about classes: inheritance, budgets, and whom a machine serves. */

const ONE_CORE = equalMachines(1, 1, 100, 0);

const TWO_TENANTS: World = {
  config: smallCluster({
    classes: THREE_CLASSES,
    machines: ONE_CORE,
    tenants: [{ budget: null }, { budget: null }],
  }),
  weights: { arrival: 5, turn: 2, finish: 1, call: 4, time: 3 },
  leastRamMb: 10,
  mostDemandMb: 1,
  steps: 24,
};

export const CLASS_FINDINGS: readonly TextFinding[] = [
  {
    id: 'triggers-that-inherit',
    title: 'If triggers inherit, background work that a page fires goes before pages',
    says: 'Classes are inherited across call chains, so that a high function never waits for a low one.',
    section: '3.1',
    paragraph: 'Interface, on inheritance',
    reading: 'firing-without-waiting',
    scheduler: 'xx-triggers-inherit',
    shows: seen(liftedByATrigger),
    why: 'No function waits for what is fired and forgotten, so nothing is inverted that inheritance could put right. In the class of the page it competes with pages, first come, first served. A scenario does not say who fired what: a submission counts as fired by the highest function of its tenant that runs then.',
    restored: 'No function waits behind work that was fired as a lower class and for which none waits.',
    repair: {
      scheduler: 'xx',
      words: 'Only calls inherit, for which a caller waits: the reading of this project.',
    },
    world: {
      config: smallCluster({ machines: ONE_CORE }),
      weights: { arrival: 5, finish: 2, time: 3 },
      leastRamMb: 10,
      mostDemandMb: 1,
      steps: 24,
    },
    workload: 'busy',
  },
  {
    id: 'aging-undone',
    title: 'What a function wins at a shard by waiting, it loses on its machine',
    says: 'A shard places low classes that have waited for a while before high ones. A machine scheduler starves low classes, on purpose.',
    section: '3.2',
    paragraph: 'Machine Scheduler; Global Scheduler Shards, on which function is placed next',
    reading: 'whether-low-classes-starve',
    scheduler: 'xx',
    shows: seen(agingUndone),
    why: 'Age counts at the shard alone. A low function that was placed before a high one then waits on its machine for that same high one. The high one has waited a turn longer and the low one is not served earlier: the turn was wasted on both.',
    restored:
      'No function that was placed before a higher class for its age waits for it on its machine, unless that one has won against a class higher still.',
    repair: {
      scheduler: 'xx-age-counts-on-machines',
      words:
        'Who wins a turn against a higher class ranks with that class on its machine. Low classes then do run, and high ones wait for them.',
    },
    world: {
      config: smallCluster({ machines: ONE_CORE }),
      weights: { submit: 5, turn: 4, finish: 2, time: 3 },
      leastRamMb: 10,
      mostDemandMb: 1,
      steps: 30,
    },
    workload: 'busy',
  },
  {
    id: 'a-degraded-page',
    title: 'A page whose tenant is ahead of its budget waits behind background work',
    says: 'A budget is a guideline. If usage is not within reason, invocations are throttled or served worse.',
    section: '3.1',
    paragraph: 'Interface, on budgets',
    reading: 'throttled-or-degraded',
    scheduler: 'xx',
    shows: seen(aDegradedPage),
    why: 'Background work of a tenant spends its budget as pages do. Once it is ahead of its pace its pages are of the lowest class, and first come, first served among background work, its own and that of others: the page suffers for what it has not spent.',
    restored:
      'No page of the highest class that was degraded waits behind work that was asked for in the lowest.',
    repair: {
      scheduler: 'xx-one-class-down',
      words: 'Degrade by one class, and not to the lowest: worse service, but still before background work.',
    },
    world: {
      config: smallCluster({
        classes: THREE_CLASSES,
        machines: ONE_CORE,
        tenants: [{ budget: 40, period: 40, burstPercent: 0 }, { budget: null }],
      }),
      weights: { arrival: 5, finish: 2, time: 4 },
      leastRamMb: 10,
      mostDemandMb: 1,
      steps: 24,
    },
    workload: 'budgeted',
  },
  {
    id: 'a-budget-stops-nothing-that-runs',
    title: 'A budget stops nothing that runs, so that one bug spends it many times over',
    says: 'Developers set a monthly budget against unexpected costs, as from an attack or a bug. It is a guideline: it may be exceeded by small amounts.',
    section: '3.1',
    paragraph: 'Interface, on budgets',
    reading: 'throttled-or-degraded',
    scheduler: 'xx',
    shows: seen(spentTenfold),
    why: 'A budget is asked when an invocation comes in, and never again. A function that does not end, or that calls itself again and again, since callees are never throttled, was admitted while there was some; the amount by which it exceeds the budget is not small but without limit. This is the bug that the budget is there for.',
    restored: 'No tenant of which a function runs has spent ten times its budget of a period.',
    repair: null,
    world: {
      config: smallCluster({
        machines: ONE_CORE,
        tenants: [{ budget: 4, period: 100, burstPercent: 0 }],
      }),
      weights: { arrival: 5, finish: 2, time: 4 },
      leastRamMb: 10,
      mostDemandMb: 1,
      steps: 24,
    },
    workload: 'budgeted',
  },
  {
    id: 'a-lifted-chain',
    title: 'A small page that calls background work lifts it into the highest class',
    says: 'A callee of a high function runs in the high class, whatever it asked for, to avoid priority inversion.',
    section: '3.1',
    paragraph: 'Interface, on inheritance',
    reading: 'who-pays-for-an-inherited-class',
    scheduler: 'xx',
    shows: seen(liftedByACall),
    why: 'Inheritance has no end. A tenant that wants background work done now lets a page call it, and pages of other tenants wait behind it. The price of the high class is paid, which limits it, but no more than it limits any page.',
    restored:
      'No page of the highest class of another tenant waits behind a callee that was asked for in the lowest.',
    repair: {
      scheduler: 'inherits-one-class-less',
      words:
        'A callee inherits one class less than its caller has, so that it goes before background work and after pages. That lets the caller wait for a lower class again, by one.',
    },
    world: TWO_TENANTS,
    workload: 'busy',
  },
  {
    id: 'an-answer-costs-the-turn',
    title: 'A page that has called waits behind pages that came after it',
    says: 'Within a class machines serve first come, first served, which matches SCHED_FIFO of Linux.',
    section: '3.2',
    paragraph: 'Machine Scheduler',
    reading: 'first-come-first-served',
    scheduler: 'xx',
    shows: seen(lostItsTurn),
    why: 'The two halves of the sentence are not the same. SCHED_FIFO puts one that wakes at the end of its list. So each call costs a page its turn, and one of many calls, such as a web page is, waits behind newcomers after each of them.',
    restored:
      'No function that was answered waits behind one of its class that came after it and has not waited for an answer.',
    repair: {
      scheduler: 'keeps-its-turn-on-waking',
      words: 'One that wakes goes back where it stood: first come, first served, and not SCHED_FIFO.',
    },
    world: TWO_TENANTS,
    workload: 'busy',
  },
];
