import {
  type Decision,
  type DecisionType,
  PART_IDS,
  type PartId,
  type Stimulus,
  type StimulusType,
} from './alphabet.ts';
import type { Configuration } from './configuration.ts';
import type { State } from './state.ts';
import { invocationOf } from './unended.ts';

/**
 * Parts of XX that a scheduler may lack. What belongs to a part that a configuration leaves out does not happen, is not
 * decided, and is not owed; the rest of XX is as it is.
 */

export interface Part {
  readonly id: PartId;
  /** What a scheduler that lacks it need not know, in words. */
  readonly what: string;
  /** Stimuli that do not occur without it. */
  readonly stimuli: readonly StimulusType[];
  /** Decisions that are neither owed nor possible without it. */
  readonly decisions: readonly DecisionType[];
  /** What else goes: of other stimuli, of the configuration, of the way in which something is decided. */
  readonly besides: string;
  /** Parts that make no sense without it. */
  readonly implies: readonly PartId[];
}

/** Every part, in the order of the pages. */
export const PARTS: readonly Part[] = [
  {
    id: 'calls',
    what: 'functions that call others and wait, and the classes that these inherit',
    stimuli: ['call'],
    decisions: ['wake'],
    besides: '',
    implies: [],
  },
  {
    id: 'budgets',
    what: 'tenants with a budget, and what happens when it is spent; bills remain',
    stimuli: [],
    decisions: ['throttle'],
    besides: 'every `budget` is `null`; nobody is `degraded`',
    implies: [],
  },
  {
    id: 'faults',
    what: 'machines that come and go, lost invocations and their attempts, shards that restart',
    stimuli: ['join', 'drain', 'crash', 'restart'],
    decisions: [],
    besides: 'nobody is killed for `attempts`',
    implies: [],
  },
  {
    id: 'antagonists',
    what: 'others that use memory of a machine: RAM′ is always its RAM',
    stimuli: ['antagonist'],
    decisions: [],
    besides: '',
    implies: [],
  },
  {
    id: 'idle-lists',
    what: 'idle lists: every placement polls `min(kMachines, machines that are up)` machines and takes one with the fewest live invocations',
    stimuli: [],
    decisions: ['list', 'relist', 'unlist'],
    besides: 'every `place` is `via` `poll`; `idle` and `kShards` do not matter',
    implies: [],
  },
  {
    id: 'swap',
    what: 'memory outside of RAM: whatever lives on a machine is in its RAM, and what does not fit is killed',
    stimuli: [],
    decisions: ['pageOut', 'pageIn'],
    besides: 'the `swap` of every machine is 0, also of one that joins',
    implies: ['paging'],
  },
  {
    id: 'shrink',
    what: 'functions whose memory becomes less while they run',
    stimuli: [],
    decisions: [],
    besides: 'no `resize` to a smaller `demand`',
    implies: [],
  },
  {
    id: 'paging',
    what: 'transfers to and from swap that take time: pages move at once',
    stimuli: ['paged'],
    decisions: ['allocate'],
    besides: 'the configuration has no `paging`',
    implies: [],
  },
  {
    id: 'overflow',
    what: 'refusing a stimulus because a sum would leave the integers up to 2⁵³ − 1',
    stimuli: [],
    decisions: [],
    besides: 'no vast prices, periods, times or sizes are generated',
    implies: [],
  },
];

const PART_OF = new Map(PARTS.map((part) => [part.id, part]));

/** The part of an id. */
export function partOf(id: PartId): Part {
  return PART_OF.get(id)!;
}

/** Parts together with those that they imply, each once, in the order of {@link PARTS}. */
export function withImplied(parts: readonly PartId[]): PartId[] {
  const all = new Set(parts.flatMap((id) => [id, ...partOf(id).implies]));
  return PART_IDS.filter((id) => all.has(id));
}

/** Whether a configuration leaves a part out. */
export function lacks({ without }: Configuration, part: PartId): boolean {
  return without?.some((id) => id === part || partOf(id).implies.includes(part)) === true;
}

/** The types of decisions that a configuration leaves out; null when it leaves out none. */
export function decisionsLeftOut({ without = [] }: Configuration): ReadonlySet<DecisionType> | null {
  const left = new Set(without.flatMap((id) => partOf(id).decisions));
  return left.size === 0 ? null : left;
}

/** Why a stimulus does not occur in a configuration with parts left out, in one sentence; null when it may. */
export function whyLeftOut(state: State, stimulus: Stimulus): string | null {
  const { config } = state;
  const ofType = whyTypeLeftOut(config, stimulus.type);
  if (ofType !== null) return ofType;
  if (stimulus.type === 'join' && stimulus.swap > 0 && lacks(config, 'swap')) {
    return `the machine that joins has ${stimulus.swap} MB of swap, ${LEAVES_OUT}`;
  }
  if (stimulus.type === 'resize' && lacks(config, 'shrink')) {
    const demand = invocationOf(state.invocations, stimulus.id)?.demand ?? 0;
    if (stimulus.demand < demand) {
      return `${stimulus.demand} MB are less than the ${demand} MB of invocation ${stimulus.id}, and to shrink is something ${LEAVES_OUT}`;
    }
  }
  return null;
}

/** Why no stimulus of a type occurs, in one sentence; null when some may. */
export function whyTypeLeftOut({ without = [] }: Configuration, type: StimulusType): string | null {
  const part = without.find((id) => partOf(id).stimuli.includes(type));
  return part === undefined ? null : `${type} belongs to ${part}, ${LEAVES_OUT}`;
}

const LEAVES_OUT = 'which the configuration leaves out (without)';

/** Why a decision of a part that is left out is not possible; null when it belongs to none. */
export function whyNotOfPart({ without = [] }: Configuration, { type }: Decision): string | null {
  const part = without.find((id) => partOf(id).decisions.includes(type));
  return part === undefined ? null : `${type} belongs to ${part}, ${LEAVES_OUT}`;
}

/**
 * A cluster without parts: it says so, and has no figures that belong to them. One that leaves out more already stays
 * as it is.
 */
export function narrowed(config: Configuration, without: readonly PartId[]): Configuration {
  const all = withImplied([...(config.without ?? []), ...without]);
  if (all.length === 0) return config;
  const narrow: Configuration = { ...config, without: all };
  if (all.includes('budgets')) narrow.tenants = config.tenants.map(() => ({ budget: null }));
  if (all.includes('paging')) delete narrow.paging;
  if (all.includes('swap')) narrow.machines = config.machines.map((machine) => ({ ...machine, swap: 0 }));
  return narrow;
}
