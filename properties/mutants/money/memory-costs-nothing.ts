import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';
import { rebilled } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'memory-costs-nothing',
  sentence: 'The cost of memory is left out of the bill.',
  rule: 'bill-exact',
  fault: () => {
    const config = new Remembered();
    return {
      reads: (configuration) => config.remember(configuration),
      says: rebilled((_id, bill) => ({ ...bill, cost: bill.cost - bill.mbMs * config.now.memoryPrice })),
    };
  },
});
