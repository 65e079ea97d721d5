import { isMainThread } from 'node:worker_threads';

/**
 * Which child processes are alive, in memory that every thread shares: when this process ends, they are ended too, even
 * when the thread that started one is gone. A slot holds a process id, or 0.
 */
export class Children {
  /** To be handed to other threads. */
  readonly buffer: SharedArrayBuffer;
  private readonly slots: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(MOST_CHILDREN * 4)) {
    this.buffer = buffer;
    this.slots = new Int32Array(buffer);
  }

  /** @returns false when there is no room: then the child must not live. */
  add(pid: number): boolean {
    for (let slot = 0; slot < this.slots.length; slot++) {
      if (Atomics.compareExchange(this.slots, slot, 0, pid) === 0) return true;
    }
    return false;
  }

  remove(pid: number): void {
    for (let slot = 0; slot < this.slots.length; slot++) Atomics.compareExchange(this.slots, slot, pid, 0);
  }

  /** Kills every child with all that it has started. */
  killAll(): void {
    for (let slot = 0; slot < this.slots.length; slot++) {
      const pid = Atomics.exchange(this.slots, slot, 0);
      if (pid !== 0) killGroup(pid);
    }
  }
}

const MOST_CHILDREN = 1024;

/** Kills a process that leads a group, and the group: whatever it has started ends with it. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
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
