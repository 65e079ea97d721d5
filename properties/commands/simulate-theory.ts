import { InputError } from '../../model/input-error.ts';
import { printableJson } from '../../model/printable.ts';
import { writeNamed } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { show } from '../../reference-impl/io/show.ts';
import { momentsOf } from '../../reference-impl/simulation/distributions.ts';
import { readOptions } from '../../reference-impl/simulation/options.ts';
import { readInteger, readOneOf } from '../../reference-impl/simulation/reading.ts';
import { theoryPicture, WHY_NO_REPLAY } from '../simulation-page/of-theory.ts';
import { simulationPage } from '../simulation-page/page.ts';
import { commandOf } from '../simulation-page/parameters.ts';
import { SETTINGS } from '../theory/experiments.ts';
import { LAWS, type LawId, type Setting } from '../theory/laws.ts';
import { theoryText } from '../theory/report.ts';
import { runTheory } from '../theory/run.ts';
import { afterVerdict } from './after-verdict.ts';
import { type Desk, EXIT, interruptedCode, interruptible } from './command.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** Functions of a replication at load 0.5, unless `--functions` says how many in each. */
const BASE = 50_000;
/** Fewer would leave nothing to measure: the beginning and the end of a run do not count. */
const FEWEST_FUNCTIONS = 1000;
const MOST_FUNCTIONS = 1_000_000_000;
/** Times are whole ms, so that shorter ones would be off by rounding and not by the simulator. */
const LEAST_MEAN_MS = 1000;
const LAW_NAMES = Object.keys(LAWS) as LawId[];

/** Laws that tell classes apart; the others have one. */
const OF_CLASSES: readonly LawId[] = ['preemptive-priorities', 'delay-dependent'];
/** Laws whose formula is summed over the sizes of the distribution. */
const BY_SIZE: readonly LawId[] = ['least-attained-service', 'shortest-remaining'];
/** Laws that hold however much sizes vary. */
const INSENSITIVE: readonly LawId[] = ['processor-sharing', 'power-of-choices', 'join-idle-queue'];

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
  const report = await interruptible((_, stopped) =>
    runTheory({
      settings,
      replications,
      base: BASE,
      ...(functions === undefined ? {} : { functions }),
      seed,
      onProgress: (done, of) => line.show(`${done} of ${of} replications`),
      stopped,
    }),
  );
  line.clear();
  out.write(`${raw.json ? printableJson(report) : theoryText(report)}\n`);
  const holds = report.rows.every((row) => row.holds) ? EXIT.accepted : EXIT.violation;
  const code = report.interrupted === undefined ? holds : interruptedCode();
  return afterVerdict(code, { err }, async () => {
    if (raw.html === undefined) return;
    const picture = theoryPicture(report);
    const data = {
      title: picture.title,
      command: commandOf('theory', raw),
      parameters: [
        ['queues', raw.law ?? 'all of docs/theory.md'],
        ['replications', String(replications)],
        ['functions in all', report.functionsInAll.toLocaleString('en')],
        ['seed', String(seed)],
      ] as const,
      ...{ picture, dots: null, peaks: [], whyNoReplay: WHY_NO_REPLAY, text: theoryText(report) },
    };
    await writeNamed(raw.html, simulationPage(data, []));
  });
}

function settingOf(raw: SimulateOptions): Setting {
  const law = readOneOf(raw.law ?? '', LAW_NAMES, '--law');
  const { load, runtime, cores, classes } = readOptions({
    load: raw.load ?? 0.7,
    runtime: raw.runtime ?? (law === 'disk-queue' ? 'deterministic:10000' : 'exponential:10000'),
    alpha: raw.alpha,
    cores: raw.cores ?? 1,
    classes: raw.classes ?? (OF_CLASSES.includes(law) ? undefined : 'only:1:1'),
  });
  if (load! >= 1)
    throw new InputError(`--load: expected below 1, so that queues do not grow forever, got ${load}`);
  if (cores > 1 && law !== 'erlang-c')
    throw new InputError(`--cores: only erlang-c has several, got ${cores}`);
  if (runtime.kind !== 'exponential' && law === 'erlang-c') {
    throw new InputError(`--runtime: erlang-c is for exponential run times, got ${runtime.kind}`);
  }
  if (runtime.kind !== 'deterministic' && law === 'disk-queue') {
    throw new InputError(
      `--runtime: disk-queue is for transfers of one size, deterministic:MS, got ${runtime.kind}`,
    );
  }
  if (runtime.kind === 'pareto' && BY_SIZE.includes(law)) {
    throw new InputError(
      `--runtime: ${law} needs to know how many are of each size, and of a Pareto whose least value is drawn that has no formula; try hyperexponential`,
    );
  }
  if (classes.length > 1 && !OF_CLASSES.includes(law)) {
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
  if (!Number.isFinite(second) && !INSENSITIVE.includes(law)) {
    throw new InputError('--alpha: expected above 2, where the variance that the formula needs is finite');
  }
  // How many machines there are, and how many are polled, is as in the docs.
  const { machines, choices } = SETTINGS.find((setting) => setting.law === law)!;
  return {
    ...(machines === undefined ? {} : { machines }),
    ...(choices === undefined ? {} : { choices }),
    law,
    load: load!,
    service: runtime,
    prices: classes.map(({ price }) => price),
    weights: classes.map(({ weight }) => weight),
    cores,
  };
}
