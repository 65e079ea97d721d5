import { describe, expect, test } from 'vitest';
import { everywhere } from '../../properties/testing/wander.ts';
import type { Step } from '../alphabet.ts';
import type { Configuration, Tenant } from '../configuration.ts';
import { emptyTally } from '../coverage.ts';
import { ImpossibleStimulus } from '../input-error.ts';
import { Judge } from '../judge.ts';
import { settleTenant } from '../metering.ts';
import type { State } from '../state.ts';
import { PHASE } from '../table.ts';
import {
  accept,
  arrives,
  bill,
  call,
  cluster,
  complete,
  crash,
  enqueue,
  finish,
  HIGH,
  kill,
  LOW,
  later,
  MID,
  pageIn,
  pageOut,
  polls,
  preempt,
  refuse,
  resize,
  start,
  story,
  submit,
  throttle,
  tick,
  turn,
  wake,
} from '../testing.ts';
import { everybody } from '../unended.ts';
import { budgetBound } from './money.ts';
import { ruleSetOf } from './rule-set.ts';

/** Keeps accounts in big integers, from what is seen of a state between two steps. */
class Clerk {
  private readonly used = new Map<number, { cpuMs: bigint; mbMs: bigint }>();
  private readonly spent: bigint[];
  private readonly config: Configuration;
  /** How many bills were compared. */
  bills = 0;
  private seen: { id: number; tenant: number; priceClass: number; runs: boolean; resident: number }[] = [];
  private now = 0;

  constructor(config: Configuration) {
    this.config = config;
    this.spent = config.tenants.map(() => 0n);
  }

  /** Lets time pass up to a step, over all that was seen before it. */
  letPass(at: number): void {
    const elapsed = BigInt(at - this.now);
    for (const [id, { period }] of this.config.tenants.entries()) {
      if (at - (at % (period ?? 1)) > this.now) this.spent[id] = 0n;
    }
    for (const { id, tenant, priceClass, runs, resident } of this.seen) {
      const used = this.used.get(id) ?? { cpuMs: 0n, mbMs: 0n };
      const cpuMs = runs ? elapsed : 0n;
      this.used.set(id, { cpuMs: used.cpuMs + cpuMs, mbMs: used.mbMs + BigInt(resident) * elapsed });
      const { period } = this.config.tenants[tenant]!;
      const begun = BigInt(Math.max(this.now, at - (at % (period ?? 1))));
      const inPeriod = BigInt(at) - begun;
      this.spent[tenant]! += this.cost(priceClass, runs ? inPeriod : 0n, BigInt(resident) * inPeriod);
    }
    this.now = at;
  }

  /** Looks at what the step has decided, and at the state that it leaves. */
  follow(state: State, { decisions }: Step): void {
    for (const decision of decisions) {
      if (decision.type === 'enqueue' || decision.type === 'place') this.used.delete(decision.id);
      if (decision.type !== 'complete' && decision.type !== 'kill') continue;
      this.bills++;
      const lost = decision.type === 'kill' && decision.reason === 'attempts';
      const { cpuMs, mbMs } = (!lost && this.used.get(decision.id)) || { cpuMs: 0n, mbMs: 0n };
      const priceClass = this.seen.find(({ id }) => id === decision.id)?.priceClass ?? 0;
      expect(decision.bill).toEqual({
        cpuMs: Number(cpuMs),
        mbMs: Number(mbMs),
        cost: Number(this.cost(priceClass, cpuMs, mbMs)),
      });
    }
    this.seen = everybody(state.invocations).map((one) => ({
      id: one.id,
      tenant: one.tenant,
      priceClass: one.class,
      runs: one.phase === PHASE.running,
      resident: one.resident,
    }));
    for (const [id, { budget }] of this.config.tenants.entries()) {
      if (budget !== null) expect(settleTenant(state, id).spent).toBe(Number(this.spent[id]));
    }
  }

  private cost(priceClass: number, cpuMs: bigint, mbMs: bigint): bigint {
    return BigInt(this.config.classes[priceClass]!.price) * cpuMs + BigInt(this.config.memoryPrice) * mbMs;
  }
}

describe('money', () => {
  test('is what a clerk adds up between all steps, wherever the rules lead', () => {
    const clerks: Clerk[] = [];
    everywhere(
      20,
      (plan) => {
        const clerk = new Clerk(plan.config);
        clerks.push(clerk);
        return {
          onStep({ state }, step) {
            clerk.letPass(step.at);
            clerk.follow(state, step);
          },
        };
      },
      'medium',
    );
    expect(clerks.reduce((sum, { bills }) => sum + bills, 0)).toBeGreaterThan(10);
  });
});

