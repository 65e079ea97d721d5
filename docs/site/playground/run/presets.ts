import type { Stimulus, TimedStimulus } from '../../../../model/alphabet.ts';
import type { Configuration } from '../../../../model/configuration.ts';
import { type Session, sessionOf } from './session.ts';

/** Tables to begin with: what XX is for, and what it does where things go wrong. */

export interface Preset {
  /** As an address has it. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly session: Session;
}

const CLUSTER: Configuration = {
  classes: [
    { name: 'low', price: 1 },
    { name: 'high', price: 4 },
  ],
  memoryPrice: 0,
  machines: [{ cores: 1, ram: 300, swap: 200 }],
  shards: 1,
  kMachines: 1,
  kShards: 1,
  initialMemory: 100,
  idle: { enter: 100, leave: 50, memoryDrift: 100, functionsDrift: 2 },
  maxAttempts: 3,
  seed: 1,
  tenants: [{ budget: null }],
};

const submit = (id: number, name: string, priceClass: number): Stimulus => ({
  ...{ type: 'submit', id, tenant: 0, function: name, class: priceClass, shard: 0 },
});
const TURN: Stimulus = { type: 'turn', shard: 0 };

const PAGE_VIEW: readonly TimedStimulus[] = timed([
  [0, { type: 'boot' }],
  [0, submit(1, 'resize-image', 0)],
  [1, TURN],
  [5, { type: 'resize', id: 1, demand: 250 }],
  [8, submit(2, 'home-page', 1)],
  [9, TURN],
  [29, { type: 'finish', id: 2 }],
]);

/** The same where both fit into RAM: all that is to be decided is who runs. */
const ROOM_FOR_BOTH = PAGE_VIEW.filter(({ stimulus }) => stimulus.type !== 'resize');

const CRASH: readonly TimedStimulus[] = timed([
  [0, { type: 'boot' }],
  [0, submit(0, 'home-page', 1)],
  [0, TURN],
  [1, submit(1, 'batch', 0)],
  [1, TURN],
  [4, { type: 'call', caller: 0, id: 2, function: 'prices', class: 0, shard: 0 }],
  [5, TURN],
  [9, { type: 'crash', machine: 0 }],
  [10, TURN],
  [11, TURN],
  [20, { type: 'join', machine: 0, cores: 1, ram: 300, swap: 200 }],
  [21, TURN],
]);

const BUDGET: readonly TimedStimulus[] = timed([
  [0, { type: 'boot' }],
  [0, submit(0, 'home-page', 1)],
  [0, TURN],
  [20, submit(1, 'home-page', 1)],
  [21, TURN],
  [30, { type: 'finish', id: 0 }],
  [45, submit(2, 'home-page', 1)],
  [100, submit(3, 'home-page', 1)],
  [1001, submit(4, 'home-page', 1)],
]);

const PAIR = [CLUSTER.machines[0]!, CLUSTER.machines[0]!];

/** The first is what the page opens with. */
export const PRESETS: readonly Preset[] = [
  presetOf(
    'page-view',
    'A page view under memory pressure',
    'A page comes while a batch job has the core and most of the memory: XX preempts it and moves a part of it to swap.',
    { config: CLUSTER, stimuli: PAGE_VIEW },
    'xx',
  ),
  presetOf(
    'inversion',
    'A priority inversion',
    'A page waits for a batch job, since its scheduler never preempts: the judge refuses that.',
    {
      // Entries may be off, so that nothing else is due.
      config: { ...CLUSTER, idle: { ...CLUSTER.idle, memoryDrift: 1000, functionsDrift: 10 } },
      stimuli: ROOM_FOR_BOTH,
    },
    'never-preempts',
  ),
  presetOf(
    'crash',
    'A crash',
    'A machine fails while a page waits for what it has called: both are tried again elsewhere.',
    { config: { ...CLUSTER, machines: PAIR, kMachines: 2 }, stimuli: CRASH },
    'xx',
  ),
  presetOf(
    'budget',
    'A budget spent',
    'A tenant spends faster than its budget lets it: first its functions are degraded, then throttled, until the next period.',
    {
      config: {
        ...CLUSTER,
        machines: [{ cores: 2, ram: 300, swap: 200 }],
        tenants: [{ budget: 120, period: 1000, burstPercent: 20 }],
      },
      stimuli: BUDGET,
    },
    'xx',
  ),
];

function presetOf(
  name: string,
  title: string,
  summary: string,
  scenario: { config: Configuration; stimuli: readonly TimedStimulus[] },
  player: string,
): Preset {
  const { config, stimuli } = scenario;
  return { name, title, summary, session: sessionOf(title, { config, stimuli: [...stimuli] }, player) };
}

function timed(stimuli: readonly (readonly [number, Stimulus])[]): TimedStimulus[] {
  return stimuli.map(([at, stimulus]) => ({ at, stimulus }));
}

/** A recorded counterexample or scenario of this project, as the build has packed it. */
export interface Recorded {
  /** Its path below `counterexamples/` or `docs/cases/`, without the ending. */
  readonly name: string;
  /** Who plays it. */
  readonly player: string;
  /** What it violates; null of a scenario that violates nothing. */
  readonly property: Session['properties'][number] | null;
  /** Whether that is judged alone. */
  readonly alone: boolean;
  readonly config: Configuration;
  readonly stimuli: TimedStimulus[];
}

export function sessionOfRecorded(recorded: Recorded): Session {
  const { name, player, property, alone, config, stimuli } = recorded;
  const asked = alone && property !== null ? [property] : [];
  return sessionOf(
    `${FOLDER_OF_CASES.test(name) ? 'docs/cases' : 'counterexamples'}/${name}`,
    { config, stimuli },
    player,
    asked,
  );
}

/** What the pages of rules and readings play lies apart from what is on record. */
const FOLDER_OF_CASES = /^(?:rules|readings)\//;
