import type { StimulusType } from '../alphabet.ts';
import { PERMISSION_OF_GUARD, RULE_OF_DECISION } from '../rules/index.ts';
import type { RuleId } from '../rules/rule.ts';
import type { GuardName } from '../statecharts/guards.ts';
import type { Transition } from '../table.ts';

/**
 * Which rules speak of a transition: of a decision, the one that refuses it otherwise; of a stimulus, those that say
 * what must follow; and where a guard asks for a plain fact, those that this fact matters to.
 */
export function rulesOfTransition({ guard, event }: Transition): readonly RuleId[] {
  const permission = PERMISSION_OF_GUARD[guard];
  if (permission !== undefined) return [permission.id];
  const ofFact = RULES_OF_FACT[guard];
  if (ofFact !== undefined) return ofFact;
  const ofStimulus = RULES_AFTER[event as StimulusType | 'calleeEnds'];
  return ofStimulus ?? [RULE_OF_DECISION[event as keyof typeof RULE_OF_DECISION].id];
}

const RULES_OF_FACT: Partial<Record<GuardName, readonly RuleId[]>> = {
  'leaves-some': ['page-out-lowest'],
  'takes-all': ['page-out-lowest'],
  'lacks-more': ['page-in-to-run'],
  'brings-all': ['page-in-to-run'],
  'holds-live': ['place-least-loaded', 'idle-list-true'],
  'is-empty': ['place-least-loaded', 'idle-list-true'],
  'leaves-others': ['place-least-loaded'],
  'leaves-it-empty': ['place-least-loaded'],
  'placed-from-this-entry': ['idle-list-true'],
  'fits-ram': ['memory-bound'],
  'fits-swap': ['memory-bound'],
  exceeds: ['kill-iff'],
};

const RULES_AFTER: Record<StimulusType | 'calleeEnds', readonly RuleId[]> = {
  boot: ['idle-list-true'],
  submit: ['answered', 'budget-bound'],
  call: ['answered', 'inherit'],
  turn: ['answered', 'bounded-overtaking'],
  resize: ['memory-bound', 'run-the-highest'],
  finish: ['answered'],
  antagonist: ['memory-bound', 'run-the-highest'],
  join: ['idle-list-true'],
  drain: ['idle-list-true'],
  crash: ['answered'],
  restart: ['idle-list-true'],
  tick: [],
  calleeEnds: ['answered'],
};
