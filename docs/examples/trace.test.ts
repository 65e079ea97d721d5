import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import 'xx-spec';

/** A trace that some scheduler has left behind: the file as it is, or an object with `config` and `steps`. */
test('what happened on Monday is what XX may do', async () => {
  await expect(readFileSync('docs/examples/home-page.trace.jsonl', 'utf8')).toBeAcceptedByXX();
});

test('swapping out the page view is not', async () => {
  await expect(readFileSync('docs/examples/inversion.trace.jsonl', 'utf8')).not.toBeAcceptedByXX();
});
