import { csvTable } from '../csv-table.ts';
import { type SceneRun, unlessUnbounded } from './play-scene.ts';
import type { Scene } from './scene.ts';
import type { OverMachines } from './series.ts';
import type { Sweep } from './sweep.ts';

/** The figures as CSV files: their text by their name. */
export function csvOf(scene: Scene, runs: readonly SceneRun[]): Map<string, string> {
  const { figure, workload } = scene;
  const ticks = runs.flatMap((run) => run.ticks.map((tick) => ({ run, tick })));
  return new Map([
    [
      `${figure}-classes.csv`,
      csvTable(
        'scheduler,at_ms,class,price,arrived,killed,unfinished,slowdown_p50,slowdown_p99,in_swap_mb,swapped_out_mb',
        ticks.flatMap(({ run, tick }) =>
          tick.classes.map((ofClass, index) => [
            run.scheduler,
            tick.atMs,
            workload.classes[index]!.name,
            workload.classes[index]!.price,
            ofClass.arrived,
            ofClass.killed,
            ofClass.unfinished,
            ofClass.slowdownP50,
            ofClass.slowdownP99,
            unlessUnbounded(run, tick.swappedOfClassMb[index]!),
            unlessUnbounded(run, tick.pagedOutOfClassMb[index]!),
          ]),
        ),
      ),
    ],
    [
      `${figure}-machines.csv`,
      csvTable(
        `scheduler,at_ms,cpu_utilization,${spreadHead('memory_utilization')},${spreadHead('in_swap_mb')},${spreadHead('swapped_out_mb')}`,
        ticks.map(({ run, tick }) => [
          run.scheduler,
          tick.atMs,
          tick.cpuUtilization,
          ...spread(tick.memoryUtilization),
          ...spread(tick.swappedMb).map((mb) => unlessUnbounded(run, mb)),
          ...spread(tick.pagedOutMb).map((mb) => unlessUnbounded(run, mb)),
        ]),
      ),
    ],
  ]);
}

export function sweepCsv(
  { figure }: Scene,
  { name, values }: Sweep,
  runs: readonly (readonly SceneRun[])[],
): Map<string, string> {
  const rows = values.flatMap((value, at) =>
    runs[at]!.flatMap((run) =>
      run.phases.flatMap(({ fromMs, load, cpuUtilization, classes }) =>
        classes.map((ofClass) => [
          value,
          run.scheduler,
          fromMs,
          load,
          cpuUtilization,
          ofClass.name,
          ofClass.arrived,
          ofClass.killed,
          ofClass.unfinished,
          ofClass.slowdown.p50,
          ofClass.slowdown.p99,
          run.memoryUtilization,
          unlessUnbounded(run, run.swapMb.peak),
          unlessUnbounded(run, run.swapMb.total),
        ]),
      ),
    ),
  );
  const head = `${name},scheduler,phase_from_ms,phase_load,cpu_utilization,class,arrived,killed,unfinished,slowdown_p50,slowdown_p99,memory_utilization,swap_peak_mb,swap_total_mb`;
  return new Map([[`${figure}-by-${name}.csv`, csvTable(head, rows)]]);
}

function spreadHead(name: string): string {
  return ['p5', 'p50', 'p95', 'max'].map((part) => `${name}_${part}`).join(',');
}

function spread({ p5, p50, p95, max }: OverMachines): number[] {
  return [p5, p50, p95, max];
}
