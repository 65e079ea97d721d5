/** Stands for `node:timers` in a worker. A message is faster than a timer, and lets other messages have their turn. */
const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();

export function setImmediate(act: () => void): void {
  waiting.push(act);
  port2.postMessage(null);
}
