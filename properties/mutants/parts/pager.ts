import type { Context, Pager } from '../../../reference-impl/xx/context.ts';
import { start, stop } from '../../../reference-impl/xx/invocation.ts';
import { setResident } from '../../../reference-impl/xx/meter.ts';
import type { Disk, Machine, XXState } from '../../../reference-impl/xx/state.ts';
import type { Fault } from './planted.ts';
import type { SeenInvocation } from './will-run.ts';

/** A machine whose memory is being settled, as a fault sees it. Slots are sorted by rank unless said otherwise. */
export interface Scene {
  readonly xx: Context;
  readonly state: XXState;
  readonly machine: Machine;
  readonly disk: Disk;
  readonly willRun: readonly number[];
  /** Those outside of it that hold RAM, in the order in which they lose it. */
  readonly pageOutOrder: readonly number[];
  readonly taste: PagingTaste;
}

/** RAM that one is given, or a transfer that begins. */
export interface Move {
  readonly slot: number;
  readonly mb: number;
}

export type Transfer = Move & { readonly type: 'pageOut' | 'pageIn' };

/** In what order a machine is settled, once no kill is due. */
export type Stage = 'grant' | 'preempt' | 'transfer' | 'start';

/** What may be wrong with paging that takes time: each as in the reference unless given. */
export interface PagingTaste {
  readonly stages?: readonly Stage[];
  /** MB of RAM that may be handed out. */
  roomMb?(scene: Scene): number;
  /** MB by which RAM is over-committed. */
  overMb?(scene: Scene): number;
  /** Whether all of its memory is there, so that it can run. */
  isWhole?(invocation: SeenInvocation): boolean;
  /** Who is given RAM, and how much. */
  grants?(scene: Scene): Move[];
  /** Whom a core may be lent, the best first. */
  fillers?(scene: Scene): number[];
  /** Who runs now. */
  runs?(scene: Scene): number[];
  /** Whether no transfer may begin. Where one is in flight unless given. */
  isBusy?(scene: Scene): boolean;
  /** What the disk does next. */
  transfer?(scene: Scene): Transfer | null;
}

/** A fault that is nothing but such a taste. */
export function pagesBy(taste: PagingTaste): () => Fault {
  return () => ({ pager: { settle: settlesBy(taste) } });
}

/** The slots that will run on a machine, by rank. */
export function willRunOf(xx: Context, state: XXState, machine: Machine): number[] {
  const willRun: number[] = [];
  xx.policies.willRun(state, machine, willRun);
  return willRun;
}

/** Paging as the reference has it, made slowly and with every part of it open to a fault. */
export function settlesBy(taste: PagingTaste): Pager['settle'] {
  return (xx, state, machine, disk) => {
    const willRun = willRunOf(xx, state, machine);
    const pageOutOrder: number[] = [];
    xx.policies.pageOutOrder(state, machine, pageOutOrder);
    const holds = (slot: number) => !willRun.includes(slot) && stays(state.invocations[slot]!) > 0;
    const scene = { xx, state, machine, disk, willRun, pageOutOrder: pageOutOrder.filter(holds), taste };
    for (const stage of taste.stages ?? ['grant', 'preempt', 'transfer', 'start']) STAGES[stage](scene);
  };
}

const STAGES: Readonly<Record<Stage, (scene: Scene) => void>> = {
  grant(scene) {
    for (const { slot, mb } of (scene.taste.grants ?? grants)(scene)) give(scene, slot, mb);
  },
  preempt(scene) {
    const run = runs(scene);
    const { state, machine, xx } = scene;
    const outranked = machine.runnable.filter(
      (slot) => state.invocations[slot]!.phase === 'running' && !run.includes(slot),
    );
    for (const slot of outranked.reverse()) {
      stop(xx, state, machine, slot);
      xx.decisions.push({ type: 'preempt', id: state.invocations[slot]!.id });
    }
  },
  transfer(scene) {
    if (scene.taste.isBusy?.(scene) ?? scene.disk.transfer !== 'none') return;
    const next = (scene.taste.transfer ?? transfer)(scene);
    if (next !== null && next.mb > 0) begin(scene, next);
  },
  start(scene) {
    const { state, machine, xx } = scene;
    for (const slot of runs(scene)) {
      if (state.invocations[slot]!.phase === 'ready') start(xx, state, machine, slot);
    }
  },
};

function give({ xx, state, machine, disk }: Scene, slot: number, mb: number): void {
  const invocation = state.invocations[slot]!;
  invocation.fresh -= mb;
  disk.freshMb -= mb;
  setResident(xx, state, machine, invocation, invocation.resident + mb);
  xx.decisions.push({ type: 'allocate', id: invocation.id, memory: mb });
}

/** Lets a transfer begin, whatever is under way. */
export function begin({ xx, state, machine, disk }: Scene, { type, slot, mb }: Transfer): void {
  const invocation = state.invocations[slot]!;
  if (type === 'pageIn') {
    setResident(xx, state, machine, invocation, invocation.resident + mb);
    invocation.incoming += mb;
  } else {
    invocation.outgoing += mb;
  }
  disk.transfer = type === 'pageIn' ? 'in' : 'out';
  disk.owner = slot;
  disk.mb = mb;
  xx.decisions.push({ type, id: invocation.id, memory: mb });
}

