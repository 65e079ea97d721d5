import { argumentsOf, DEPARTURES, type Departure } from './departures.ts';

/** What a campaign says to one who has left something out. */
export interface RefusalRecord extends Departure {
  /** The property that is violated first. */
  readonly property: string;
  /** What is wrong in the shortest scenario that was found. */
  readonly message: string;
}

/** What `docs/implement.md` quotes. */
export interface ImplementRecord {
  /** Lines that go into the first part (`<`), and that come out of it (`>`). */
  readonly conversation: string;
  /** What is printed when the first part is judged by its bills, from the name of the rule to the explanation. */
  readonly shown: string;
  readonly refusals: readonly RefusalRecord[];
}

export const RECORD = 'docs/implement.json';

/** Runs `xx` with some words, and gives back what it prints. */
export type Xx = (words: readonly string[]) => string;

/** Sees what becomes of everything that the page quotes. It takes minutes. */
export function recorded(xx: Xx, python: (script: string, input: string) => string): ImplementRecord {
  return {
    conversation: conversation(python),
    shown: shown(xx),
    refusals: DEPARTURES.map((departure) => refusalOf(departure, xx)),
  };
}

/**
 * Sees what becomes of one departure; with one worker, so that the first to be found is always the same.
 * @throws Error if it is not found, or breaks the process: then it is no example of a refusal.
 */
export function refusalOf(departure: Departure, xx: Xx): RefusalRecord {
  const printed = xx([...argumentsOf(departure), '--workers', '1', '--json']);
  const [violation] = JSON.parse(printed).violations ?? [];
  if (violation === undefined) {
    throw new Error(`nothing is refused: ${JSON.stringify(departure)}: ${printed}`);
  }
  const { property, message } = violation;
  return { ...departure, property, message };
}

/** What is printed for the first departure, up to where the file is named. */
export function shown(xx: Xx): string {
  const printed = xx([...argumentsOf(DEPARTURES[0]!), '--workers', '1']);
  const end = printed.indexOf('\n\n  written to');
  if (end < 0) throw new Error(`no counterexample is shown: ${printed}`);
  return printed.slice(0, end);
}

const CLUSTER = {
  classes: [
    { name: 'background', price: 1 },
    { name: 'user-facing', price: 4 },
  ],
  memoryPrice: 0,
  machines: [{ cores: 1, ram: 300, swap: 0 }],
  shards: 1,
  kMachines: 2,
  kShards: 1,
  initialMemory: 100,
  idle: { enter: 0, leave: 0, memoryDrift: 1, functionsDrift: 1 },
  maxAttempts: 1,
  seed: 1,
  tenants: [{ budget: null }],
};

const HAPPENS = [
  [0, { type: 'boot' }],
  [1, { type: 'submit', id: 7, tenant: 0, function: 'thumbnail', class: 0, shard: 0 }],
  [2, { type: 'turn', shard: 0 }],
  [3, { type: 'submit', id: 8, tenant: 0, function: 'home-page', class: 1, shard: 0 }],
  [4, { type: 'turn', shard: 0 }],
  [9, { type: 'finish', id: 8 }],
] as const;

/** What is said to the first part, and what it says. */
export function conversation(python: (script: string, input: string) => string): string {
  const header = JSON.stringify({ format: 'xx-scenario', version: 1, config: CLUSTER });
  const lines = HAPPENS.map(([at, stimulus]) => JSON.stringify({ at, stimulus }));
  const [hello, ...answers] = python('first_part.py', `${[header, ...lines].join('\n')}\n`)
    .trimEnd()
    .split('\n');
  const exchanged = lines.flatMap((line, n) => [`< ${line}`, `> ${answers[n]}`]);
  return [`> ${hello}`, `< ${header}`, ...exchanged].join('\n');
}
