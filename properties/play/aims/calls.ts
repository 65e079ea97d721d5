import type { TimedStimulus } from '../../../model/alphabet.ts';
import type { Machine } from '../../../model/entities.ts';
import { countHearingInvocations, hearingInvocation } from '../../../model/stimuli.ts';
import { AVAILABILITY, PHASE } from '../../../model/table.ts';
import { type Aim, type Desk, someOf } from './aim.ts';

/** This many callees on one machine are worth losing together. */
const MANY = 3;

/** Calls upon calls, and then the end of many that are waited for at once: who wakes, and what they hear. */
export const calls: Aim = {
  name: 'calls',
  suits: () => 'well',
  next(desk) {
    const { state, below } = desk;
    const { now: at } = state;
    const machine = someOf(state.byAvailability[AVAILABILITY.up]!, desk, (one) => waitedFor(one) >= MANY);
    if (machine !== null && below(4) === 0) return { at, stimulus: ending(machine, desk) };
    const running = countHearingInvocations(state, 'call');
    if (running > 0 && below(2) === 0) {
      const { id: caller } = hearingInvocation(state, 'call', below(running));
      const { type: _, tenant: __, ...callee } = desk.submission(0);
      return { at, stimulus: { type: 'call', caller, ...callee } };
    }
    const waits = someOf(state.byPhase[PHASE.queued]!, desk, () => true);
    return waits === null ? null : { at, stimulus: { type: 'turn', shard: waits.shard } };
  },
};

function waitedFor({ live }: Machine): number {
  return live.reduce((count, { caller }) => count + Number(caller !== null), 0);
}

/** A crash, or an antagonist that leaves room for them only in swap. */
function ending({ id, ram }: Machine, { below }: Desk): TimedStimulus['stimulus'] {
  return below(2) === 0 ? { type: 'crash', machine: id } : { type: 'antagonist', machine: id, memory: ram };
}
