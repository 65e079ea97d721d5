import { EVERY_RULE, RULE_IDS, type RuleSet, ruleSetOf } from '../../model/rules/rule-set.ts';
import { type PropertyId, propertyOf } from '../catalogue.ts';

/**
 * What a run is judged by. Either everything but what is judged on request: then the first rule that refuses a step ends the run, and the properties
 * beyond the rules are looked at as well. Or some properties, each on its own evidence: then nothing else is asked, and a
 * run goes on whatever else is wrong with it.
 */
export interface Asked {
  /** Empty: everything. */
  readonly properties: readonly PropertyId[];
  /** The rules among them. */
  readonly rules: RuleSet;
}

export const EVERYTHING: Asked = { properties: [], rules: EVERY_RULE };

/** Only these properties; everything, if there are none. */
export function askedOf(properties: readonly PropertyId[]): Asked {
  if (properties.length === 0) return EVERYTHING;
  return { properties, rules: ruleSetOf(RULE_IDS.filter((id) => properties.includes(id))) };
}

/** What is judged when a finding is looked for again: everything that was asked, or its property alone. */
export function askedFor(property: PropertyId, { properties }: Asked): Asked {
  return properties.length === 0 ? EVERYTHING : askedOf([property]);
}

export function isEverything({ properties }: Asked): boolean {
  return properties.length === 0;
}

export function isAsked({ properties }: Asked, id: PropertyId): boolean {
  return properties.length === 0 ? propertyOf(id).onRequest !== true : properties.includes(id);
}
