import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { listenForSignals } from './signals.ts';
import { StopSign } from './stop-sign.ts';

/** Sends signals to whoever listens in this process. @returns the exit codes with which it would have ended. */
async function ended(sign: StopSign, work: () => Promise<void> | void): Promise<unknown[]> {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  const deaf = listenForSignals(sign);
  try {
    await work();
    return exit.mock.calls.map(([code]) => code);
  } finally {
    deaf();
    exit.mockRestore();
  }
}

const send = (signal: NodeJS.Signals) => process.emit(signal, signal);

test('a signal ends at once what nobody ends early', async () => {
  expect(await ended(new StopSign(), () => void send('SIGTERM'))).toEqual([143]);
});

test('a signal that comes twice in a moment is one, also when the work has just stopped', async () => {
  const sign = new StopSign();
  sign.heed();
  const codes = await ended(sign, () => {
    send('SIGINT');
    send('SIGINT');
    sign.unheed();
    send('SIGINT');
  });
  expect({ codes, signal: sign.signal }).toEqual({ codes: [], signal: 2 });
});

test('a second signal after a while ends at once', async () => {
  const sign = new StopSign();
  sign.heed();
  const codes = await ended(sign, async () => {
    send('SIGHUP');
    // The moment is over on the same clock that it is measured by.
    while (sign.isFresh) await pause(20);
    send('SIGINT');
  });
  expect(codes).toEqual([130]);
});
