import { hasRoom, leastBy } from './placement.ts';
import { variantOf } from './variant.ts';

/** Of the machines that are polled, those come first on which no function has to die for the newcomer. */
export const xxRoomFirst = variantOf(
  'xx-room-first',
  'XX that places where RAM and swap have room, if a poll finds such a machine',
  () => ({
    choosePolled: (state, polled, _slot, newcomerMb) =>
      leastBy(polled, (id) => {
        const machine = state.machines[id]!;
        return [hasRoom(machine, newcomerMb) ? 0 : 1, machine.live];
      }),
  }),
);