/** What of it is in RAM and stays there, as far as the disk is concerned, in MB. */
export function stays({ resident, incoming, outgoing }: SeenInvocation): number {
  return resident - incoming - outgoing;
}

/** What of it is in swap and stays there, in MB. */
export function swapped({ demand, resident, fresh }: SeenInvocation): number {
  return demand - resident - fresh;
}

/** What it will lack in RAM when the disk is done, in MB. */
export function lack({ demand, resident, outgoing }: SeenInvocation): number {
  return demand - resident + outgoing;
}

export function isWhole(invocation: SeenInvocation): boolean {
  return stays(invocation) === invocation.demand;
}

export function roomMb({ machine, disk }: Scene): number {
  const dyingMb = disk.transfer === 'dying' ? disk.mb : 0;
  return Math.max(0, machine.usableRam - machine.resident - dyingMb);
}

export function overMb({ state, machine, disk, willRun }: Scene): number {
  const keptMb = machine.resident - (disk.transfer === 'out' ? disk.mb : 0);
  return willRun.reduce((sum, slot) => sum + lack(state.invocations[slot]!), keptMb) - machine.usableRam;
}

/** What each of the will-run set may have of the room without taking it from those above it, in MB. */
export function shares(scene: Scene): Move[] {
  let left = (scene.taste.roomMb ?? roomMb)(scene);
  return scene.willRun.map((slot) => {
    const share = { slot, mb: Math.max(0, left) };
    left -= lack(scene.state.invocations[slot]!);
    return share;
  });
}

export function grants(scene: Scene): Move[] {
  return shares(scene)
    .map(({ slot, mb }) => ({ slot, mb: Math.min(mb, scene.state.invocations[slot]!.fresh) }))
    .filter(({ mb }) => mb > 0);
}

/** Those whose RAM is needed: the first of the page-out order that have what is over-committed. */
export function victims(scene: Scene): number[] {
  let dueMb = (scene.taste.overMb ?? overMb)(scene);
  return scene.pageOutOrder.filter((slot) => {
    const isVictim = dueMb > 0;
    dueMb -= stays(scene.state.invocations[slot]!);
    return isVictim;
  });
}

export function fillers(scene: Scene): number[] {
  const spared = victims(scene);
  return outsiders(scene).filter(
    (slot) => isWholeTo(scene.taste, scene.state.invocations[slot]!) && !spared.includes(slot),
  );
}

/** Those outside the will-run set that are not blocked. */
export function outsiders({ machine, willRun }: Scene): number[] {
  return machine.runnable.filter((slot) => !willRun.includes(slot));
}

/** Those of the will-run set that have all of their memory. */
export function ready({ state, willRun, taste }: Scene): number[] {
  return willRun.filter((slot) => isWholeTo(taste, state.invocations[slot]!));
}

function isWholeTo(taste: PagingTaste, invocation: SeenInvocation): boolean {
  return (taste.isWhole ?? isWhole)(invocation);
}

function runs(scene: Scene): number[] {
  if (scene.taste.runs !== undefined) return scene.taste.runs(scene);
  const run = ready(scene);
  const isFull = run.length >= scene.machine.cores;
  return isFull ? run : [...run, ...(scene.taste.fillers ?? fillers)(scene)].slice(0, scene.machine.cores);
}

export function transfer(scene: Scene): Transfer | null {
  return nextIn(scene) ?? nextOut(scene);
}

/** The page-in that is called for, as large as it may be. */
export function nextIn(scene: Scene): Transfer | null {
  const share = shares(scene).find(({ slot }) => swapped(scene.state.invocations[slot]!) > 0);
  return share === undefined ? null : pageInOf(scene, share.slot, share.mb);
}

/** A page-in of at most so many MB for one; null where that is nothing. */
export function pageInOf({ state, xx }: Scene, slot: number, mostMb: number): Transfer | null {
  const mb = Math.min(swapped(state.invocations[slot]!), mostMb, xx.config.paging!.chunk);
  return mb < 1 ? null : { type: 'pageIn', slot, mb };
}

/** The page-out that is called for, as large as it may be. */
export function nextOut(scene: Scene): Transfer | null {
  const [first] = scene.pageOutOrder;
  return first === undefined ? null : pageOutOf(scene, first, (scene.taste.overMb ?? overMb)(scene));
}

/** A page-out of at most so many MB of one; null where that is nothing. */
export function pageOutOf(scene: Scene, slot: number, mostMb: number): Transfer | null {
  const held = stays(scene.state.invocations[slot]!);
  const mb = Math.min(held, mostMb, freeSwapMb(scene), scene.xx.config.paging!.chunk);
  return mb < 1 ? null : { type: 'pageOut', slot, mb };
}

/** MB of swap that hold nothing, where nothing is in flight. */
export function freeSwapMb({ machine, disk }: Scene): number {
  return machine.swap - (machine.demand - machine.resident - disk.freshMb);
}
