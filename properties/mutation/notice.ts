import { isDeepStrictEqual } from 'node:util';
import type { Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { coverageOf } from '../../model/coverage.ts';
import { Choices } from '../../model/explore/choices.ts';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { ModelExpander } from '../../model/explore/model-expander.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { Judge } from '../../model/judge.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { Size } from '../arbitraries/configuration.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { explorable, headlineClaims } from '../exploration/expanders.ts';
import { ANSWERS } from './answers.ts';
import { opinionsOn } from './opinions.ts';

/** What a correct judge says of a trace that a wrong scheduler has left behind. */
export interface WrongTrace {
  /** Of the wrong scheduler. */
  readonly name: string;
  readonly config: Configuration;
  readonly steps: readonly Step[];
  /** The verdict, with everything above and below in it. */
  readonly verdict: unknown;
  /** What else the judge says on the way; null for a long trace, of which there are enough. */
  readonly opinions: string | null;
}

/** Traces of more steps have no opinions asked. */
export const MOST_STEPS_ASKED = 30;

/** The verdict on a trace, as JSON would keep it; an error is one, too. */
export function verdictOn(config: Configuration, steps: readonly Step[]): unknown {
  try {
    const judge = new Judge(config);
    for (const { at, stimulus, decisions } of steps) {
      const violation = judge.step(at, stimulus, decisions);
      if (violation !== null) return JSON.parse(JSON.stringify(violation));
    }
    return null;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Instances of a few hundred states, with and without memory pressure, and with samples. */
const INSTANCES: readonly BoundedInstance[] = [
  { ...QUOTED_INSTANCE, invocations: 2, machines: 1, kMachines: 1 },
  { ...QUOTED_INSTANCE, invocations: 2 },
  { ...QUOTED_INSTANCE, invocations: 2, shards: 2, kShards: 1, kMachines: 1 },
];

/** How many states each instance has, and how deep it is: for the reference, and for the model by itself. */
export async function explored(): Promise<unknown> {
  const found: unknown[] = [];
  for (const instance of INSTANCES) {
    const choices = new Choices();
    const xx = createXX({ sample: (_generator, count, size) => choices.sample(count, size) });
    for (const expander of [
      new SchedulerExpander(instance, explorable(xx), choices, headlineClaims),
      new ModelExpander(instance, headlineClaims),
    ]) {
      const { states, steps, depth, complete, tally } = await search(expander, { goOn: async () => true });
      found.push({ states, steps, depth, complete, coverage: coverageOf(tally, false) });
    }
  }
  return found;
}

/** What a faultless build has left for comparison. */
export interface Expected {
  readonly wrongTraces: readonly WrongTrace[];
  readonly explored: unknown;
  /** What campaigns have counted, by their size. */
  readonly campaigns: Readonly<Partial<Record<Size, unknown>>>;
  /** What the reference answers, by where. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

const RUNS = 128;

/** What a campaign finds, in which the reference and its twin must satisfy the judge, and what it has counted. */
export async function campaigned(size: Size): Promise<{ finding: string | null; counted: unknown }> {
  const { violations, tally } = await runCampaign({
    contestant: { scheduler: createXX(), twin: createXX({ mode: 'immer' }) },
    seed: 1,
    size,
    properties: [],
    shrink: false,
    wanted: (runs) => RUNS - runs,
    onProgress: () => {},
  });
  const { transitions, pairs, outcomes, premises } = tally;
  return {
    finding: violations[0]?.finding.property ?? null,
    counted: [transitions, pairs, outcomes, premises].map((counters) => [...counters]),
  };
}

/**
 * What shows that a build has a fault, or null: verdicts on wrong traces, explorations, and a campaign in which model
 * and reference must still agree. The quick ones come first: from milliseconds up to a second.
 */
export async function notice(expected: Expected): Promise<string | null> {
  for (const { name, config, steps, verdict, opinions } of expected.wrongTraces) {
    if (opinions !== null && opinionsOn(config, steps) !== opinions) return `other opinions on ${name}`;
    if (!isDeepStrictEqual(verdictOn(config, steps), verdict)) return `another verdict on ${name}`;
  }
  for (const [where, answers] of Object.entries(expected.answers)) {
    let index = 0;
    for (const answer of ANSWERS[where]!()) {
      if (answer !== answers[index++]) return `other answers ${where}`;
    }
  }
  for (const [size, counted] of Object.entries(expected.campaigns)) {
    const campaign = await campaigned(size as Size);
    if (campaign.finding !== null) return `${campaign.finding} in a ${size} campaign`;
    if (!isDeepStrictEqual(campaign.counted, counted)) return `other counts in a ${size} campaign`;
  }
  return isDeepStrictEqual(await explored(), expected.explored) ? null : 'another exploration';
}
