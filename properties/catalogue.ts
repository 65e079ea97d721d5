import { kindOfRule, RULES } from '../model/rules/index.ts';
import { ON_REQUEST } from './on-request/catalogue.ts';
import type { Property, PropertyId, StatisticalPropertyId } from './property.ts';

export type {
  DerivedPropertyId,
  OnRequestId,
  Property,
  PropertyId,
  PropertyKind,
  StatisticalPropertyId,
} from './property.ts';

const DERIVED: readonly Property[] = [
  {
    id: 'no-priority-inversion',
    name: 'no priority inversion',
    sentence:
      'An invocation that is ready and wholly in RAM waits only while every core of its machine runs one of higher rank, and none shares a core with one of a lower class.',
    kind: 'safety',
    section: '3.2',
    premise: 'somebody is ready and wholly in RAM, and waits; or more run than there are cores',
    rules: ['run-the-highest', 'start-highest', 'preempt-outranked', 'inherit'],
    judgedIn: 'properties/checkers/priority.ts',
  },
  {
    id: 'bounded-low-class-starvation',
    name: 'bounded low-class starvation',
    sentence:
      'At a shard, an invocation of a higher class that arrived later is placed first only if it arrived soon enough: the wait of the lower one, times the difference of the prices, is at least the higher price times how much later it arrived.',
    kind: 'safety',
    section: '3.2',
    premise: 'a newcomer of a higher class is placed before one of a lower class that came earlier',
    rules: ['place-greatest', 'bounded-overtaking'],
    judgedIn: 'properties/checkers/starvation.ts',
  },
  {
    id: 'memory-never-exceeds-ram-plus-swap',
    name: 'memory never exceeding RAM plus swap',
    sentence: 'On every machine what is resident fits into RAM, and the rest into swap.',
    kind: 'safety',
    section: '3.2',
    premise: 'the demands on a machine exceed the RAM that an antagonist leaves it',
    rules: ['memory-bound', 'kill-iff', 'page-out-lowest'],
    judgedIn: 'properties/checkers/memory.ts',
  },
  {
    id: 'kills-are-the-last-resort',
    name: 'kills are the last resort, lowest first',
    sentence:
      'An invocation is killed for memory only when RAM and swap together cannot hold what lives on its machine, and no invocation of a lower class lives there.',
    kind: 'safety',
    section: '3.2',
    premise: 'somebody is killed for memory',
    rules: ['kill-iff'],
    judgedIn: 'properties/checkers/ledger.ts',
  },
  {
    id: 'nothing-swapped-for-a-lower-class',
    name: 'nothing swapped for a lower class',
    sentence:
      'If an invocation that could run loses RAM to swap, no invocation of a lower class holds RAM on that machine when the step ends.',
    kind: 'safety',
    section: '3.2',
    premise: 'one that could run loses RAM to swap on a machine where somebody of a lower class lives',
    rules: ['page-out-lowest', 'run-the-highest'],
    judgedIn: 'properties/checkers/memory.ts',
  },
  {
    id: 'will-run-runs',
    name: 'who will run runs',
    sentence:
      'Where paging takes time, all who will run on a machine run when, with nothing else that happens there, as many transfers have ended as its disk had MB to move, and one more.',
    kind: 'safety',
    section: '3.2',
    formula: ['after n ends of transfers alone: W(m) runs, or something is in flight and n ≤ Φ(m)'],
    premise: 'one that will run waits for its memory',
    inTime: true,
    rules: ['disk-works', 'grant-to-run', 'run-the-highest', 'page-in-to-run', 'page-out-lowest'],
    judgedIn: 'properties/checkers/paging/will-run-runs.ts',
  },
  {
    id: 'no-thrash',
    name: 'no transfer undoes another one',
    sentence:
      'Where paging takes time, and nothing but transfers happens on a machine, each that begins leaves its disk as many MB less to move as it moves, and no memory of one goes both ways.',
    kind: 'safety',
    section: '3.2',
    formula: [
      'Φ(m) falls by memory with each pageIn and pageOut',
      'no pageIn i after a pageOut i, or before one',
    ],
    premise: 'a transfer begins',
    inTime: true,
    rules: ['page-in-to-run', 'page-out-lowest', 'grant-to-run'],
    judgedIn: 'properties/checkers/paging/no-thrash.ts',
  },
  {
    id: 'disk-priority',
    name: 'the disk works for the highest',
    sentence:
      'Where paging takes time, a disk brings in no memory but that of the highest that will run and waits for some, and takes out no more than that one needs, rounded up to whole chunks.',
    kind: 'safety',
    section: '3.2',
    formula: [
      'i = highest of W(m) that waits; need = lack(i) − (RAM′ − Σ kept) when the disk turns to i',
      'pageIn j: j = i',
      'pageOut: at most need of them, of less than need + chunk together',
    ],
    premise: 'a transfer begins while one that will run waits for its memory',
    inTime: true,
    rules: ['page-in-to-run', 'page-out-lowest'],
    judgedIn: 'properties/checkers/paging/disk-priority.ts',
  },
  {
    id: 'steady',
    name: 'paging decides nothing',
    sentence:
      'Where paging takes time, the will-run set of a machine is the same before memory is given or moved there, and after that.',
    kind: 'safety',
    section: '3.2',
    formula: ['W(m) before = W(m) after each allocate, pageIn, pageOut, paged'],
    premise: 'memory is given or moved on a machine where somebody is not in the will-run set',
    inTime: true,
    rules: ['page-out-lowest', 'page-in-to-run', 'grant-to-run'],
    judgedIn: 'properties/checkers/paging/steady.ts',
  },
  {
    id: 'lent',
    name: 'cores are only lent',
    sentence:
      'Where paging takes time, at most as many run outside the will-run set of a machine as members of it wait for their memory, and only if the set has a member for every core.',
    kind: 'safety',
    section: '3.2',
    formula: [
      'F = those that run outside W(m); F ≠ ∅: |W(m)| = cores and |F| ≤ |{i ∈ W(m): resident < demand}|',
    ],
    premise: 'one of the will-run set waits for its memory, or somebody runs who is not in it',
    inTime: true,
    rules: ['run-the-highest', 'start-highest', 'preempt-outranked'],
    judgedIn: 'properties/checkers/paging/lent.ts',
  },
  {
    id: 'conservation',
    name: 'conservation',
    sentence:
      'Every invocation is in exactly one place, and those submitted are exactly those that have ended and those that live.',
    kind: 'safety',
    section: '3.2',
    premise: 'somebody has ended',
    rules: ['answered', 'admit'],
    judgedIn: 'properties/checkers/ledger.ts',
  },
  {
    id: 'everything-drains',
    name: 'everything drains',
    sentence:
      'Once submissions stop, antagonists leave, and running invocations finish, every invocation ends in a bounded number of steps.',
    kind: 'liveness',
    section: '3.2',
    premise: 'a run that leaves somebody live is drained',
    rules: ['answered', 'run-the-highest'],
    judgedIn: 'properties/play/drain.ts',
  },
  {
    id: 'determinism',
    name: 'determinism',
    sentence: 'The same scenario gives the same decisions, byte for byte.',
    kind: 'metamorphic',
    section: '3.2',
    premise: 'a scenario is played twice',
    rules: [],
    judgedIn: 'properties/play/reruns.ts',
  },
  {
    id: 'immer-equals-direct',
    name: 'immer and direct runs agree',
    sentence: 'A scheduler that keeps immutable snapshots takes the same decisions as one that does not.',
    kind: 'metamorphic',
    section: '3.2',
    premise: 'a scenario is played in both ways',
    rules: [],
    judgedIn: 'properties/play/reruns.ts',
  },
  {
    id: 'pages-in-parts',
    name: 'pages may move in parts',
    sentence: 'Memory that may move to swap or back at once may also move in several parts.',
    kind: 'metamorphic',
    section: '3.2',
    premise: 'a trace in which 2 MB or more move at once is judged again, with what moves in two parts',
    ofTheModel: true,
    rules: ['page-out-lowest', 'page-in-to-run'],
    judgedIn: 'properties/checkers/pages-in-parts.test.ts',
  },
  {
    id: 'refuses-alike',
    name: 'the same scenarios are refused',
    sentence:
      'A stimulus is refused exactly when the model calls it impossible, and a refused one changes nothing.',
    kind: 'safety',
    section: '3.2',
    premise: 'an impossible stimulus is offered',
    rules: [],
    judgedIn: 'properties/play/referee.ts',
  },
  {
    id: 'stays-exact',
    name: 'sums stay exact',
    sentence:
      'If a sum that is due in a step leaves the integers up to 2⁵³ − 1, the stimulus is refused, which changes nothing.',
    kind: 'safety',
    section: '3.2',
    premise: 'a sum that is due leaves the integers up to 2⁵³ − 1',
    rules: [],
    judgedIn: 'properties/play/referee.ts',
  },
];

