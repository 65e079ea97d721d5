import { argumentsOf, DEPARTURES, type Departure } from './departures.ts';

/** What a campaign says to one who has left something out. */
export interface RefusalRecord extends Departure {
  /** The property that is violated first. */
  readonly property: string;
  /** What is wrong in the shortest scenario that was found, and how many steps that has. */
  readonly message: string;
  readonly steps: number;
}

/** What `docs/implement.md` quotes. */
export const RECORDS = 'docs/implement.json';

/** Runs `xx` with some words, and gives back what it prints. */
export type Command = (words: readonly string[]) => string;

/**
 * Sees what becomes of every departure.
 * @throws Error if one is not found, or breaks the process: then it is no example of a refusal.
 */
export function refusals(command: Command, onEach: (departure: Departure) => void): RefusalRecord[] {
  return DEPARTURES.map((departure) => {
    onEach(departure);
    return refusalOf(departure, command);
  });
}

/** Sees what becomes of one departure; with one worker, so that the first to be found is always the same. */
export function refusalOf(departure: Departure, command: Command): RefusalRecord {
  const printed = command([...argumentsOf(departure), '--workers', '1', '--json']);
  const [violation] = JSON.parse(printed).violations ?? [];
  if (violation === undefined)
    throw new Error(`nothing is refused: ${JSON.stringify(departure)}: ${printed}`);
  const { property, message, steps } = violation;
  return { ...departure, property, message, steps };
}
