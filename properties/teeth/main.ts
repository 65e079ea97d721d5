import { Command } from 'commander';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { wholeNumber } from '../commands/command.ts';
import { MUTANTS } from '../mutants/index.ts';
import { availableWorkers, startWorkers } from '../workers.ts';
import { foundAlone } from './alone.ts';
import { readRecord, type TeethRecord, withKept } from './record.ts';
import { conclusionAlone, conclusionOf, rowOf, tableOf } from './table.ts';
import type { Teeth } from './teeth.ts';
import type { TeethTask } from './worker.ts';

/** `npm run teeth`: how soon campaigns find the mutants, and how short what they find becomes. */
const program = new Command('npm run teeth --')
  .description('Lets campaigns look for every wrong scheduler, and prints how soon each is found.')
  .argument('[name...]', 'only mutants whose names contain one of these')
  .option('--seeds <n>', 'campaigns for each, from seeds 1 to n', wholeNumber(1), 5)
  .option('--runs <n>', 'runs within which it must be found', wholeNumber(1), 2000)
  .option('--workers <n>', 'threads', wholeNumber(1), availableWorkers())
  .option('--quick', 'do not shrink what is found, nor look for the shortest possible')
  .option('--record <file>', 'also write what was measured, as JSON; what is there of others is kept')
  .parse();

const {
  seeds,
  runs,
  workers: count,
  quick = false,
  record,
} = program.opts<{
  seeds: number;
  runs: number;
  workers: number;
  quick?: boolean;
  record?: string;
}>();
const names = MUTANTS.map(({ name }) => name).filter(
  (name) => program.args.length === 0 || program.args.some((wanted) => name.includes(wanted)),
);
if (names.length === 0)
  program.error(`error: no mutant is called anything like ${program.args.join(' or ')}`);

const options = {
  seeds: Array.from({ length: seeds }, (_, index) => index + 1),
  maxRuns: runs,
  size: 'medium' as const,
  shrink: !quick,
};
const byRule: TeethTask[] = MUTANTS.filter(({ name }) => names.includes(name)).map(
  ({ name, rule, beside }) => ({
    name,
    sought: { property: rule, beside },
    options,
  }),
);
const alone: TeethTask[] = foundAlone()
  .filter(({ name }) => names.includes(name))
  .map(({ name, property }) => ({ name, sought: { property, beside: [] }, options }));
const workers = startWorkers<TeethTask, Teeth>('teeth/worker', count);
const line = progressLine(process.stderr);
let done = 0;
const measured = await Promise.all(
  [...byRule, ...alone].map(async (task) => {
    const teeth = await workers.run(task);
    line.show(`${++done} of ${byRule.length + alone.length}: ${task.name}, by ${task.sought.property}`);
    return rowOf(teeth);
  }),
).finally(() => workers.destroy());
line.clear();
const rows = measured.slice(0, byRule.length);
const rowsAlone = measured.slice(byRule.length);
process.stdout.write(`${tableOf(rows)}\n\n${conclusionOf(rows, seeds).join('\n')}\n`);
if (rowsAlone.length > 0) {
  process.stdout.write(
    `\nBy each property alone:\n\n${tableOf(rowsAlone)}\n\n${conclusionAlone(rowsAlone, seeds)}\n`,
  );
}
if (record !== undefined) {
  const measuredNow: TeethRecord = { seeds, runs, rows, alone: rowsAlone };
  writeWhole(record, `${JSON.stringify(withKept(measuredNow, readRecord(record)), null, 2)}\n`);
}
process.exitCode = measured.every(({ mostRuns }) => Number.isFinite(mostRuns)) ? 0 : 1;