/**
 * Every property: the three headline claims first, then what else goes beyond one rule, then the rules, and at last what
 * is judged on request.
 */
export const CATALOGUE: readonly Property[] = [
  ...DERIVED,
  ...RULES.map(
    (rule): Property => ({
      id: rule.id,
      name: rule.id,
      sentence: rule.sentence,
      kind: kindOfRule(rule.id),
      section: rule.section,
      premise: rule.premise,
      ...(rule.inTime === true ? { inTime: true } : {}),
      rules: [rule.id],
      judgedIn: 'model/rules',
    }),
  ),
  ...ON_REQUEST,
];

const THEORY: Pick<Property, 'kind' | 'section' | 'rules' | 'judgedIn'> = {
  kind: 'statistical',
  section: '4.1',
  rules: [],
  judgedIn: 'properties/theory/laws.ts',
};

/** What makes the simulator worth believing: it meets the closed forms of queueing theory (docs/theory.md). */
export const STATISTICAL: readonly Property<StatisticalPropertyId>[] = [
  {
    ...THEORY,
    id: 'processor-sharing',
    name: 'M/G/1 processor sharing',
    sentence:
      'If functions share one core equally, one of size x takes x/(1 − ρ) on average, whatever the distribution.',
    premise: 'Hermod plays one machine of one core',
  },
  {
    ...THEORY,
    id: 'preemptive-priorities',
    name: 'M/G/1 preemptive-resume priorities',
    sentence: 'On one core, the mean latency of each class is that of preemptive-resume priorities.',
    premise: 'XX plays one machine of one core, with several classes and ample memory',
  },
  {
    ...THEORY,
    id: 'delay-dependent',
    name: 'M/G/1 delay-dependent priorities',
    sentence: "At one shard whose turns take time, the mean wait of each class is Kleinrock's of 1964.",
    premise: 'XX plays one shard whose turns take time, with several classes',
  },
  {
    ...THEORY,
    id: 'erlang-c',
    name: 'M/M/c',
    sentence: 'With one class on c cores, the mean wait is that of the formula of Erlang C.',
    premise: 'XX plays one machine of several cores, with one class and ample memory',
  },
  {
    ...THEORY,
    id: 'least-attained-service',
    name: 'M/G/1 least attained service',
    sentence:
      'On one core that goes to the least attained, the mean latency is that of foreground-background, for small sizes and for large ones.',
    premise: 'Kairos plays one machine of one core, with one class',
  },
  {
    ...THEORY,
    id: 'shortest-remaining',
    name: 'M/G/1 shortest remaining processing time',
    sentence:
      'On one core that goes to the shortest remaining run, the mean latency is that of Schrage and Miller, for small sizes and for large ones.',
    premise: 'the oracle of ALPS plays one machine of one core, with one class',
  },
  {
    ...THEORY,
    id: 'power-of-choices',
    name: 'the power of d choices',
    sentence:
      'On many cores, each shared by those that were placed there, where each arrival goes to the least loaded of d, the mean latency is that of the mean field.',
    premise: 'Hermod plays many machines of one core',
  },
  {
    ...THEORY,
    id: 'join-idle-queue',
    name: 'Join-Idle-Queue in the limit',
    sentence:
      'On many cores at a load below 1, an arrival that takes an idle one if there is any does not wait.',
    premise: 'Join-Idle-Queue plays many machines of one core, with one dispatcher',
  },
  {
    ...THEORY,
    id: 'join-the-shortest-queue',
    name: 'the shortest queue in the limit',
    sentence: 'On many cores at a load below 1, an arrival that goes to the shortest queue does not wait.',
    premise: 'XX without idle lists plays many machines of one core, and polls all',
  },
  {
    ...THEORY,
    id: 'disk-queue',
    name: 'the disk as a queue',
    sentence: 'Where each arrival needs one transfer, its mean wait for the disk is that of M/D/1.',
    premise: 'XX plays a machine whose RAM is full, and where paging takes time',
  },
  {
    ...THEORY,
    id: 'littles-law',
    name: "Little's law",
    sentence: 'In every run, the functions in the system over time add up to the sum of all latencies.',
    premise: 'a workload is played until nobody is left',
  },
];

/** The entry of a property. */
export function propertyOf(id: PropertyId): Property {
  return CATALOGUE[PROPERTY_INDEX[id]]!;
}

/** The number of each property in {@link CATALOGUE}: the index of premise counters. */
export const PROPERTY_INDEX = Object.fromEntries(
  CATALOGUE.map((property, index) => [property.id, index]),
) as Record<PropertyId, number>;
