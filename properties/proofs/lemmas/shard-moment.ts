import { queuedCalled } from '../encoding/entities.ts';
import { fact } from '../lemma.ts';
import { and, atLeast, atMost, type Bool, type Int, int, intVariable, minus, times } from '../terms/term.ts';

/** A turn of a shard at time `now`: it places b while a waits there, behind the head h of its queue or as the head itself. */

export const now = intVariable('now', 't');

/** Enqueued at a time, at a price. */
export interface Arrival {
  readonly enqueuedAt: Int;
  readonly price: Int;
}

export const arrivalCalled = (name: string): Arrival => ({
  enqueuedAt: intVariable(`${name}.enqueuedAt`, `e(${name})`),
  price: queuedCalled(name).price,
});

export const a = arrivalCalled('a');
export const b = arrivalCalled('b');

export const waitOf = ({ enqueuedAt }: Arrival, at: Int = now): Int => minus(at, enqueuedAt);

export const arrived = (...all: readonly Arrival[]) => [
  fact('prices are at least 1', and(...all.map(({ price }) => atLeast(price, int(1))))),
  fact('they were enqueued by now', and(...all.map((one) => atLeast(waitOf(one), int(0))))),
];

/** price × wait of the one that is placed is at least that of the one that waits (lemma `greatest-of-all`). */
export const hasGreatest = (placed: Arrival, waiting: Arrival): Bool =>
  atMost(times(waiting.price, waitOf(waiting)), times(placed.price, waitOf(placed)));

/** The bound of the paper without its fraction: price(b) · (e(b) − e(a)) ≤ wait(a) · (price(b) − price(a)). */
export const isInTime = (newcomer: Arrival, waiting: Arrival, at: Int = now): Bool =>
  atMost(
    times(newcomer.price, minus(newcomer.enqueuedAt, waiting.enqueuedAt)),
    times(waitOf(waiting, at), minus(newcomer.price, waiting.price)),
  );
