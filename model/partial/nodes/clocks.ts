import type { Decision } from '../../alphabet.ts';
import type { Configuration } from '../../configuration.ts';
import { headOf } from '../../fifo.ts';
import type { Judge } from '../../judge.ts';
import { isNextOfTheLost, owedEnqueue } from '../../rules/admission.ts';
import { EVERY_RULE, RULE_INDEX, type RuleId, type RuleSet } from '../../rules/rule-set.ts';
import { PHASE } from '../../table.ts';
import { invocationOf } from '../../unended.ts';

/**
 * Rules that rest on how much time has passed. Where clocks differ, it is asked whether some times within the skew fit
 * them; each decision by itself.
 */
export const RESTING_ON_TIME = [
  'admit',
  'place-greatest',
  'bounded-overtaking',
  'bill-exact',
  'budget-bound',
] as const satisfies readonly RuleId[];

/** The rules that are asked as they are. */
export function rulesAsked(skewMs: number): RuleSet {
  if (skewMs === 0) return EVERY_RULE;
  return RESTING_ON_TIME.reduce((rules, id) => rules & ~(1 << RULE_INDEX[id]), EVERY_RULE);
}

/** The configuration without money: what is metered by clocks that are off could leave the safe integers. */
export function withoutMoney(config: Configuration): Configuration {
  return {
    ...config,
    memoryPrice: 0,
    classes: config.classes.map(({ name }, index) => ({ name, price: index + 1 })),
    tenants: config.tenants.map(() => ({ budget: null })),
  };
}

/** What rests on the clocks: `no`: no times within the skew fit; `maybe`: some do, and others do not. */
export type ByTheClocks = 'yes' | 'maybe' | 'no';

/**
 * What the rules that rest on time say of a decision.
 *
 * @param config with its money, which the judge does without.
 * @param at of the line, by the clock of its node.
 * @param enqueuedAt when each was enqueued, by the clock of its shard, which is that of a placement as well.
 */
export function byTheClocks(
  config: Configuration,
  { model }: Judge,
  decision: Decision,
  at: number,
  enqueuedAt: ReadonlyMap<number, number>,
  skewMs: number,
): ByTheClocks {
  const { state } = model;
  if (!('id' in decision)) return 'yes';
  const invocation = invocationOf(state.invocations, decision.id);
  if (invocation === undefined) return 'yes';
  switch (decision.type) {
    case 'enqueue':
    case 'throttle': {
      const hasBudget = config.tenants[invocation.tenant]!.budget !== null;
      if (invocation.phase === PHASE.admission && hasBudget) {
        if (decision.type === 'throttle') return 'maybe';
        if (decision.shard !== invocation.shard) return 'no';
        const asAsked = decision.class === invocation.askedClass && !decision.degraded;
        return asAsked || (decision.class === 0 && decision.degraded) ? 'maybe' : 'no';
      }
      const owed = owedEnqueue(state, invocation);
      if (decision.type === 'throttle') return owed === null ? 'yes' : 'no';
      const { shard, class: effective, degraded } = decision;
      const isOwed = owed !== null && owed.class === effective && owed.degraded === degraded;
      return isOwed && shard === invocation.shard ? 'yes' : 'no';
    }
    case 'place': {
      const { due, shards } = state;
      if (due.answer !== 'turn' || due.shard !== decision.shard) return 'no';
      const { queues } = shards[decision.shard]!;
      if (invocation.phase !== PHASE.queued || headOf(queues[invocation.class]!) !== invocation) return 'no';
      const waited = (id: number) => at - (enqueuedAt.get(id) ?? at);
      let isSure = true;
      for (const [priceClass, queue] of queues.entries()) {
        const head = headOf(queue);
        if (head === undefined || head === invocation) continue;
        const own = config.classes[invocation.class]!.price;
        const other = config.classes[priceClass]!.price;
        // Either wait is off by up to twice the skew, and none is below 0.
        const slackMs = 2 * skewMs;
        const least = (id: number) => Math.max(0, waited(id) - slackMs);
        const most = (id: number) => waited(id) + slackMs;
        if (own * most(decision.id) < other * least(head.id)) return 'no';
        if (own * least(decision.id) <= other * most(head.id)) isSure = false;
      }
      return isSure ? 'yes' : 'maybe';
    }
    case 'kill':
    case 'complete': {
      const { cpuMs, mbMs, cost } = decision.bill;
      const { price } = config.classes[invocation.class]!;
      if (cpuMs < 0 || mbMs < 0) return 'no';
      if (invocation.phase === PHASE.lost) {
        const isDue = isNextOfTheLost(state, invocation) && invocation.attempt >= state.config.maxAttempts;
        const isForAttempts = decision.type === 'kill' && decision.reason === 'attempts';
        return isDue && isForAttempts && cost === 0 ? 'yes' : 'no';
      }
      return cost === cpuMs * price + mbMs * config.memoryPrice ? 'maybe' : 'no';
    }
    default:
      return 'yes';
  }
}
