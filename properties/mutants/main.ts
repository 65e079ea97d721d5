import { SIZES } from '../arbitraries/configuration.ts';
import { MUTANTS } from './index.ts';
import { rowsOf, tableOf } from './table.ts';
import { measureTeeth } from './teeth.ts';

/**
 * Prints how soon campaigns find the mutants: `node dist/properties/mutants/main.js [--quick] [--seeds n]
 * [--runs n] [--size s] [name…]`. Ends with 1 when one is not found.
 */
const { options, names } = parse(process.argv.slice(2));
const mutants = MUTANTS.filter(
  ({ name }) => names.length === 0 || names.some((wanted) => name.includes(wanted)),
);
let done = 0;
const bites = await measureTeeth({
  mutants,
  seeds: Array.from({ length: Number(options.get('seeds') ?? 5) }, (_, index) => index + 1),
  maxRuns: Number(options.get('runs') ?? 2000),
  size: SIZES.find((size) => size === options.get('size')) ?? 'medium',
  shrink: !options.has('quick'),
  onProgress: ({ mutant }) => {
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} ${mutant.name}`);
  },
});
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const rows = rowsOf(bites);
process.stdout.write(`${tableOf(rows)}\n`);
const missed = rows.filter(({ most }) => !Number.isFinite(most));
process.stdout.write(`${rows.length - missed.length} of ${rows.length} mutants found from every seed\n`);
process.exitCode = missed.length === 0 ? 0 : 1;

function parse(words: readonly string[]): { options: Map<string, string>; names: string[] } {
  const options = new Map<string, string>();
  const names: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === '--quick') options.set('quick', '');
    else if (word.startsWith('--')) options.set(word.slice(2), words[++index] ?? '');
    else names.push(word);
  }
  return { options, names };
}
