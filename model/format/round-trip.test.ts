import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Decision, type Step, type Stimulus, WORD_GROUPS } from '../alphabet.ts';
import type { Configuration, Tenant } from '../configuration.ts';
import { InputError } from '../input-error.ts';
import { createTraceReader, readScenario, readTrace } from './lines.ts';
import { headerLine, scenarioText, stepLine, traceText } from './write.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const amount = fc.oneof(fc.nat({ max: 9 }), fc.maxSafeNat());
const atLeastOne = amount.map((value) => Math.max(1, value));
const index = fc.nat({ max: 20 });
const figure = fc.oneof(fc.integer(), fc.constantFrom(-LARGEST, LARGEST));
const label = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '', '\ud800', '\u2028', '"\\', 'x'.repeat(256)),
);
const bill = fc.record({ cpuMs: figure, mbMs: figure, cost: figure });
const polled = fc.array(index, { maxLength: 4 });

function typed<Type extends string, Fields extends object>(
  type: Type,
  fields: { [K in keyof Fields]: fc.Arbitrary<Fields[K]> } = {} as never,
) {
  return fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<
    { type: Type } & Fields
  >;
}

const tenant: fc.Arbitrary<Tenant> = fc.oneof(
  fc.record({ budget: amount, period: atLeastOne, burstPercent: amount }),
  fc.record(
    { budget: fc.constant(null), period: amount, burstPercent: figure },
    { requiredKeys: ['budget'] },
  ),
);

/** No words, no group of them, or some. */
const words = fc.option(fc.subarray(WORD_GROUPS), { nil: undefined });

const plainConfiguration: fc.Arbitrary<Configuration> = fc.record({
  classes: fc
    .uniqueArray(fc.record({ name: label, price: atLeastOne }), {
      minLength: 1,
      maxLength: 4,
      selector: (c) => c.price,
    })
    .map((classes) =>
      classes.toSorted((a, b) => a.price - b.price).map((c, i) => ({ ...c, name: `${i}${c.name.slice(2)}` })),
    ),
  memoryPrice: amount,
  machines: fc.array(fc.record({ cores: atLeastOne, ram: atLeastOne, swap: amount }), {
    minLength: 1,
    maxLength: 3,
  }),
  shards: fc.integer({ min: 1, max: 200_000 }),
  kMachines: atLeastOne,
  kShards: atLeastOne,
  initialMemory: atLeastOne,
  idle: fc.tuple(amount, amount, atLeastOne, atLeastOne).map(([a, b, memoryDrift, functionsDrift]) => ({
    enter: Math.max(a, b),
    leave: Math.min(a, b),
    memoryDrift,
    functionsDrift,
  })),
  maxAttempts: atLeastOne,
  seed: amount,
  tenants: fc.array(tenant, { minLength: 1, maxLength: 3 }),
});

const configuration = fc
  .tuple(plainConfiguration, words)
  .map(([config, groups]): Configuration => (groups === undefined ? config : { ...config, words: groups }));

function stimulus({ classes, tenants, shards, words: groups }: Configuration): fc.Arbitrary<Stimulus> {
  const common = {
    function: label,
    class: fc.nat({ max: classes.length - 1 }),
    shard: fc.nat({ max: shards - 1 }),
  };
  return fc.oneof(
    typed('submit', { id: amount, tenant: fc.nat({ max: tenants.length - 1 }), ...common }),
    typed('call', { caller: amount, id: amount, ...common }),
    typed('turn', { shard: common.shard }),
    typed('resize', { id: amount, demand: atLeastOne }),
    typed('finish', { id: amount }),
    typed('antagonist', { machine: amount, memory: amount }),
    typed('join', { machine: amount, cores: atLeastOne, ram: atLeastOne, swap: amount }),
    typed('drain', { machine: amount }),
    typed('crash', { machine: amount }),
    typed('restart', { shard: common.shard }),
    typed('tick'),
    ...(groups?.includes('timeouts') === true ? [typed('timeout', { id: amount })] : []),
  );
}

const entry = { machine: index, shard: index, available: figure, functions: figure };
const decision: fc.Arbitrary<Decision> = fc.oneof(
  typed('enqueue', { id: index, shard: index, class: index, degraded: fc.boolean() }),
  typed('throttle', { id: index }),
  typed('place', { id: index, shard: index, machine: index, via: fc.constant('idle-list' as const) }),
  typed('place', { id: index, shard: index, machine: index, via: fc.constant('poll' as const), polled }),
  typed('start', { id: index }),
  typed('preempt', { id: index }),
  typed('pageOut', { id: index, memory: figure }),
  typed('pageIn', { id: index, memory: figure }),
  typed('kill', {
    id: index,
    reason: fc.constantFrom('memory' as const, 'exceeds-machine' as const, 'attempts' as const),
    bill,
  }),
  typed('complete', { id: index, bill }),
  typed('wake', { id: index, outcome: fc.constantFrom('ok' as const, 'failed' as const) }),
  typed('list', { ...entry, polled }),
  typed('relist', entry),
  typed('unlist', { machine: index, shard: index }),
  typed('reserve', { id: index, machine: index }),
  typed('release', { id: index, machine: index }),
  typed('probe', { shard: index, machine: index, inFlight: figure, latencyMs: figure }),
  typed('forget', { shard: index, machine: index }),
  typed('evict', { id: index }),
  typed('refuse', { id: index, machine: index }),
  typed('cancel', { id: index, bill }),
);