/** A pico-cent for each MB·ms beside the prices of 1, 2 and 4 for each cpu-ms. */
const priced = cluster({ memoryPrice: 1 });

describe('bill-exact', () => {
  test('charges cpu time at the effective class and memory, from the placement on', () => {
    const runs = story(priced, [0, submit(1, MID), enqueue(1, MID)], [2, turn(), polls(1, 0), start(1)]);
    accept(runs, [7, finish(1), complete(1, bill(5, 5, 15))]);
    for (const wrong of [bill(6, 5, 15), bill(5, 4, 15), bill(5, 5, 14), bill(7, 7, 21), bill(-5, 5, 15)]) {
      expect(refuse(runs, [7, finish(1), complete(1, wrong)])).toMatchObject({
        rule: 'bill-exact',
        entity: 'invocation 1',
        message: expect.stringContaining(
          'the bill of invocation 1 (class mid, finishing, 1 MB resident) is cpuMs 5, mbMs 5, cost 15',
        ),
        allowed: [complete(1, bill(5, 5, 15))],
      });
    }
  });

  test('charges memory at what it was from step to step', () => {
    const runs = story(priced, ...arrives(0, 1, LOW, start(1)), [3, resize(1, 4)], [5, resize(1, 2)]);
    accept(runs, [6, finish(1), complete(1, bill(6, 3 + 8 + 2, 6 + 13))]);
  });

  test('charges one who is preempted for memory alone, and one who is swapped for nothing', () => {
    const highRuns = story(
      cluster({ memoryPrice: 1, initialMemory: 2 }),
      ...arrives(0, 1, LOW, start(1)),
      ...arrives(3, 2, HIGH, preempt(1), start(2)),
      [4, resize(2, 9), pageOut(1, 1)],
      [5, resize(2, 10), pageOut(1, 1)],
    );
    const highPays = bill(5, 2 + 9 + 30, 20 + 41);
    const lowRuns = later(highRuns, [8, finish(2), complete(2, highPays), pageIn(1, 2), start(1)]);
    accept(lowRuns, [10, finish(1), complete(1, bill(3 + 2, 8 + 1 + 0 + 4, 5 + 13))]);
  });

  test('charges a blocked caller for memory alone, and its callee at the class that it inherits', () => {
    const calls = story(
      priced,
      ...arrives(0, 1, HIGH, start(1)),
      [2, call(1, 9, LOW), enqueue(9, HIGH)],
      [2, turn(), polls(9, 0), start(9)],
    );
    const woken = later(calls, [5, finish(9), complete(9, bill(3, 3, 15)), wake(1), start(1)]);
    accept(woken, [6, finish(1), complete(1, bill(2 + 1, 6, 18))]);
    expect(refuse(calls, [5, finish(9), complete(9, bill(3, 3, 6))])).toMatchObject({
      rule: 'bill-exact',
      allowed: [complete(9, bill(3, 3, 15))],
    });
  });

  test('charges one who is killed for what it has used', () => {
    const runs = story(priced, ...arrives(0, 1, MID, start(1)));
    accept(runs, [4, resize(1, 11), kill(1, 'exceeds-machine', bill(4, 4, 12))]);
    expect(refuse(runs, [4, resize(1, 11), kill(1, 'exceeds-machine')])).toMatchObject({
      rule: 'bill-exact',
      entity: 'invocation 1',
      allowed: [kill(1, 'exceeds-machine', bill(4, 4, 12))],
    });
  });

  test('charges the last attempt alone, and one that was lost once too often for nothing', () => {
    const again = story(
      cluster({
        memoryPrice: 1,
        machines: [
          { cores: 1, ram: 10, swap: 5 },
          { cores: 1, ram: 10, swap: 5 },
        ],
      }),
      ...arrives(0, 1, LOW, start(1)),
      [5, crash(0), enqueue(1, LOW)],
      [6, turn(), polls(1, 1), start(1)],
    );
    accept(again, [8, finish(1), complete(1, bill(2, 2, 4))]);
    expect(refuse(again, [8, finish(1), complete(1, bill(7, 7, 14))])).toMatchObject({ rule: 'bill-exact' });
    accept(again, [8, crash(1), kill(1, 'attempts')]);
    expect(refuse(again, [8, crash(1), kill(1, 'attempts', bill(2, 2, 4))])).toMatchObject({
      rule: 'bill-exact',
      message: expect.stringContaining(
        'the bill of invocation 1 (class low, lost) is cpuMs 0, mbMs 0, cost 0',
      ),
      allowed: [kill(1, 'attempts')],
    });
  });

  test('completes nobody who has not finished, whatever the bill', () => {
    const two = story(priced, ...arrives(0, 1, HIGH, start(1)), ...arrives(0, 2, LOW));
    expect(refuse(two, [3, tick, complete(1, bill(3, 3, 15))])).toMatchObject({
      rule: 'possible-decision',
      entity: 'invocation 1',
      message: expect.stringContaining('invocation 1 is running, and only one that has finished completes'),
      allowed: [],
    });
    expect(refuse(two, [3, finish(1), complete(2, bill(0, 3, 3))])).toMatchObject({
      rule: 'possible-decision',
      entity: 'invocation 2',
      message: expect.stringContaining('invocation 2 is ready, and only one that has finished completes'),
      allowed: [complete(1, bill(3, 3, 15))],
    });
    expect(
      refuse(two, [3, finish(1), complete(1, bill(3, 3, 15)), complete(1, bill(3, 3, 15))]),
    ).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('invocation 1 has ended'),
    });
  });

  test('takes a scenario back whose bill leaves the safe integers, for it is not the fault of the scheduler', () => {
    const vast = story(
      cluster({ classes: [{ name: 'vast', price: 2 ** 52 }] }),
      ...arrives(0, 1, 0, start(1)),
    );
    accept(vast, [1, finish(1), complete(1, bill(1, 1, 2 ** 52))]);
    const judge = accept(vast);
    expect(() => judge.step(2, finish(1), [complete(1, bill(2, 2, 2 ** 53))])).toThrow(ImpossibleStimulus);
    expect(() => accept(vast).step(2, finish(1), [])).toThrow(
      'the bill of invocation 1 leaves the safe integers (cpuMs 2, mbMs 2, cost 9007199254740992)',
    );
    accept(vast, [2, tick]);
    // A scheduler that completes it unasked is to blame itself.
    expect(refuse(vast, [2, tick, complete(1)])).toMatchObject({ rule: 'possible-decision' });
  });
});

