import type { Stimulus, StimulusType, TimedStimulus } from '../../../../model/alphabet.ts';
import { printable } from '../../../../model/printable.ts';
import type { State } from '../../../../model/state.ts';
import {
  countHearingInvocations,
  countHearingMachines,
  hearingInvocation,
  hearingMachine,
  impossibility,
} from '../../../../model/stimuli.ts';
import { everybody } from '../../../../model/unended.ts';
import { isUsed } from '../../../../model/used-ids.ts';

/** What can happen next, by the charts and the figures that the reader has set. */

/** The figures of stimuli that have any. */
export interface Figures {
  readonly function: string;
  readonly tenant: number;
  readonly class: number;
  readonly shard: number;
  readonly demand: number;
  readonly antagonist: number;
  readonly cores: number;
  readonly ram: number;
  readonly swap: number;
}

/** A function that has come before, and may come again by one press. */
export type KnownFunction = Pick<Figures, 'function' | 'tenant' | 'class' | 'shard'>;

/** More than these are not offered again. */
const MOST_KNOWN = 6;

/** The functions that have been submitted, those that came last first. */
export function functionsIn(stimuli: readonly TimedStimulus[]): KnownFunction[] {
  const known = new Map<string, KnownFunction>();
  for (const { stimulus } of [...stimuli].reverse()) {
    if (stimulus.type !== 'submit') continue;
    const { function: name, tenant, class: priceClass, shard } = stimulus;
    const one = { function: name, tenant, class: priceClass, shard };
    const key = JSON.stringify(one);
    if (!known.has(key)) known.set(key, one);
    if (known.size === MOST_KNOWN) break;
  }
  return [...known.values()];
}

/** One kind of stimulus, and whom it may be about now. */
export interface Happening {
  readonly type: StimulusType;
  readonly targets: readonly Target[];
  /** Why nobody can be named, where that is so. */
  readonly whyNone: string;
}

export interface Target {
  /** Whom it is about, in words. */
  readonly name: string;
  readonly stimulus: Stimulus;
  /** Why it is not possible with these figures; null when it is. */
  readonly objection: string | null;
}

/** More buttons than these of one kind help nobody. */
const MOST_TARGETS = 24;

/**
 * Every kind of stimulus with those that hear it now.
 *
 * @param at when it would happen, in ms.
 * @param known functions that may come again, beside the one of the figures.
 */
