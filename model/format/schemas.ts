import * as z from 'zod';
import {
  type Bill,
  type Decision,
  PART_IDS,
  type Step,
  type Stimulus,
  type TimedStimulus,
  WORD_GROUPS,
} from '../alphabet.ts';
import type { Configuration, MachineSize, Paging, PriceClass, Tenant } from '../configuration.ts';

/**
 * What the wire format allows, value by value: types, ranges and fields, and whatever else needs no state to check.
 * Each message says what was expected; what was found instead is added where the place is known.
 */

const LARGEST = Number.MAX_SAFE_INTEGER;
const LONGEST_NAME = 256;

/** A shard is a multi-queue and an idle list in memory, so their number is bounded like any other allocation. */
const MOST_SHARDS = 200_000;

function integer(least: number, most = LARGEST) {
  const error = `expected an integer from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function oneOf<const Words extends readonly string[]>(...words: Words) {
  return z.enum(words, { error: `expected one of ${words.join(', ')}` });
}

function listOf<Item extends z.ZodType>(item: Item, what: string) {
  return z.array(item, { error: `expected a list of ${what}` });
}

function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: `expected an object with ${Object.keys(shape).join(', ')}` });
}

function tagged<
  Tag extends string,
  const Branches extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(tag: Tag, what: string, branches: Branches) {
  return z.discriminatedUnion(tag, branches, {
    error: `expected ${what}: an object with ${tag} and its fields`,
  });
}

const index = integer(0);
const amount = integer(0);
const atLeastOne = integer(1);
const flag = z.boolean({ error: 'expected true or false' });

const isShort = (text: string) => text.length <= LONGEST_NAME || [...text].length <= LONGEST_NAME;
export const label = z
  .string({ error: `expected a string of at most ${LONGEST_NAME} characters` })
  .refine(isShort, { error: `expected a string of at most ${LONGEST_NAME} characters` })
  // In a JSON Schema characters are code points, as they are here.
  .meta({ maxLength: LONGEST_NAME });

// --- configuration ---

const priceClass = fields({ name: label, price: atLeastOne });

/** Cheapest first, since a class is known by its index and a higher index must mean a higher class. */
const classes = listOf(priceClass, 'price classes')
  .min(1, { error: 'expected at least one price class' })
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [i, { name, price }] of list.entries()) {
      const previous = list[i - 1]?.price ?? 0;
      if (price <= previous) {
        const message = `expected more than ${previous}, the price of the class before: cheapest first`;
        context.addIssue({ code: 'custom', path: [i, 'price'], message });
      }
      if (seen.has(name)) {
        context.addIssue({
          code: 'custom',
          path: [i, 'name'],
          message: 'expected a name of its own for each class',
        });
      }
      seen.add(name);
    }
  });

const machineSize = fields({ cores: atLeastOne, ram: atLeastOne, swap: amount });

const paging = fields({ chunk: atLeastOne, reserve: atLeastOne });

const anyInteger = z.int({ error: 'expected an integer' });

/** Without a budget, period and burst do not matter: they may be absent, or anything that an integer can be. */
const unlimitedTenant = fields({
  budget: z.null(),
  period: anyInteger.exactOptional(),
  burstPercent: anyInteger.exactOptional(),
});
const limitedTenant = fields({
  budget: z.int({ error: `expected null or an integer from 0 to ${LARGEST}` }).min(0, {
    error: `expected null or an integer from 0 to ${LARGEST}`,
  }),
  period: atLeastOne,
  burstPercent: amount,
});

const idle = fields({
  enter: amount,
  leave: amount,
  memoryDrift: atLeastOne,
  functionsDrift: atLeastOne,
}).superRefine(({ enter, leave }, context) => {
  if (leave <= enter) return;
  const message = `expected at most ${enter}, which is enter: a machine would leave the list as it joins`;
  context.addIssue({ code: 'custom', path: ['leave'], message });
});

/** A queue for each class of each shard is in memory too, in the scheduler and in the model: so many take 300 MB. */
const MOST_QUEUES = 800_000;

/** Names of a vocabulary, each once; their order does not matter. */
function someOf<const Words extends readonly string[]>(all: Words, what: string) {
  return listOf(oneOf(...all), what)
    .superRefine((list, context) => {
      for (const [i, word] of list.entries()) {
        if (list.indexOf(word) === i) continue;
        context.addIssue({ code: 'custom', path: [i], message: 'expected each only once' });
      }
    })
    .meta({ uniqueItems: true });
}

const words = someOf(WORD_GROUPS, 'optional words');

/** Parts of XX that are left out, or that a scheduler lacks. */
export const partsSchema = someOf(PART_IDS, 'parts');

export const configurationSchema = fields({
  classes,
  memoryPrice: amount,
  machines: listOf(machineSize, 'machines').min(1, { error: 'expected at least one machine' }),
  shards: integer(1, MOST_SHARDS),
  kMachines: atLeastOne,
  kShards: atLeastOne,
  initialMemory: atLeastOne,
  idle,
  maxAttempts: atLeastOne,
  seed: amount,
  tenants: listOf(z.union([unlimitedTenant, limitedTenant]), 'tenants').min(1, {
    error: 'expected at least one tenant',
  }),
  paging: paging.exactOptional(),
  words: words.exactOptional(),
  without: partsSchema.exactOptional(),
}).superRefine(({ shards, classes: { length }, without = [], machines, tenants, paging, words }, context) => {
  if (paging !== undefined && words !== undefined && words.length > 0) {
    const message = 'expected none, since optional words and paging that takes time do not go together';
    context.addIssue({ code: 'custom', path: ['words'], message });
  }
  if (paging !== undefined && without.includes('paging')) {
    const message = 'expected nothing, since paging is left out (without)';
    context.addIssue({ code: 'custom', path: ['paging'], message });
  }
  if (shards * length > MOST_QUEUES) {
    const message = `expected at most ${MOST_QUEUES} queues in all, and ${length} classes make ${shards * length}`;
    context.addIssue({ code: 'custom', path: ['shards'], message });
  }
  const swapping = without.includes('swap') ? machines.findIndex(({ swap }) => swap > 0) : -1;
  if (swapping >= 0) {
    const message = 'expected 0, since swap is left out (without)';
    context.addIssue({ code: 'custom', path: ['machines', swapping, 'swap'], message });
  }
  const limited = without.includes('budgets') ? tenants.findIndex(({ budget }) => budget !== null) : -1;
  if (limited >= 0) {
    const message = 'expected null, since budgets are left out (without)';
    context.addIssue({ code: 'custom', path: ['tenants', limited, 'budget'], message });
  }
});

// --- stimuli ---

/** A stimulus, as far as it can be judged without knowing the cluster or its state. */
export const stimulusSchema = tagged('type', 'a stimulus', [
  fields({ type: z.literal('boot') }),
  fields({
    type: z.literal('submit'),
    id: index,
    tenant: index,
    function: label,
    class: index,
    shard: index,
  }),
  fields({
    type: z.literal('call'),
    caller: index,
    id: index,
    function: label,
    class: index,
    shard: index,
  }),
  fields({ type: z.literal('turn'), shard: index }),
  fields({ type: z.literal('resize'), id: index, demand: atLeastOne }),
  fields({ type: z.literal('finish'), id: index }),
  fields({ type: z.literal('antagonist'), machine: index, memory: amount }),
  fields({ type: z.literal('join'), machine: index, cores: atLeastOne, ram: atLeastOne, swap: amount }),
  fields({ type: z.literal('drain'), machine: index }),
  fields({ type: z.literal('crash'), machine: index }),
  fields({ type: z.literal('restart'), shard: index }),
  fields({ type: z.literal('tick') }),
  fields({ type: z.literal('paged'), machine: index }),
  fields({ type: z.literal('timeout'), id: index }),
]);

// --- decisions ---

/**
 * A scheduler's figures may be wrong, even below zero, and that is for the judge to say: a wrong figure is a
 * violation, not bad input. Here they only have to be integers that are read exactly.
 */
const figure = integer(-LARGEST);

export const billSchema = fields({ cpuMs: figure, mbMs: figure, cost: figure });

const polled = listOf(index, 'indices');
const placement = { type: z.literal('place'), id: index, shard: index, machine: index };
const entry = { machine: index, shard: index, available: figure, functions: figure };

/** A decision of any scheduler, right or wrong, as long as it is in the alphabet. */
export const decisionSchema = tagged('type', 'a decision', [
  fields({ type: z.literal('enqueue'), id: index, shard: index, class: index, degraded: flag }),
  fields({ type: z.literal('throttle'), id: index }),
  tagged('via', 'a placement', [
    fields({ ...placement, via: z.literal('idle-list') }),
    fields({ ...placement, via: z.literal('poll'), polled }),
  ]),
  fields({ type: z.literal('start'), id: index }),
  fields({ type: z.literal('preempt'), id: index }),
  fields({ type: z.literal('allocate'), id: index, memory: figure }),
  fields({ type: z.literal('pageOut'), id: index, memory: figure }),
  fields({ type: z.literal('pageIn'), id: index, memory: figure }),
  fields({
    type: z.literal('kill'),
    id: index,
    reason: oneOf('memory', 'exceeds-machine', 'attempts'),
    bill: billSchema,
  }),
  fields({ type: z.literal('complete'), id: index, bill: billSchema }),
  fields({ type: z.literal('wake'), id: index, outcome: oneOf('ok', 'failed') }),
  fields({ type: z.literal('list'), ...entry, polled }),
  fields({ type: z.literal('relist'), ...entry }),
  fields({ type: z.literal('unlist'), machine: index, shard: index }),
  fields({ type: z.literal('reserve'), id: index, machine: index }),
  fields({ type: z.literal('release'), id: index, machine: index }),
  fields({ type: z.literal('probe'), shard: index, machine: index, inFlight: figure, latencyMs: figure }),
  fields({ type: z.literal('forget'), shard: index, machine: index }),
  fields({ type: z.literal('evict'), id: index }),
  fields({ type: z.literal('refuse'), id: index, machine: index }),
  fields({ type: z.literal('cancel'), id: index, bill: billSchema }),
]);

// --- lines ---

/** A line of a scenario. */
export const timedStimulusSchema = fields({ at: amount, stimulus: stimulusSchema });

/** A line of a trace. */
export const stepSchema = fields({
  at: amount,
  stimulus: stimulusSchema,
  decisions: listOf(decisionSchema, 'decisions'),
});

/** Does not compile when a schema and the type that it stands for drift apart. */
export type SchemasAgreeWithTheAlphabet = [
  Same<z.infer<typeof priceClass>, PriceClass>,
  Same<z.infer<typeof machineSize>, MachineSize>,
  Same<z.infer<typeof unlimitedTenant> | z.infer<typeof limitedTenant>, Tenant>,
  Same<z.infer<typeof paging>, Paging>,
  Same<z.infer<typeof configurationSchema>, Configuration>,
  Same<z.infer<typeof stimulusSchema>, Stimulus>,
  Same<z.infer<typeof billSchema>, Bill>,
  Same<z.infer<typeof decisionSchema>, Decision>,
  Same<z.infer<typeof timedStimulusSchema>, TimedStimulus>,
  Same<z.infer<typeof stepSchema>, Step>,
];

/** Each of the two must be assignable to the other. (A type parameter may not name itself, hence the third.) */
type Same<Left extends Right, Right extends Back, Back = Left> = [Left, Right];
