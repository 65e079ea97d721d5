import { writeWhole } from '../../reference-impl/io/files.ts';
import { xx } from './command.ts';
import { RECORDS, refusals } from './record.ts';

/** Keeps what is refused to whoever has implemented half of a part: `npm run implement`. It takes minutes. */
const records = refusals(xx, ({ stage, lacking }) => {
  process.stderr.write(`${stage}${lacking === null ? '' : ` without ${lacking}`}\n`);
});
writeWhole(RECORDS, `${JSON.stringify(records, null, 2)}\n`);