const trace = configuration.chain((config) =>
  fc
    .record({
      times: fc.array(amount, { minLength: 1, maxLength: 6 }).map((times) => times.toSorted((a, b) => a - b)),
      stimuli: fc.array(stimulus(config), { minLength: 6, maxLength: 6 }),
      decisions: fc.array(fc.array(decision, { maxLength: 4 }), { minLength: 6, maxLength: 6 }),
    })
    .map(({ times, stimuli, decisions }) => ({
      config,
      steps: times.map((at, i): Step => {
        return { at, stimulus: i === 0 ? { type: 'boot' } : stimuli[i]!, decisions: decisions[i]! };
      }),
    })),
);

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

describe('what is written is read back as it was', () => {
  test.prop([trace])('a trace', (whole) => {
    const text = traceText(whole);
    const read = readTrace(linesOf(text));
    expect(read).toEqual(whole);
    expect(traceText(read)).toBe(text);
  });

  test.prop([trace])('a scenario, and a trace read as one', ({ config, steps }) => {
    const text = scenarioText({ config, stimuli: steps });
    const read = readScenario(linesOf(text));
    expect(read).toEqual({ config, stimuli: steps.map(({ at, stimulus }) => ({ at, stimulus })) });
    expect(scenarioText(read)).toBe(text);
    expect(readScenario(linesOf(traceText({ config, steps })), { acceptTrace: true })).toEqual(read);
  });

  test.prop([trace])('with spaces, carriage returns and blank lines at the end, too', (whole) => {
    const spaced = linesOf(traceText(whole)).map(
      (line) => `${JSON.stringify(JSON.parse(line), null, 1).replaceAll('\n', ' ')}\r`,
    );
    expect(readTrace([...spaced, '\r', '', ' '])).toEqual(whole);
  });

  test.prop([configuration])('a header has the same bytes whatever order its fields were in', (config) => {
    const reversed = Object.fromEntries(Object.entries(config).reverse()) as unknown as Configuration;
    expect(headerLine('xx-trace', reversed)).toBe(headerLine('xx-trace', config));
    const shuffled = { ...config, words: config.words?.toReversed() } as Configuration;
    if (config.words !== undefined)
      expect(headerLine('xx-trace', shuffled)).toBe(headerLine('xx-trace', config));
  });

  test.prop([plainConfiguration])('a header of XX does not speak of optional words', (config) => {
    expect(headerLine('xx-trace', config)).not.toContain('"words"');
  });
});

describe('whatever comes in, what comes out is a value or one line', () => {
  function refusalOf(read: () => unknown): string | undefined {
    try {
      read();
      return undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      const { message } = error as InputError;
      expect(message.length).toBeLessThan(300);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be in a message
      expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      return message;
    }
  }

  test.prop([trace, fc.nat(), fc.nat()])(
    'a line cut short is refused, and said to be',
    (whole, pick, length) => {
      const lines = linesOf(traceText(whole));
      const at = pick % lines.length;
      const cut = lines[at]!.slice(0, 1 + (length % (lines[at]!.length - 1)));
      const message = refusalOf(() => readTrace([...lines.slice(0, at), cut]));
      expect(message).toMatch(new RegExp(`^line ${at + 1}: not JSON: .*it looks truncated$`));
    },
  );

  test('a line with something else in it', () => {
    const something = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('"', '{', '1e999', '-'));
    let refused = 0;
    const anySpoiled = fc.property(trace, fc.nat(), fc.nat(), something, (whole, pick, position, noise) => {
      const lines = linesOf(traceText(whole));
      const at = pick % lines.length;
      const line = lines[at]!;
      const cut = position % line.length;
      const noisy = line.slice(0, cut) + noise + line.slice(cut + 1);
      if (refusalOf(() => readTrace(lines.with(at, noisy))) !== undefined) refused++;
    });
    fc.assert(anySpoiled);
    expect(refused).toBeGreaterThan(20);
  });

  test.prop([fc.json()])('any JSON as any line', (text) => {
    expect(refusalOf(() => readTrace([text]))).toBeDefined();
    const step: Step = { at: 0, stimulus: { type: 'boot' }, decisions: [] };
    const reader = createTraceReader();
    expect(refusalOf(() => reader.line(text))).toBeDefined();
    refusalOf(() => reader.line(stepLine(step)));
  });
});