/** One runs in a class from 0 on; its tenant has this budget, of 100 pico-cents in 100 ms unless given. */
function spending(
  priceClass: number,
  tenant: Partial<Extract<Tenant, { budget: number }>> = {},
  memoryPrice = 0,
) {
  const limited = { budget: 100, period: 100, burstPercent: 0, ...tenant };
  return story(
    cluster({ memoryPrice, tenants: [limited, { budget: null }] }),
    ...arrives(0, 1, priceClass, start(1)),
  );
}

const asAsked = (id: number) => enqueue(id, HIGH);
const degraded = (id: number) => enqueue(id, LOW, 0, true);

describe('a budget', () => {
  const outcomes = { asAsked, degraded, throttled: throttle } as const;
  type Outcome = keyof typeof outcomes;

  test.each<[string, ReturnType<typeof spending>, number, Outcome]>([
    ['spending exactly on pace', spending(LOW), 10, 'asAsked'],
    ['ahead of pace', spending(MID), 1, 'degraded'],
    ['exactly as far ahead as the burst lets it', spending(MID, { burstPercent: 1 }), 1, 'asAsked'],
    ['further ahead than the burst lets it', spending(MID, { burstPercent: 1 }), 2, 'degraded'],
    ['one short of all', spending(HIGH, { budget: 101 }), 25, 'degraded'],
    ['exactly all', spending(HIGH), 25, 'throttled'],
    ['more than all', spending(HIGH), 26, 'throttled'],
    ['all, though the burst would let it', spending(HIGH, { burstPercent: 1000 }), 25, 'throttled'],
    ['less than all, as the burst lets it', spending(HIGH, { burstPercent: 100 }), 24, 'asAsked'],
    ['in the last ms of a period', spending(HIGH), 99, 'throttled'],
    ['nothing yet, as a period begins', spending(HIGH), 100, 'asAsked'],
    ['in the next period', spending(HIGH), 101, 'degraded'],
    ['what the next period has seen, and no more', spending(HIGH, { burstPercent: 30 }), 110, 'asAsked'],
    ['what the next period has seen, and no less', spending(HIGH, { burstPercent: 30 }), 111, 'degraded'],
    ['all of a later period', spending(HIGH), 325, 'throttled'],
    ['less than all of a later period', spending(HIGH), 324, 'degraded'],
    ['memory too', spending(LOW, { burstPercent: 5 }, 1), 5, 'asAsked'],
    ['memory too, ahead of pace', spending(LOW, { burstPercent: 5 }, 1), 6, 'degraded'],
  ])('of which is spent %s', (_case, told, at, outcome) => {
    accept(told, [at, submit(2, HIGH), outcomes[outcome](2)]);
    for (const other of Object.keys(outcomes) as Outcome[]) {
      if (other === outcome) continue;
      expect(refuse(told, [at, submit(2, HIGH), outcomes[other](2)])).toMatchObject({
        rule: 'admit',
        entity: 'invocation 2',
        allowed: [outcomes[outcome](2)],
      });
    }
  });

  test('that is spent throttles no callee, and no other tenant', () => {
    const spent = spending(HIGH);
    accept(spent, [30, call(1, 9, LOW), enqueue(9, HIGH)]);
    accept(spent, [30, submit(2, HIGH, 0, 1), enqueue(2, HIGH)]);
    expect(refuse(spent, [30, call(1, 9, LOW), throttle(9)])).toMatchObject({
      rule: 'possible-decision',
      message: expect.stringContaining('only a root that was just submitted is throttled'),
      allowed: [enqueue(9, HIGH)],
    });
    expect(refuse(spent, [30, submit(2, HIGH, 0, 1), throttle(2)])).toMatchObject({ rule: 'admit' });
  });

  test('of nothing is spent from the beginning', () => {
    const tenants = [{ budget: 0, period: 100, burstPercent: 100 }];
    accept(story(cluster({ tenants })), [0, submit(1, HIGH), throttle(1)], [50, submit(2, LOW), throttle(2)]);
  });

  test('that is spent is named in the verdict', () => {
    expect(refuse(spending(HIGH), [25, submit(2, HIGH), asAsked(2)]).message).toContain(
      'tenant 0 has spent 100 of a budget of 100 in this period',
    );
  });

  test('pays for work that a crash has lost', () => {
    const lost = later(spending(HIGH), [25, crash(0), enqueue(1, HIGH)]);
    accept(lost, [25, submit(2, HIGH), throttle(2)]);
  });

  test('is compared with its pace exactly, where floating point would see a tie', () => {
    const budget = Number.MAX_SAFE_INTEGER;
    const beyond = 6_004_799_503_160_661;
    expect([3n * BigInt(beyond) > 2n * BigInt(budget), beyond * 100 * 3 > budget * 200]).toEqual([
      true,
      false,
    ]);
    const told = (price: number) =>
      story(
        cluster({ classes: [{ name: 'vast', price }], tenants: [{ budget, period: 3, burstPercent: 0 }] }),
        ...arrives(1, 1, 0, start(1)),
      );
    accept(told(beyond - 1), [2, submit(2, 0), enqueue(2, 0)]);
    accept(told(beyond), [2, submit(2, 0), enqueue(2, 0, 0, true)]);
  });

  test('takes a scenario back in which what is spent leaves the safe integers', () => {
    const vast = { classes: [{ name: 'vast', price: 2 ** 52 }] };
    const told = (tenant: Tenant) =>
      story(cluster({ ...vast, tenants: [tenant] }), ...arrives(0, 1, 0, start(1)));
    const limited = told({ budget: 1, period: 10, burstPercent: 0 });
    accept(limited, [1, tick]);
    expect(() => accept(limited).step(2, tick, [])).toThrow(
      'the spending of tenant 0 leaves the safe integers (9007199254740992)',
    );
    // Not in any one period, if periods are short.
    accept(told({ budget: 1, period: 1, burstPercent: 0 }), [20, tick]);
    accept(told({ budget: null }), [20, tick]);
  });
});

