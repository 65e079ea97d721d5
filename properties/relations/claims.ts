/** What is claimed of XX between two plays, and tested with many pairs of workloads that are drawn. */
export const CLAIMS = {
  'non-interference':
    'On one machine with one shard whose turns take no time, adding, removing or changing work of lower classes leaves every start, preemption, completion and kill of the classes above as it was, to the ms; however many cores there are, and however little RAM and swap.',
  'more-cores':
    'On one machine with ample RAM, where nobody of the highest class calls another, more cores make nobody of the highest class complete later.',
  'more-ram':
    'On one machine of one core with ample swap, where nobody of the highest class calls another, more RAM makes nobody of the highest class complete later.',
  'more-machines':
    'With several machines in the place of one, of the same size and with ample RAM, where nobody of the highest class calls another, nobody of the highest class completes later.',
} as const;

export type ClaimId = keyof typeof CLAIMS;
