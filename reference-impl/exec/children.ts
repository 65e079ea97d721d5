import { readdirSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Which child processes are alive, in memory that every thread shares: when this process ends, they are ended too, even
 * when the thread that started one is gone. A slot holds a process id, or 0.
 */
export class Children {
  /** To be handed to other threads. */
  readonly buffer: SharedArrayBuffer;
  private readonly slots: Int32Array;
  /** Whether there was ever a child, and whether there may be more: {@link SOME}, {@link CLOSED}. */
  private readonly any: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer((MOST_CHILDREN + 1) * 4)) {
    this.buffer = buffer;
    this.slots = new Int32Array(buffer, 4);
    this.any = new Int32Array(buffer, 0, 1);
  }

  /** @returns false when there is no room, or all are being ended: then the child must not live. */
  add(pid: number): boolean {
    Atomics.compareExchange(this.any, 0, 0, SOME);
    for (let slot = 0; slot < this.slots.length; slot++) {
      if (Atomics.compareExchange(this.slots, slot, 0, pid) !== 0) continue;
      return Atomics.load(this.any, 0) !== CLOSED;
    }
    return false;
  }

  remove(pid: number): void {
    for (let slot = 0; slot < this.slots.length; slot++) Atomics.compareExchange(this.slots, slot, pid, 0);
  }

  /**
   * Kills every child with all that any has started, as far as the system tells, and lets no other live: a thread that
   * sees its child end may start another.
   */
  killAll(): void {
    if (Atomics.exchange(this.any, 0, CLOSED) === 0) return;
    // A process that is about to run another program has no environment for a moment: it is looked for again.
    for (let looked = 0; looked < LOOKS; looked++) {
      for (let slot = 0; slot < this.slots.length; slot++) {
        const pid = Atomics.exchange(this.slots, slot, 0);
        if (pid !== 0) killGroup(pid);
      }
      killMarked();
      Atomics.wait(this.slots, 0, 0, BETWEEN_LOOKS_MS);
    }
  }
}

const SOME = 1;
const CLOSED = 2;
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 20;

const MOST_CHILDREN = 1024;

/** Kills a process that leads a group, and the group, and what has left it and is known by its parent. */
export function killGroup(pid: number): void {
  const descendants = descendantsOf(pid);
  kill(-pid);
  for (const descendant of descendants) kill(descendant);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * What a process has started, and what such have started, as long as those in between live: where the system shows the
 * parent of each process, as Linux does below `/proc`.
 */
function descendantsOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of namesIn('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program, in parentheses, may hold anything: what follows it are the state and the parent.
      const [, , parent] = /.*\) (\S) (\d+) /s.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
      const siblings = children.get(Number(parent)) ?? [];
      children.set(Number(parent), [...siblings, Number(name)]);
    } catch {
      // It has ended.
    }
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((one) => [one, ...below(one)]);
  return below(root);
}

/** The variable in the environment of children that says whose they are; what they start inherits it. */
const MARK = 'XX_SPEC_RUN';

/** The environment of a child of this process. */
export function markedEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, [MARK]: String(process.pid) };
}

/**
 * Kills what children have started in a session of its own, and what such have started: where the system shows the
 * environment of processes, as Linux does below `/proc`.
 */
function killMarked(): void {
  const wanted = `${MARK}=${process.pid}`;
  for (const name of namesIn('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1').split('\0');
      if (environment.includes(wanted)) process.kill(Number(name), 'SIGKILL');
    } catch {
      // It is somebody else's, or has ended.
    }
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

let ofThisProcess: Children | undefined;

/**
 * The children of this process, which end with it, unless it is ended by SIGKILL.
 *
 * @throws Error in a thread that was not handed the list of the main thread, which alone hears of the end.
 */
export function childrenOfThisProcess(): Children {
  if (ofThisProcess === undefined) {
    if (!isMainThread) throw new Error('the main thread keeps the list of children, and hands it on');
    const children = new Children();
    ofThisProcess = children;
    process.once('exit', () => children.killAll());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Somebody else who listens decides how the process ends.
        if (process.listenerCount(signal) > 1) return;
        children.killAll();
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      });
    }
  }
  return ofThisProcess;
}

/** Makes the list of the main thread that of this one. */
export function shareChildren(buffer: SharedArrayBuffer): void {
  ofThisProcess = new Children(buffer);
}
