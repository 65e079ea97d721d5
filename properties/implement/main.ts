import { writeWhole } from '../../reference-impl/io/files.ts';
import { python, xx } from './command.ts';
import { RECORD, recorded } from './record.ts';

/** Keeps what `docs/implement.md` quotes: `npm run implement`. Each line that it prints is a campaign that has ended. */
const record = recorded((words) => {
  const printed = xx(words);
  process.stderr.write(`${words.join(' ')}\n`);
  return printed;
}, python);
writeWhole(RECORD, `${JSON.stringify(record, null, 2)}\n`);
