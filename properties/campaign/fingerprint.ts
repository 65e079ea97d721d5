import { createHash } from 'node:crypto';
import type { Scenario } from '../../model/configuration.ts';
import type { PropertyId } from '../catalogue.ts';

/**
 * Names a finding by what it is and not by how it was found: the property, and the shape of the shrunk scenario, in
 * which ids are numbered by their first appearance and labels left out.
 *
 * @returns eight hexadecimal digits.
 */
export function fingerprintOf(property: PropertyId, { stimuli }: Scenario): string {
  const numbers = new Map<number, number>();
  const numberOf = (id: number): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  };
  const shape = stimuli.map(({ at, stimulus }) => {
    const { type } = stimulus;
    if (type === 'call') return [at, type, numberOf(stimulus.caller), numberOf(stimulus.id), stimulus.class];
    if (type === 'submit') return [at, type, numberOf(stimulus.id), stimulus.class];
    return 'id' in stimulus ? [at, type, numberOf(stimulus.id)] : [at, type];
  });
  return createHash('sha256')
    .update(JSON.stringify([property, shape]))
    .digest('hex')
    .slice(0, 8);
}