export function happeningsIn(
  state: State,
  at: number,
  figures: Figures,
  known: readonly KnownFunction[] = [],
): Happening[] {
  const id = nextId(state);
  const { function: name, tenant, class: priceClass, shard } = figures;
  const home = { function: name, class: priceClass, shard };
  const one = (title: string, stimulus: Stimulus): Target[] => [
    { name: title, stimulus, objection: objectionTo(state, at, stimulus) },
  ];
  const ofShards = (type: 'turn' | 'restart') =>
    state.shards
      .slice(0, MOST_TARGETS)
      .flatMap((_, index) => one(`shard ${index}`, { type, shard: index } as const));
  const ofInvocations = (type: 'call' | 'resize' | 'finish', stimulusOf: (of: number) => Stimulus) =>
    named(countHearingInvocations(state, type), (index) => hearingInvocation(state, type, index).id).flatMap(
      (of) => one(`invocation ${of}`, stimulusOf(of)),
    );
  const ofMachines = (type: 'antagonist' | 'drain' | 'crash', stimulusOf: (of: number) => Stimulus) =>
    named(countHearingMachines(state, type), (index) => hearingMachine(state, type, index).id).flatMap((of) =>
      one(`machine ${of}`, stimulusOf(of)),
    );
  const { cores, ram, swap } = figures;
  const happenings: Happening[] = [
    {
      type: 'submit',
      targets: [
        ...one(`invocation ${id}`, { type: 'submit', id, tenant, ...home }),
        ...known.flatMap((again) => one(nameOf(state, again), { type: 'submit', id, ...again })),
      ],
      whyNone: '',
    },
    { type: 'turn', targets: ofShards('turn'), whyNone: '' },
    {
      type: 'finish',
      targets: ofInvocations('finish', (of) => ({ type: 'finish', id: of })),
      whyNone: 'nobody runs',
    },
    {
      type: 'resize',
      targets: ofInvocations('resize', (of) => ({ type: 'resize', id: of, demand: figures.demand })),
      whyNone: 'nobody runs',
    },
    {
      type: 'call',
      targets: ofInvocations('call', (of) => ({ type: 'call', caller: of, id, ...home })),
      whyNone: 'nobody runs',
    },
    {
      type: 'antagonist',
      targets: ofMachines('antagonist', (machine) => ({
        type: 'antagonist',
        machine,
        memory: figures.antagonist,
      })),
      whyNone: 'no machine is up',
    },
    {
      type: 'crash',
      targets: ofMachines('crash', (machine) => ({ type: 'crash', machine })),
      whyNone: 'no machine is up',
    },
    {
      type: 'drain',
      targets: ofMachines('drain', (machine) => ({ type: 'drain', machine })),
      whyNone: 'no machine is up',
    },
    {
      type: 'join',
      targets: joining(state).flatMap((machine) =>
        one(`machine ${machine}${machine === state.machines.length ? ', new' : ''}`, {
          ...{ type: 'join', machine, cores, ram, swap },
        }),
      ),
      whyNone: '',
    },
    { type: 'restart', targets: ofShards('restart'), whyNone: '' },
    { type: 'tick', targets: one('time passes', { type: 'tick' }), whyNone: '' },
  ];
  if (state.config.paging !== undefined) {
    const busy = state.machines.filter(
      ({ id: of }) => impossibility(state, at, { type: 'paged', machine: of }) === null,
    );
    happenings.push({
      type: 'paged',
      targets: busy
        .slice(0, MOST_TARGETS)
        .flatMap(({ id: of }) => one(`machine ${of}`, { type: 'paged', machine: of })),
      whyNone: 'nothing is in flight',
    });
  }
  if (state.config.words?.includes('timeouts')) {
    const waiting = everybody(state.invocations).filter(
      ({ id: of }) => impossibility(state, at, { type: 'timeout', id: of }) === null,
    );
    happenings.push({
      type: 'timeout',
      targets: waiting
        .slice(0, MOST_TARGETS)
        .flatMap(({ id: of }) => one(`invocation ${of}`, { type: 'timeout', id: of })),
      whyNone: 'no client waits',
    });
  }
  return happenings;
}

/** Of a field that is empty, or has words in it, nobody typed that it is "NaN". */
function objectionTo(state: State, at: number, stimulus: Stimulus): string | null {
  return (
    impossibility(state, at, stimulus)?.replace(/ (?:NaN|-?Infinity) is not/, ': what is typed is not') ??
    null
  );
}

/** A function with whatever tells it from others of its name. */
function nameOf(
  { config }: State,
  { function: name, tenant, class: priceClass, shard }: KnownFunction,
): string {
  const className = config.classes[priceClass]?.name ?? `class ${priceClass}`;
  return [
    `${printable(name)} again, ${printable(className)}`,
    ...(config.tenants.length > 1 ? [`tenant ${tenant}`] : []),
    ...(config.shards > 1 ? [`shard ${shard}`] : []),
  ].join(', ');
}

/** The lowest id that nobody has had. */
export function nextId({ usedIds }: State): number {
  let id = 0;
  while (isUsed(usedIds, id)) id++;
  return id;
}

function named(count: number, nameOf: (index: number) => number): number[] {
  return Array.from({ length: Math.min(count, MOST_TARGETS) }, (_, index) => nameOf(index)).sort(
    (a, b) => a - b,
  );
}

/** Machines that may come back, and the next new one. */
function joining(state: State): number[] {
  const back = named(countHearingMachines(state, 'join'), (index) => hearingMachine(state, 'join', index).id);
  return [...back, state.machines.length];
}
