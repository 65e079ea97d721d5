import type { Invocation, Machine } from '../../model/entities.ts';
import type { State } from '../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../model/table.ts';
import { className } from '../../model/words.ts';
import type { Checker, JudgedStep, Wrong } from '../checkers/checker.ts';
import { heldUpText, isHeldUp, lowestThatRuns, ramBesideItsBetters } from './crowding.ts';

/**
 * No crowding in the cluster (paper section 2): no time passes while one is held up that could use what a lower class
 * uses, wherever that is.
 *
 * *Held up* is one on a machine that is ready, or shares its cores with more than there are. In the whole cluster it is
 * also one that is queued although its shard has taken a turn since that placed nobody of its class or a higher one,
 * while some machine was up. A turn places one at a time, so nobody is to blame for a queue from which the right one was
 * taken.
 *
 * It *could use* what a lower class uses on a machine if that is up, or its own, if it would fit there into the RAM that
 * its own class and higher ones leave (for one that is queued: with the memory that it begins with), and if one of a
 * lower class either runs there, or holds RAM without which there is not enough for it, while fewer of its own class and
 * higher ones run there than there are cores. How it would get there, and what it would cost the lower one, is not asked.
 */

type Strength = 'no-crowding-across-machines' | 'no-crowding';

/** Who is held up in a quiet state, by whom: `crowded` says so, but for how long. */
interface Held {
  /** Whether anybody held up would fit on a machine beside its own class and higher ones. */
  readonly isTested: boolean;
  readonly crowded: { readonly id: number; readonly text: (ms: number) => string } | null;
}

const NOBODY: Held = { isTested: false, crowded: null };

/** A checker of one run, of those on machines: it remembers the quiet state before the step. */
export function createNoCrowdingAcrossMachines(): Checker {
  return createChecker('no-crowding-across-machines', () => []);
}

/** A checker of one run, of those in queues as well: it remembers who has missed a turn, too. */
export function createNoCrowding(): Checker {
  let turnsMissed = new Set<Invocation>();
  return createChecker('no-crowding', (state, step) => {
    turnsMissed = withThisTurn(turnsMissed, state, step);
    return turnsMissed;
  });
}

/** @param alsoHeldUp asked once after each step: who is held up on no machine. */
function createChecker(
  property: Strength,
  alsoHeldUp: (state: State, step: JudgedStep) => Iterable<Invocation>,
): Checker {
  let held = NOBODY;
  let beforeMs = 0;
  return {
    property,
    check(state, step, met) {
      const passedMs = step.at - beforeMs;
      if (passedMs > 0 && held.isTested) met(property);
      const wrong = passedMs > 0 ? wrongOf(property, held, passedMs) : null;
      held = heldIn(state, [...placedAndHeldUp(state), ...alsoHeldUp(state, step)]);
      beforeMs = step.at;
      return wrong;
    },
  };
}

/**
 * As much of it as a single state shows, for explorations, whose ticks take 1 ms each: a tick that nobody answers leaves
 * everything as it was, so that whoever is crowded on a machine after it was so while the time passed. Which turns a
 * shard has taken a state does not tell, so this is about machines alone.
 */
export const noCrowdingWhileATickPasses: Checker = {
  property: 'no-crowding-across-machines',
  check(state, { stimulus, decisions }, met) {
    if (stimulus.type !== 'tick' || decisions.length > 0) return null;
    const held = heldIn(state, placedAndHeldUp(state));
    if (held.isTested) met('no-crowding-across-machines');
    return wrongOf('no-crowding-across-machines', held, 1);
  },
};

function wrongOf(property: Strength, { crowded }: Held, ms: number): Wrong | null {
  if (crowded === null) return null;
  return { property, entity: `invocation ${crowded.id}`, message: crowded.text(ms) };
}

/** Those who are queued and have missed a turn, once this step is over. */
function withThisTurn(before: Set<Invocation>, state: State, { stimulus }: JudgedStep): Set<Invocation> {
  const missed = new Set<Invocation>();
  const { enqueued, placed } = state.due;
  for (const invocation of before) {
    if (invocation.phase === PHASE.queued && !enqueued.includes(invocation)) missed.add(invocation);
  }
  if (stimulus.type !== 'turn' || state.byAvailability[AVAILABILITY.up]!.length === 0) return missed;
  const bestPlaced = Math.max(-1, ...placed.map(({ invocation }) => invocation.class));
  for (const invocation of state.byPhase[PHASE.queued]!) {
    if (invocation.shard === stimulus.shard && invocation.class > bestPlaced) missed.add(invocation);
  }
  return missed;
}

function placedAndHeldUp(state: State): Invocation[] {
  return state.machines.flatMap((machine) =>
    machine.live.filter((invocation) => isHeldUp(invocation, machine)),
  );
}

function heldIn(state: State, heldUp: readonly Invocation[]): Held {
  let isTested = false;
  for (const invocation of heldUp) {
    for (const machine of state.machines) {
      if (machine.availability !== AVAILABILITY.up && machine !== invocation.machine) continue;
      const neededMb = invocation.machine === null ? state.config.initialMemory : invocation.demand;
      if (ramBesideItsBetters(invocation, machine) < neededMb) continue;
      isTested = true;
      const use = usedByLower(invocation, machine, neededMb);
      if (use !== null)
        return { isTested, crowded: { id: invocation.id, text: textOf(state, invocation, machine, use) } };
    }
  }
  return { isTested, crowded: null };
}

/** One of a lower class, and what it uses. */
interface Use {
  readonly lower: Invocation;
  readonly how: string;
}

function usedByLower(invocation: Invocation, machine: Machine, neededMb: number): Use | null {
  const lower = lowestThatRuns(machine);
  if (lower !== null && lower.class < invocation.class) return { lower, how: 'runs' };
  const others = machine.live.filter((other) => other !== invocation);
  const betters = others.filter(
    (other) => other.class >= invocation.class && other.phase === PHASE.running,
  ).length;
  const heldMb = others.reduce((sum, { resident }) => sum + resident, 0);
  if (betters >= machine.cores || machine.ram - machine.antagonist - heldMb >= neededMb) return null;
  const holders = others.filter((other) => other.class < invocation.class && other.resident > 0);
  const [first] = holders.toSorted((a, b) => a.class - b.class);
  return first === undefined ? null : { lower: first, how: `holds ${first.resident} MB` };
}

function textOf(
  state: State,
  invocation: Invocation,
  machine: Machine,
  { lower, how }: Use,
): (ms: number) => string {
  const own = invocation.machine;
  const holdup =
    own === null
      ? `is queued at shard ${invocation.shard}, which has taken a turn that placed nobody of its class or a higher one,`
      : `${heldUpText(invocation, own)} on machine ${own.id}`;
  const who = `invocation ${invocation.id} (class ${className(state, invocation.class)}) ${holdup} for`;
  const where = own === machine ? 'there' : `on machine ${machine.id}`;
  const whom = `invocation ${lower.id} (class ${className(state, lower.class)}) ${how} ${where}`;
  return (ms) => `${who} ${ms} ms while ${whom}, where it would fit beside its own class and higher ones`;
}
