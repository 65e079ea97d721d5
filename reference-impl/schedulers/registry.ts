import { InputError } from '../../model/input-error.ts';
import { ABLATIONS, createAblation } from '../peers/ablations.ts';
import { createAlps, createSrpt } from '../peers/alps.ts';
import { createAws } from '../peers/aws.ts';
import { createEdf } from '../peers/edf.ts';
import { createHermod, createHermodHybrid } from '../peers/hermod.ts';
import { createJiq } from '../peers/jiq.ts';
import { createKairos } from '../peers/kairos.ts';
import { createKnative } from '../peers/knative.ts';
import { createKubernetes } from '../peers/kubernetes.ts';
import { createOpenWhisk } from '../peers/openwhisk.ts';
import { createPrequal } from '../peers/prequal.ts';
import { createSparrow } from '../peers/sparrow.ts';
import type { Scheduler } from '../scheduler.ts';
import { VARIANTS } from '../variants/index.ts';
import type { Sampler } from '../xx/context.ts';
import { createXX } from '../xx/xx.ts';

/** A scheduler that the command line knows by name. */
export interface Registered {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** @param sample who is polled, in place of the seeded generator. */
  create(sample?: Sampler): Scheduler;
}

function withSample(sample: Sampler | undefined): { sample?: Sampler } {
  return sample === undefined ? {} : { sample };
}

/** The reference first: it is the default. */
export const SCHEDULERS: readonly Registered[] = [
  { name: 'xx', summary: 'the reference, at full speed', create: (sample) => createXX(withSample(sample)) },
  {
    name: 'xx-immer',
    summary: 'the reference with an immutable snapshot after every step',
    create: (sample) => createXX({ mode: 'immer', name: 'xx-immer', ...withSample(sample) }),
  },
  {
    name: 'hermod',
    summary: "the paper's baseline: least loaded of k, processor sharing, no classes",
    create: () => createHermod(),
  },
  {
    name: 'hermod-hybrid',
    summary: 'Hermod as its own paper has it: fills machines up to their cores, then the least loaded',
    create: () => createHermodHybrid(),
  },
  {
    name: 'openwhisk',
    summary:
      'a home machine for each function, and steps from there to one that has memory slots; no classes',
    create: () => createOpenWhisk(),
  },
  {
    name: 'knative',
    summary: 'one central queue; the first machine with room, or each in turn; no classes',
    create: () => createKnative(),
  },
  {
    name: 'knative-unlimited',
    summary: 'Knative where pods take any number: the better of two random machines, processor sharing',
    create: () => createKnative({ concurrency: 'unlimited' }),
  },
  {
    name: 'sparrow',
    summary: 'two reservations for each function, which the first free core pulls; no classes',
    create: () => createSparrow(),
  },
  {
    name: 'jiq',
    summary: 'Join-Idle-Queue: a machine of the idle queue, else a random one; no classes',
    create: () => createJiq(),
  },
  {
    name: 'jiq-sq2',
    summary: 'Join-Idle-Queue where a machine joins the shorter of two queues',
    create: () => createJiq({ d: 2 }),
  },
  {
    name: 'prequal',
    summary: 'the best of a pool of answers to probes: cold before hot, then latency; no classes',
    create: () => createPrequal(),
  },
  {
    name: 'aws',
    summary: 'Lambda with concurrency reserved for the highest class; synchronous calls beyond it get 429',
    create: () => createAws(),
  },
  {
    name: 'kairos',
    summary: 'least attained service on each machine, in quanta; balanced by count, no estimates',
    create: () => createKairos(),
  },
  {
    name: 'alps',
    summary: 'shortest remaining time on each machine, predicted from recent runs of the function',
    create: () => createAlps(),
  },
  {
    name: 'srpt',
    summary: 'what bounds alps: shortest remaining time, told in a simulation how long each runs',
    create: () => createSrpt(),
  },
  {
    name: 'edf',
    summary: 'price-weighted earliest deadline first from one central queue, told how long each runs',
    create: () => createEdf(),
  },
  {
    name: 'kubernetes',
    summary: 'one queue by class; evicts lower ones from one node if nothing fits; cores are shared',
    create: () => createKubernetes(),
  },
  ...ABLATIONS.map((ablation) => ({
    name: ablation.name,
    summary: ablation.summary,
    create: (sample?: Sampler) => createAblation(ablation, sample),
  })),
  ...VARIANTS,
];

/**
 * The names of those that are compared: XX, its ablations and its peers. The reference in its other form decides the same,
 * and variants of XX are looked at in the findings on the text.
 */
export const COMPARED: readonly string[] = SCHEDULERS.map(({ name }) => name).filter(
  (name) => name !== 'xx-immer' && !VARIANTS.some((variant) => variant.name === name),
);

/**
 * Finds a scheduler by its name.
 *
 * @throws InputError when there is none of that name.
 */
export function findScheduler(name: string): Registered {
  const found = SCHEDULERS.find((scheduler) => scheduler.name === name);
  if (found !== undefined) return found;
  throw new InputError(
    `--scheduler: there is no scheduler "${name}"; \`xx explain --schedulers\` lists all that there are`,
  );
}
