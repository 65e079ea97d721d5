import { createSrpt } from '../../../reference-impl/peers/alps.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'srpt-adds-what-is-done',
  sentence: 'SRPT, which adds what one has run to what it should run in all, in place of subtracting it.',
  rule: 'srpt-runs-the-shortest-remaining',
  create: (name) => createSrpt({ remainingMs: (predictedMs, attainedMs) => predictedMs + attainedMs }, name),
});