describe('budget-bound', () => {
  const spent = spending(HIGH);

  test('holds of a root that is throttled', () => {
    const { state } = accept(spent, [25, submit(2, HIGH), throttle(2)]);
    expect(budgetBound.applies(state)).toBe(true);
    expect(budgetBound.breach(state)).toBeNull();
  });

  test('is put to the test by no root that comes before', () => {
    expect(budgetBound.applies(accept(spent, [24, submit(2, HIGH), degraded(2)]).state)).toBe(false);
    expect(budgetBound.applies(accept(spent, [25, call(1, 9, LOW), enqueue(9, HIGH)]).state)).toBe(false);
  });

  test('is broken by a root that is admitted, which admit refuses first, if it is asked', () => {
    expect(refuse(spent, [25, submit(2, HIGH), degraded(2)])).toMatchObject({ rule: 'admit' });
    const judge = new Judge(spent.config, emptyTally(), ruleSetOf(['budget-bound']));
    for (const [at, stimulus, ...decisions] of spent.lines) {
      expect(judge.step(at, stimulus, decisions)).toBeNull();
    }
    expect(judge.step(24, submit(3, HIGH), [asAsked(3)])).toBeNull();
    expect(judge.step(25, submit(2, HIGH), [degraded(2)])).toMatchObject({
      rule: 'budget-bound',
      entity: 'tenant 0',
      decision: null,
      message: expect.stringContaining('invocation 2 was admitted while tenant 0 has spent 100 of 100'),
    });
  });
});
