import {
  and,
  atLeast,
  atMost,
  type Bool,
  differ,
  equal,
  type Int,
  int,
  intVariable,
  or,
} from '../terms/term.ts';

/** What lemmas speak about, as terms. All that is here are variables of a lemma, or values of a state. */

/** What one that lives on a machine can be there. */
export const BEING = { ready: 0, running: 1, blocked: 2, finishing: 3 } as const;

/** An invocation that lives on a machine. */
export interface Resident {
  /** The index of its effective class. */
  readonly class: Int;
  /** Its place in the arrival order of its machine. */
  readonly arrival: Int;
  /** One of {@link BEING}. */
  readonly being: Int;
  /** In MB. */
  readonly demand: Int;
  /** What of its demand is in RAM, in MB. */
  readonly resident: Int;
}

/** A machine: RAM and swap in MB, of which the antagonist has left `usable` of the RAM. */
export interface Host {
  readonly cores: Int;
  readonly ram: Int;
  /** RAM′, in MB. */
  readonly usable: Int;
  readonly swap: Int;
}

/** An invocation that waits at a shard. */
export interface Queued {
  /** The index of its effective class. */
  readonly class: Int;
  /** Of its class, in pico-cents per cpu-ms. */
  readonly price: Int;
  /** How long it has waited, in ms. */
  readonly wait: Int;
}

export function residentCalled(name: string): Resident {
  return {
    class: intVariable(`${name}.class`, `class(${name})`),
    arrival: intVariable(`${name}.arrival`, `arrival(${name})`),
    being: intVariable(`${name}.being`, `being(${name})`),
    demand: intVariable(`${name}.demand`, `d(${name})`),
    resident: intVariable(`${name}.resident`, `r(${name})`),
  };
}

export const HOST: Host = {
  cores: intVariable('cores'),
  ram: intVariable('ram', 'RAM'),
  usable: intVariable('usable', 'RAM′'),
  swap: intVariable('swap'),
};

export function queuedCalled(name: string): Queued {
  return {
    class: intVariable(`${name}.class`, `class(${name})`),
    price: intVariable(`${name}.price`, `price(${name})`),
    wait: intVariable(`${name}.wait`, `wait(${name})`),
  };
}

export const isReady = ({ being }: Resident): Bool => equal(being, int(BEING.ready));
export const isRunning = ({ being }: Resident): Bool => equal(being, int(BEING.running));
export const isBlocked = ({ being }: Resident): Bool => equal(being, int(BEING.blocked));
export const isWhole = ({ demand, resident }: Resident): Bool => equal(resident, demand);

/** What is true of whoever lives on a machine. */
export function lives({ class: priceClass, being, demand, resident }: Resident): Bool {
  return and(
    atLeast(priceClass, int(0)),
    atMost(int(0), being),
    atMost(being, int(BEING.finishing)),
    atLeast(demand, int(1)),
    atLeast(resident, int(0)),
    atMost(resident, demand),
  );
}

/** What is true of every machine. */
export function isHost({ cores, ram, usable, swap }: Host): Bool {
  return and(
    atLeast(cores, int(1)),
    atLeast(ram, int(1)),
    atLeast(usable, int(0)),
    atMost(usable, ram),
    atLeast(swap, int(0)),
  );
}

/** What is true of whoever waits at a shard. */
export function waits({ class: priceClass, price, wait }: Queued): Bool {
  return and(atLeast(priceClass, int(0)), atLeast(price, int(1)), atLeast(wait, int(0)));
}

/** Prices grow with classes, and with nothing else. */
export function pricesOf(one: Queued, other: Queued): Bool {
  return and(
    or(differ(one.class, other.class), equal(one.price, other.price)),
    or(atLeast(one.class, other.class), atMost(one.price, minusOne(other.price))),
    or(atLeast(other.class, one.class), atMost(other.price, minusOne(one.price))),
  );
}

function minusOne(term: Int): Int {
  return { kind: 'application', sort: 'Int', operator: '-', args: [term, int(1)] };
}
