import { PART_IDS, type Step, type TimedStimulus, WORD_GROUPS } from '../alphabet.ts';
import type { Configuration, Scenario, Tenant, Trace } from '../configuration.ts';
import { printableJson } from '../printable.ts';
import { FORMAT_VERSION, type Format } from './header.ts';

/**
 * The first line of a file, without its newline. The fields stand in the order of the specification, whatever order
 * the object has them in, so the same cluster always gives the same bytes.
 */
export function headerLine(format: Format, config: Configuration): string {
  return printableJson({ format, version: FORMAT_VERSION, config: inOrder(config) });
}

/** A line of a scenario, without its newline; decisions, if there are any, are left out. */
export function stimulusLine({ at, stimulus }: TimedStimulus): string {
  return printableJson({ at, stimulus });
}

/** A line of a trace, without its newline. */
export function stepLine({ at, stimulus, decisions }: Step): string {
  return printableJson({ at, stimulus, decisions });
}

/** A whole scenario as text, each line ended by a newline. */
export function scenarioText({ config, stimuli }: Scenario): string {
  return joined([headerLine('xx-scenario', config), ...stimuli.map(stimulusLine)]);
}

/** A whole trace as text, each line ended by a newline. */
export function traceText({ config, steps }: Trace): string {
  return joined([headerLine('xx-trace', config), ...steps.map(stepLine)]);
}

function joined(lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

/** The configuration with its fields in the order of the specification, so that the same one gives the same bytes. */
export function inOrder(config: Configuration): Configuration {
  const { enter, leave, memoryDrift, functionsDrift } = config.idle;
  return {
    classes: config.classes.map(({ name, price }) => ({ name, price })),
    memoryPrice: config.memoryPrice,
    machines: config.machines.map(({ cores, ram, swap }) => ({ cores, ram, swap })),
    shards: config.shards,
    kMachines: config.kMachines,
    kShards: config.kShards,
    initialMemory: config.initialMemory,
    idle: { enter, leave, memoryDrift, functionsDrift },
    maxAttempts: config.maxAttempts,
    seed: config.seed,
    tenants: config.tenants.map(tenantInOrder),
    ...(config.paging === undefined
      ? {}
      : { paging: { chunk: config.paging.chunk, reserve: config.paging.reserve } }),
    ...(config.words === undefined
      ? {}
      : { words: WORD_GROUPS.filter((group) => config.words!.includes(group)) }),
    ...(config.without === undefined
      ? {}
      : { without: PART_IDS.filter((part) => config.without!.includes(part)) }),
  };
}

/** Spread rather than listed: without a budget the other two fields may be absent, and stay absent. */
function tenantInOrder(tenant: Tenant): Tenant {
  const { budget, period, burstPercent } = tenant;
  if (budget !== null) return { budget, period, burstPercent };
  return {
    budget,
    ...(period === undefined ? {} : { period }),
    ...(burstPercent === undefined ? {} : { burstPercent }),
  };
}
