import { describe, expect, test } from 'vitest';
import { search } from '../../model/explore/search.ts';
import { main } from '../commands/main.ts';
import { BurstWatch } from '../testing/bursts.ts';
import { ask } from '../testing/command-line.ts';
import { COUNTED_BY_OTHERS } from '../testing/counted-by-others.ts';
import { createExpander } from './expanders.ts';

/** Larger ones are explored where the record is made: `npm run docs -- --explore`. */
const MOST_STATES = 200_000;

async function instanceOf(args: readonly string[]) {
  const { out } = await ask(main, 'check', ...args, '--workers', '1', '--max-states', '1', '--json');
  return JSON.parse(out).instance;
}

describe('where paging takes time, exploration counts what others count', () => {
  const rows = COUNTED_BY_OTHERS.filter(({ states }) => states <= MOST_STATES);

  test.each(rows)('$args', async ({ args, ...counted }) => {
    const words = args.split(' ');
    const subject = {
      instance: await instanceOf(words),
      scheduler: words.includes('--model') ? null : 'xx',
      properties: [],
    };
    const watch = new BurstWatch(createExpander(subject));
    const { counterexample, complete, states, depth, steps } = await search(watch, {
      goOn: async () => true,
    });
    expect({ counterexample, complete }).toEqual({ counterexample: null, complete: true });
    // A step more than there are edges is `boot`.
    const found = { states, depth, edges: steps - 1, longestBurst: watch.longestBurst };
    expect(found).toEqual(counted);
  });
});
