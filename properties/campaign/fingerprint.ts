import { createHash } from 'node:crypto';
import type { Scenario } from '../../model/configuration.ts';
import type { PropertyId } from '../catalogue.ts';

/**
 * Names a finding by what it is and not by how it was found: the property (or the contract that was broken), and the shape of the shrunk scenario, in
 * which ids are numbered by their first appearance, times are only told apart by whether time passes, and amounts and
 * labels are left out. What is found where parts of XX are left out is something else than with all of them.
 *
 * @returns eight hexadecimal digits.
 */
export function fingerprintOf(property: PropertyId | 'contract', { config, stimuli }: Scenario): string {
  const numbers = new Map<number, number>();
  const numberOf = (id: number): number => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return numbers.get(id)!;
  };
  let before = 0;
  const shape = stimuli.map(({ at, stimulus }) => {
    const passes = at > before;
    before = at;
    const { type } = stimulus;
    if (type === 'call')
      return [passes, type, numberOf(stimulus.caller), numberOf(stimulus.id), stimulus.class];
    if (type === 'submit') return [passes, type, numberOf(stimulus.id), stimulus.class];
    return 'id' in stimulus ? [passes, type, numberOf(stimulus.id)] : [passes, type];
  });
  return createHash('sha256')
    .update(JSON.stringify([property, shape, ...(config.without === undefined ? [] : [config.without])]))
    .digest('hex')
    .slice(0, 8);
}
