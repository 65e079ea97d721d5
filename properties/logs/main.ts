import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { MUTANTS } from '../mutants/index.ts';
import { measureMasks } from './measure-masks.ts';
import { measureNodes } from './measure-nodes.ts';
import { type LogsRecord, RECORD_FILE, readLogsRecord } from './record.ts';

/** Logs that are not whole are refused where paging takes time. */
const AT_ONCE = MUTANTS.filter(({ inTime }) => inTime === undefined);

/** `npm run logs`: how well logs that are not whole, or of many nodes, are judged, and how fast. */
const { only } = new Command('npm run logs --')
  .description('Judges logs that are not whole, and logs of single nodes, and records how well.')
  .addOption(new Option('--only <part>', 'measure one part; the rest is kept').choices(['masks', 'nodes']))
  .parse()
  .opts<{ only?: 'masks' | 'nodes' }>();
const line = progressLine(process.stderr);
const onProgress = (what: string) => line.show(what);
const kept = existsSync(RECORD_FILE) ? readLogsRecord() : undefined;
const masks =
  only === 'nodes' && kept !== undefined
    ? kept.masks
    : await measureMasks({
        ...{ traces: 1000, seed: 1, mutants: AT_ONCE, seeds: [1, 2, 3], mostRuns: 2000, onProgress },
      });
const nodes =
  only === 'masks' && kept !== undefined
    ? kept.nodes
    : measureNodes({
        ...{
          traces: 500,
          seed: 1,
          skewMs: 5,
          mostStates: 100_000,
          withFaults: 40,
          mostStatesOfFaults: 20_000,
        },
        onProgress,
      });
line.clear();
const record: LogsRecord = { node: process.versions.node, masks, nodes };
writeWhole(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`${masks.rows.length} masks and ${nodes.traces} split traces are in ${RECORD_FILE}\n`);
