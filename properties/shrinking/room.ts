import type { Stimulus } from '../../model/alphabet.ts';
import type { Configuration, MachineSize, Scenario } from '../../model/configuration.ts';
import type { Life } from './lives.ts';

/** MB of RAM and of swap, and cores, that a machine loses; a negative number adds some. */
interface Room {
  readonly ramMb: number;
  readonly swapMb: number;
  readonly cores?: number;
}

/**
 * Clusters and sizes in which what is full, short of memory or spent stays so without some invocations: as it is, then
 * with less RAM or swap where they lived, then with larger ones in their place, then with smaller budgets.
 *
 * @param left the scenario without those that are `gone`, of `all` that it had.
 */
export function* tightened(left: Scenario, gone: readonly Life[], all: readonly Life[]): Generator<Scenario> {
  yield left;
  yield* withLessRoom(
    left,
    gone.filter(({ ended }) => !ended),
  );
  if (gone.some(({ ended, machine }) => ended && machine !== null)) yield* withLessRoom(left, gone);
  yield* withLargerOnes(left, gone, all);
  yield* withSmallerBudgets(left, gone, all);
}

/** With less RAM, with less swap, and with less of either, as the invocations that are gone held both. */
function* withLessRoom(left: Scenario, gone: readonly Life[]): Generator<Scenario> {
  const held = new Map<number, { demandMb: number; swappedMb: number }>();
  for (const { machine, demandMb, swappedMb } of gone) {
    if (machine === null) continue;
    const before = held.get(machine) ?? { demandMb: 0, swappedMb: 0 };
    held.set(machine, {
      demandMb: before.demandMb + demandMb,
      swappedMb: before.swappedMb + swappedMb,
    });
  }
  if (held.size === 0) return;
  const less = (roomOf: (of: { demandMb: number; swappedMb: number }) => Room): Scenario =>
    resized(left, new Map([...held].map(([machine, of]) => [machine, roomOf(of)])));
  yield less(({ demandMb }) => ({ ramMb: demandMb, swapMb: 0 }));
  yield less(({ demandMb }) => ({ ramMb: 0, swapMb: demandMb }));
  if ([...held.values()].some(({ swappedMb }) => swappedMb > 0)) {
    yield less(({ demandMb, swappedMb }) => ({ ramMb: demandMb - swappedMb, swapMb: swappedMb }));
  }
}

/** With machines that have so much less from the beginning, and whenever they join. */
export function resized({ config, stimuli }: Scenario, less: ReadonlyMap<number, Room>): Scenario {
  const smaller = <Of extends MachineSize>(size: Of, machine: number): Of => {
    const by = less.get(machine);
    if (by === undefined) return size;
    const { ramMb, swapMb, cores = 0 } = by;
    return {
      ...size,
      cores: Math.max(1, size.cores - cores),
      ram: Math.max(1, size.ram - ramMb),
      swap: Math.max(0, size.swap - swapMb),
    };
  };
  return {
    config: { ...config, machines: config.machines.map(smaller) },
    stimuli: stimuli.map((timed) =>
      timed.stimulus.type === 'join'
        ? { ...timed, stimulus: smaller(timed.stimulus, timed.stimulus.machine) }
        : timed,
    ),
  };
}

/**
 * With those that stay as large together as all were: each as it is placed, or the last that is given another size; or
 * with those that stay as large from the beginning as one of them becomes.
 */
function* withLargerOnes(left: Scenario, gone: readonly Life[], all: readonly Life[]): Generator<Scenario> {
  const { config, stimuli } = left;
  const stay = all.length - gone.length;
  if (stay > 0) {
    const initialMemory = Math.ceil((config.initialMemory * all.length) / stay);
    const machines = config.machines.map((machine) => withRamFrom(machine, initialMemory));
    yield { config: { ...config, machines, initialMemory }, stimuli };
  }
  const last = stimuli.findLastIndex(({ stimulus }) => stimulus.type === 'resize');
  const byMb = gone.reduce((sum, { demandMb }) => sum + demandMb, 0);
  if (last < 0 || byMb === 0) return;
  const { at, stimulus } = stimuli[last]!;
  const larger = stimulus as Resize;
  yield {
    config,
    stimuli: stimuli.with(last, { at, stimulus: { ...larger, demand: larger.demand + byMb } }),
  };
  yield* withSizesFromTheBeginning(left);
}

/** A machine of as much memory, of which at least so much is RAM: one alone must fit. */
function withRamFrom({ cores, ram, swap }: MachineSize, leastMb: number): MachineSize {
  const byMb = Math.max(0, leastMb - ram);
  return { cores, ram: ram + byMb, swap: Math.max(0, swap - byMb) };
}

type Resize = Extract<Stimulus, { type: 'resize' }>;

/** This many sizes are tried as the one that all invocations have when they are placed. */
const MOST_SIZES = 3;

/** Without resizes: all have one of these sizes when they are placed. */
function* withSizesFromTheBeginning({ config, stimuli }: Scenario): Generator<Scenario> {
  const demands = stimuli.flatMap(({ stimulus }) => (stimulus.type === 'resize' ? [stimulus.demand] : []));
  const others = stimuli.filter(({ stimulus }) => stimulus.type !== 'resize');
  const largestFirst = [...new Set(demands)].toSorted((a, b) => b - a);
  for (const initialMemory of largestFirst.slice(0, MOST_SIZES)) {
    yield { config: { ...config, initialMemory }, stimuli: others };
  }
}

/** With budgets that are as much smaller as fewer invocations are paid from them. */
function* withSmallerBudgets(
  left: Scenario,
  gone: readonly Life[],
  all: readonly Life[],
): Generator<Scenario> {
  const { config, stimuli } = left;
  const payers = (lives: readonly Life[], tenant: number): number =>
    lives.filter((life) => life.tenant === tenant).length;
  const tenants = config.tenants.map((tenant, index): Configuration['tenants'][number] => {
    const before = payers(all, index);
    if (tenant.budget === null || before === 0) return tenant;
    return { ...tenant, budget: Math.round((tenant.budget * (before - payers(gone, index))) / before) };
  });
  if (tenants.some((tenant, index) => tenant.budget !== config.tenants[index]!.budget)) {
    yield { config: { ...config, tenants }, stimuli };
  }
}
