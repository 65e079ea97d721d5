import Table from 'cli-table3';
import type { BenchReport } from './bench.ts';
import type { Spread } from './measure.ts';
import { LOAD } from './simulation.ts';

/** The figures of a bench for people: nine tables, at most 80 columns wide. */
export function reportText(report: BenchReport): string {
  const { node, size, seed, runs, steps } = report;
  return [
    `Bench of ${whole(runs)} ${size} runs from seed ${seed}, ${whole(steps)} steps, under Node ${node}.`,
    'CPU time of one process; least, median and most over rounds in turn.',
    '',
    'Judged steps per second, against a build of stock parts (xstate, immer, fc)',
    loopTable(report),
    '',
    'Cost of one step by the number of machines, in µs, and times that of the first',
    curveTable(report),
    '',
    'Simulation in virtual time, 8 cores a machine, not judged, per second',
    simulationTable(report),
    '',
    `Cost of one event of it by the number of machines, each at load ${LOAD}, in µs`,
    costTable(report.simulation.growth),
    '',
    'The same, with the arrivals of the fewest machines however many there are',
    costTable(report.simulation.sameLoad),
    '',
    'Transitions per second on the same walks through the charts',
    chartTable(report),
    '',
    'Where the time of one judged step of a campaign goes, in µs',
    partTable(report),
    '',
    'Judged steps a second of whole commands, by the clock on the wall',
    workerTable(report),
    '',
    'What starting takes, by the clock on the wall, in ms',
    startTable(report),
  ].join('\n');
}

function loopTable({ loops, withTwin }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  table.push(
    ['campaign loop', ...spread(loops.campaign, whole)],
    ['  stock build', ...spread(loops.stockCampaign, whole)],
    ['  times as fast', ...spread(loops.campaignRatio, times)],
    ['judging alone', ...spread(loops.judge, whole)],
    ['  stock build', ...spread(loops.stockJudge, whole)],
    ['  times as fast', ...spread(loops.judgeRatio, times)],
    ['campaign loop with a twin', ...spread(withTwin, whole)],
  );
  return table.toString();
}

function curveTable({ curve }: BenchReport): string {
  const table = new Table({
    head: ['machines', 'reference', 'times', 'and judge', 'times', 'few busy', 'times'],
    colWidths: [10, 11, 9, 11, 9, 11, 9],
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { machines, reference, referenceAndJudge, focused } of curve) {
    const figures = [reference, referenceAndJudge, focused].flatMap(({ micros, ratio }) => [
      microseconds(micros.median),
      times(ratio.median),
    ]);
    table.push([whole(machines), ...figures]);
  }
  return table.toString();
}

function simulationTable({ simulation }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  for (const { scheduler, functions, events } of simulation.speeds) {
    table.push([`${scheduler}: functions`, ...spread(functions, whole)]);
    table.push([`  events`, ...spread(events, whole)]);
  }
  return table.toString();
}

function costTable(costs: BenchReport['simulation']['growth']): string {
  const table = figures('machines', 'min', 'median', 'max');
  for (const { machines, micros, ratio } of costs) {
    table.push([whole(machines), ...spread(micros, microseconds)]);
    table.push(['  times the first', ...spread(ratio, times)]);
  }
  return table.toString();
}

function chartTable({ charts }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  table.push(
    ['xstate transition()', ...spread(charts.xstate, whole)],
    ['compiled table', ...spread(charts.table, whole)],
    ['  times as fast', ...spread(charts.ratio, times)],
  );
  return table.toString();
}

function partTable({ parts }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  table.push(
    ['plan, drawn by fast-check', ...spread(parts.generation, microseconds)],
    ['director', ...spread(parts.director, microseconds)],
    ['reference', ...spread(parts.reference, microseconds)],
    ['judge', ...spread(parts.judge, microseconds)],
    ['checkers', ...spread(parts.checkers, microseconds)],
    ['replays, and the rest', ...spread(parts.rest, microseconds)],
    ['all of it', ...spread(parts.whole, microseconds)],
  );
  return table.toString();
}

function workerTable({ commands: { fuzz, check } }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  for (const [what, { one, two, ratio, apart, ratioApart }] of [
    ['xx fuzz', fuzz],
    ['xx check', check],
  ] as const) {
    table.push(
      [`${what}, 1 worker`, ...spread(one, whole)],
      ['  2 workers', ...spread(two, whole)],
      ['  times as fast', ...spread(ratio, times)],
      ['  2 processes of 1 worker', ...spread(apart, whole)],
      ['  times as fast', ...spread(ratioApart, times)],
    );
  }
  return table.toString();
}

function startTable({ commands: { starts } }: BenchReport): string {
  const table = figures('', 'min', 'median', 'max');
  for (const { what, ms } of starts) table.push([what, ...spread(ms, whole)]);
  return table.toString();
}

function figures(...head: [string, string, string, string]) {
  return new Table({
    head,
    colWidths: [32, 14, 14, 14],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
}

function spread({ min, median, max }: Spread, show: (value: number) => string): [string, string, string] {
  return [show(min), show(median), show(max)];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function microseconds(value: number): string {
  return value.toFixed(2);
}

function times(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ×`;
}
