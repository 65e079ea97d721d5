import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { StoppedWaiting } from '../broken-scheduler.ts';
import { nowMs } from '../io/clock.ts';
import { builtFile } from '../io/package-root.ts';
import { StopSign } from '../io/stop-sign.ts';
import { killGroup } from './children.ts';
import type { FromThread, Heard, Received, ThreadData, ToThread } from './exec-messages.ts';

/** How long an answer is waited for, in ms, and how long one may take before anybody is blamed when the time for all is up. */
export interface Patience {
  readonly mostMs: number;
  readonly usualMs: number;
}

/** The line to somebody else's process, which a thread holds: whoever asks waits for what comes of it. */
export class ExecLine {
  private readonly name: string;
  private readonly port: MessagePort;
  private readonly signal = new Int32Array(new SharedArrayBuffer(8));
  private readonly stop: StopSign | null;
  private requests = 0;

  private readonly onStop: () => void;

  /** @param onStop is called when nobody waits for the child any longer: the next request goes to another. */
  constructor(
    command: string,
    children: SharedArrayBuffer,
    stop: SharedArrayBuffer | undefined,
    onStop: () => void,
  ) {
    this.name = command;
    this.onStop = onStop;
    this.stop = stop === undefined ? null : new StopSign(stop);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const data: ThreadData = { command, port: port2, signal: this.signal.buffer, children };
    const worker = new Worker(builtFile('reference-impl/exec/exec-thread.js'), {
      workerData: data,
      transferList: [port2],
    });
    // The thread does not keep this process alive: it ends with it, or when it is closed.
    worker.unref();
  }

  send(message: ToThread): void {
    this.port.postMessage(message);
  }

  /** Sends what asks for answers. @returns the number by which they can be waited for. */
  request(message: (request: number) => ToThread): number {
    const request = ++this.requests;
    this.send(message(request));
    return request;
  }

  /** Asks, and waits for what comes of it. @throws StoppedWaiting when a signal came, or the time for all is up. */
  ask(message: (request: number) => ToThread, patience: Patience): Heard {
    if (this.isTimeUp) this.stopWaiting();
    const { said, ...more } = this.waitFor(this.request(message), patience);
    if (said.type === 'lines') throw new Error('several lines answer only what was sent ahead');
    return { said, ...more };
  }

  /** Waits for what comes of a request. @throws StoppedWaiting when a signal came, or the time for all is up. */
  waitFor(request: number, { mostMs, usualMs }: Patience): Received {
    if (this.isTimeUp) this.stopWaiting();
    const askedAt = nowMs();
    const giveUpAt = askedAt + mostMs;
    for (;;) {
      // Read before checking, so that an answer that arrives in between is not missed.
      const answers = Atomics.load(this.signal, 0);
      const received = receiveMessageOnPort(this.port) as { message: FromThread } | undefined;
      if (received?.message.request === request) return received.message;
      if (received !== undefined) continue;
      const leftMs = giveUpAt - nowMs();
      if (leftMs <= 0) {
        this.kill();
        return { said: { type: 'silence' } };
      }
      Atomics.wait(this.signal, 0, answers, Math.min(leftMs, LOOK_UP_EVERY_MS));
      if (!this.isTimeUp) continue;
      const waitedMs = Math.round(nowMs() - askedAt);
      // It may not be blamed for a time that is too short for anybody, nor for a signal.
      if (this.stop!.signal !== 0 || waitedMs <= usualMs) this.stopWaiting();
      this.kill();
      return { said: { type: 'late', waitedMs } };
    }
  }

  /** Ends the child. */
  kill(): void {
    const pid = Atomics.exchange(this.signal, 1, 0);
    if (pid !== 0) killGroup(pid);
  }

  private get isTimeUp(): boolean {
    return this.stop?.isUp === true;
  }

  private stopWaiting(): never {
    this.kill();
    this.onStop();
    throw new StoppedWaiting(`scheduler ${this.name}: nobody waits for its answer any longer`);
  }
}

/** How often the stop sign is looked at while an answer is waited for. */
const LOOK_UP_EVERY_MS = 50;
