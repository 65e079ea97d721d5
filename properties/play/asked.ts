import type { Configuration } from '../../model/configuration.ts';
import { EVERY_RULE, RULE_IDS, type RuleSet, ruleSetOf } from '../../model/rules/rule-set.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';

/**
 * What a run is judged by. Either everything but what is judged on request: then the first rule that refuses a step ends
 * the run, and the properties beyond the rules are looked at as well. Or some properties, each on its own evidence: then
 * nothing else is asked, and a run goes on whatever else is wrong with it.
 */
export interface Asked {
  /** Empty: everything. */
  readonly properties: readonly PropertyId[];
  /** The rules that are asked. */
  readonly rules: RuleSet;
  /** What is left out of everything. */
  readonly except: readonly PropertyId[];
}

export const EVERYTHING: Asked = { properties: [], rules: EVERY_RULE, except: [] };

/**
 * Only these properties; everything, if there are none.
 *
 * @param except what is left out of everything.
 */
export function askedOf(properties: readonly PropertyId[], except: readonly PropertyId[] = []): Asked {
  if (properties.length === 0 && except.length === 0) return EVERYTHING;
  const isIn = (id: PropertyId): boolean => isAsked({ properties, except }, id);
  return { properties, rules: ruleSetOf(RULE_IDS.filter(isIn)), except };
}

/** What is judged when a finding is looked for again: everything that was asked, or its property alone. */
export function askedFor(property: PropertyId, asked: Asked): Asked {
  return asked.properties.length === 0 ? asked : askedOf([property]);
}

export function isEverything({ properties }: Asked): boolean {
  return properties.length === 0;
}

export function isAsked({ properties, except }: Omit<Asked, 'rules'>, id: PropertyId): boolean {
  if (properties.length > 0) return properties.includes(id);
  return propertyOf(id).onRequest !== true && !except.includes(id);
}

/** Whether what is wrong is told: what is not possible is refused whatever is asked. */
export function isTold({ property }: { readonly property: PropertyId }, asked: Asked): boolean {
  return isAsked(asked, property) || property === 'possible-decision';
}

/** The same in a cluster without parts: whether sums stay exact is not asked where none is to leave the safe integers. */
export function askedWithin(asked: Asked, { without }: Pick<Configuration, 'without'>): Asked {
  if (without?.includes('overflow') !== true || asked.properties.length > 0) return asked;
  return { ...asked, except: [...asked.except, 'stays-exact'] };
}
