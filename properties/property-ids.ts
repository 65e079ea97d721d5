import { PART_IDS } from '../model/alphabet.ts';
import { show } from '../model/format/show.ts';
import { InputError } from '../model/input-error.ts';
import { CATALOGUE, type PropertyId } from './catalogue.ts';
import { didYouMean } from './nearest.ts';

/** The properties of these ids, which an option has named. @throws InputError when there is none, or no scheduler can break it. */
export function propertyIds(ids: readonly string[], option = '--property'): PropertyId[] {
  return ids.map((id) => propertyId(id, option));
}

function propertyId(id: string, option: string): PropertyId {
  const property = CATALOGUE.find((candidate) => candidate.id === id);
  if (property === undefined) {
    if (PART_IDS.some((part) => part === id)) {
      throw new InputError(
        `${option}: ${id} is a part of XX, and this takes properties; \`--without ${id}\` leaves a part out`,
      );
    }
    const judged = CATALOGUE.filter(({ ofTheModel }) => !ofTheModel).map((candidate) => candidate.id);
    throw new InputError(
      `${option}: there is no property ${show(id)}${didYouMean(id, judged)}; \`xx explain\` lists them`,
    );
  }
  if (property.ofTheModel) {
    throw new InputError(
      `${option}: ${id} is a property of the model alone, and no scheduler can break it: it follows from ${property.rules.join(' and ')}; judge these`,
    );
  }
  return property.id;
}
