import { describe, expect, test } from 'vitest';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

async function instanceOf(...options: string[]) {
  const { code, out, err } = await ask(
    main,
    'check',
    '--workers',
    '1',
    '--max-states',
    '1',
    '--json',
    ...options,
  );
  expect(err).toBe('');
  expect(code).not.toBe(2);
  return JSON.parse(out).instance;
}

describe('xx check', () => {
  test('explores nothing beside the default unless it is asked to', async () => {
    const asked = ['crashes', 'antagonists', 'shrink', 'budget', 'maxAttempts', 'memoryPrice', 'paging'];
    const instance = await instanceOf();
    for (const name of asked) expect(instance).not.toHaveProperty(name);
    expect(await instanceOf('--crashes', '0', '--drains', '0', '--memory-price', '0')).toEqual(instance);
  });

  test('takes whatever may happen from its options, and tries again once after a crash', async () => {
    const some = ['--crashes', '2', '--joins', '1', '--antagonist', '0,3', '--shrink', '--budget', '0'];
    expect(await instanceOf(...some, '--chunk', '2', '--burst', '7', '--max-metered', '3')).toMatchObject({
      ...{ crashes: 2, joins: 1, kMachines: 3, maxAttempts: 2, antagonists: [0, 3], shrink: true },
      ...{
        budget: { amount: 0, period: 4, burstPercent: 7 },
        maxMetered: 3,
        paging: { chunk: 2, reserve: 1 },
      },
    });
  });

  test('takes --everything for all of it, but what is said otherwise or left out', async () => {
    expect(await instanceOf('--everything')).toMatchObject({
      ...{ invocations: 2, machines: 1, maxDemand: 4, crashes: 1, drains: 1, joins: 1, restarts: 1 },
      ...{ antagonists: [0, 1, 2], shrink: true, maxAttempts: 2, budget: { amount: 6 } },
    });
    const some = await instanceOf('--everything', '--invocations', '1', '--without', 'faults', 'budgets');
    expect(some).toMatchObject({ invocations: 1, machines: 1, shrink: true });
    for (const name of ['crashes', 'joins', 'budget']) expect(some).not.toHaveProperty(name);
  });

  test.each([
    [
      ['--max-attempts', '3'],
      '--max-attempts: means nothing without --crashes; add --crashes 1, or leave it out',
    ],
    [['--period', '3'], '--period: means nothing without --budget; add --budget 6, or leave it out'],
    [['--burst', '3'], '--burst: means nothing without --budget; add --budget 6, or leave it out'],
    [
      ['--memory-price', '1'],
      '--memory-price: means nothing without --budget or --max-metered; add --max-metered 4, or leave it out',
    ],
    [['--reserve', '1'], '--reserve: means nothing without --chunk; add --chunk 1, or leave it out'],
    [
      ['--antagonist', '0'],
      '--antagonist: expected different MB up to --ram (3), one above 0, such as 0,2, got 0',
    ],
    [
      ['--antagonist', '0,4'],
      '--antagonist: expected different MB up to --ram (3), one above 0, such as 0,2, got 0,4',
    ],
    [
      ['--antagonist', '1,1'],
      '--antagonist: expected different MB up to --ram (3), one above 0, such as 0,2, got 1,1',
    ],
    [
      ['--crashes', '1', '--without', 'faults'],
      '--crashes: --without leaves out faults; leave out one of the two',
    ],
    [
      ['--budget', '1', '--without', 'budgets'],
      '--budget: --without leaves out budgets; leave out one of the two',
    ],
    [['--shrink', '--without', 'shrink'], '--shrink: --without leaves out shrink; leave out one of the two'],
    [
      ['--budget', '9000000000'],
      'the instance is too large to be explored: a state needs 36 bits, and there are 32; lower --budget, ' +
        '--period, --crashes, --drains, --joins or --restarts',
    ],
    [
      ['--max-metered', '100000'],
      'the instance is too large to be explored: a state needs 34 bits, and there are 32; lower --max-attempts ' +
        'or --max-metered',
    ],
  ])('says what makes no sense together, and what to type: %j', async (options, message) => {
    const { code, err } = await ask(main, 'check', ...options);
    expect(err).toBe(`xx: ${message}\n`);
    expect(code).toBe(2);
  });

  test.each(['--antagonist', '--prices'])('refuses %s that are no numbers in one line', async (option) => {
    const { code, err } = await ask(main, 'check', option, '1;2');
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: [^\n]*whole numbers up to[^\n]*\n$/);
  });
});
