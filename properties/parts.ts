import { PART_IDS, type PartId } from '../model/alphabet.ts';
import type { Configuration } from '../model/configuration.ts';
import { show } from '../model/format/show.ts';
import { InputError } from '../model/input-error.ts';
import { narrowed, withImplied } from '../model/parts.ts';
import { CATALOGUE, type PropertyId } from './catalogue.ts';
import { didYouMean } from './nearest.ts';

/** Which parts of XX a scheduler lacks, and what cannot be said of it then. */

/**
 * The properties that rest on a part: without it nothing can put them to the test. What such a scheduler decides is
 * judged by them all the same, so that none is let off for having said that it lacks something.
 */
const RESTS_ON: Partial<Record<PropertyId, PartId>> = {
  inherit: 'calls',
  'wake-caller': 'calls',
  'budget-bound': 'budgets',
  'idle-list-true': 'idle-lists',
  'memory-never-exceeds-ram-plus-swap': 'swap',
  'nothing-swapped-for-a-lower-class': 'swap',
  'run-resident': 'swap',
  'memory-bound': 'swap',
  'page-out-lowest': 'swap',
  'page-in-to-run': 'swap',
  'grant-to-run': 'paging',
  'disk-works': 'paging',
  'will-run-runs': 'paging',
  'no-thrash': 'paging',
  'disk-priority': 'paging',
  steady: 'paging',
  lent: 'paging',
  'stays-exact': 'overflow',
};

/** Why a property is not applicable to a scheduler without these parts, in a few words; null when it is. */
export function whyNotApplicable(id: PropertyId, without: readonly PartId[]): string | null {
  const part = RESTS_ON[id];
  if (part === undefined || !without.includes(part)) return null;
  return `it rests on ${part}, which the scheduler is without`;
}

/** The properties that are not applicable without a part. */
export function restingOn(part: PartId): PropertyId[] {
  return CATALOGUE.map(({ id }) => id).filter((id) => RESTS_ON[id] === part);
}

/** The parts of these names, and those that they imply. @throws InputError when a name is not that of a part. */
export function partIds(names: readonly string[], option = '--without'): PartId[] {
  return withImplied(names.map((name) => partId(name, option)));
}

function partId(name: string, option: string): PartId {
  const part = PART_IDS.find((id) => id === name);
  if (part !== undefined) return part;
  if (CATALOGUE.some(({ id }) => id === name)) {
    throw new InputError(
      `${option}: ${name} is a property, and this takes parts of XX (${PART_IDS.join(', ')}); \`xx fuzz --except ${name}\` judges everything but this property`,
    );
  }
  throw new InputError(
    `${option}: there is no part ${show(name)}${didYouMean(name, PART_IDS)}; the parts are ${PART_IDS.join(', ')}`,
  );
}

/** What a report says of parts that are left out; null when there are none. */
export function notTriedText(without: readonly PartId[]): string | null {
  return without.length === 0 ? null : `Not tried, since the scheduler is without: ${without.join(', ')}.`;
}

/**
 * The cluster of a file with more parts left out.
 *
 * @throws InputError when it has figures that belong to one: nothing of a file is changed silently.
 */
export function leavingOut(config: Configuration, without: readonly PartId[]): Configuration {
  const narrow = narrowed(config, without);
  for (const [id, { swap }] of config.machines.entries()) {
    if (swap === narrow.machines[id]!.swap) continue;
    throw new InputError(
      `config.machines[${id}].swap: expected 0, since --without leaves out swap, got ${swap}; play it without that option, or set the swap of every machine to 0`,
    );
  }
  for (const [id, { budget }] of config.tenants.entries()) {
    if (budget === narrow.tenants[id]!.budget) continue;
    throw new InputError(
      `config.tenants[${id}].budget: expected null, since --without leaves out budgets, got ${budget}; play it without that option, or set every budget to null`,
    );
  }
  if (config.paging !== undefined && narrow.paging === undefined) {
    throw new InputError(
      'config.paging: expected none, since --without leaves out paging; play it without that option, or take "paging" out of the configuration',
    );
  }
  return narrow;
}
