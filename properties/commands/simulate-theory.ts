import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { show } from '../../reference-impl/io/show.ts';
import { momentsOf } from '../../reference-impl/simulation/distributions.ts';
import { readOptions } from '../../reference-impl/simulation/options.ts';
import { readInteger, readOneOf } from '../../reference-impl/simulation/reading.ts';
import { SETTINGS } from '../theory/experiments.ts';
import { LAWS, type LawId, type Setting } from '../theory/laws.ts';
import { theoryText } from '../theory/report.ts';
import { runTheory } from '../theory/run.ts';
import { type Desk, EXIT, interruptible } from './command.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** Functions of a replication at load 0.5, unless `--functions` says how many in each. */
const BASE = 50_000;
/** Fewer would leave nothing to measure: the beginning and the end of a run do not count. */
const FEWEST_FUNCTIONS = 1000;
const MOST_FUNCTIONS = 1_000_000_000;
/** Times are whole ms, so that shorter ones would be off by rounding and not by the simulator. */
const LEAST_MEAN_MS = 1000;
const LAW_NAMES = Object.keys(LAWS) as LawId[];

/** `xx simulate theory`: the simulator against closed forms, at the loads of the docs or in a setting of one's own. */
export async function runTheoryCommand(raw: SimulateOptions, { out, err }: Desk): Promise<number> {
  const replications = readInteger(raw.replications ?? '20', 2, 1000, '--replications');
  const { seed } = readOptions({ seed: raw.seed });
  const functions =
    raw.functions === undefined
      ? undefined
      : readInteger(String(raw.functions), FEWEST_FUNCTIONS, MOST_FUNCTIONS, '--functions');
  const settings = raw.law === undefined ? SETTINGS : [settingOf(raw)];
  const line = progressLine(err);
  const report = await interruptible(
    async () =>
      runTheory({
        settings,
        replications,
        base: BASE,
        ...(functions === undefined ? {} : { functions }),
        seed,
        onProgress: (done, of) => line.show(`${done} of ${of} replications`),
      }),
    { atOnce: true },
  );
  line.clear();
  out.write(`${raw.json ? printableJson(report) : theoryText(report)}\n`);
  return report.rows.every(({ holds }) => holds) ? EXIT.accepted : EXIT.violation;
}

function settingOf(raw: SimulateOptions): Setting {
  const law = readOneOf(raw.law ?? '', LAW_NAMES, '--law');
  const { load, runtime, cores, classes } = readOptions({
    load: raw.load ?? 0.7,
    runtime: raw.runtime ?? 'exponential:10000',
    alpha: raw.alpha,
    cores: raw.cores ?? 1,
    classes: raw.classes ?? (law === 'erlang-c' || law === 'processor-sharing' ? 'only:1:1' : undefined),
  });
  if (load! >= 1)
    throw new InputError(`--load: expected below 1, so that queues do not grow forever, got ${load}`);
  if (cores > 1 && law !== 'erlang-c')
    throw new InputError(`--cores: only erlang-c has several, got ${cores}`);
  if (runtime.kind !== 'exponential' && law === 'erlang-c') {
    throw new InputError(`--runtime: erlang-c is for exponential run times, got ${runtime.kind}`);
  }
  if (classes.length > 1 && (law === 'erlang-c' || law === 'processor-sharing')) {
    throw new InputError(`--classes: ${law} has one class, got ${classes.length}`);
  }
  const empty = classes.find(({ weight }) => weight === 0);
  if (empty !== undefined) {
    throw new InputError(`--classes: expected a weight above 0 in each class, got 0 of ${show(empty.name)}`);
  }
  const { mean, second } = momentsOf(runtime);
  if (mean < LEAST_MEAN_MS) {
    throw new InputError(
      `--runtime: expected a mean of at least ${LEAST_MEAN_MS} ms, next to which rounding to whole ms is small, got ${Math.round(mean)}`,
    );
  }
  if (!Number.isFinite(second) && law !== 'processor-sharing') {
    throw new InputError('--alpha: expected above 2, where the variance that the formula needs is finite');
  }
  return {
    law,
    load: load!,
    service: runtime,
    prices: classes.map(({ price }) => price),
    weights: classes.map(({ weight }) => weight),
    cores,
  };
}
