import { createEdf } from '../../../reference-impl/peers/edf.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'edf-ignores-the-price',
  sentence: 'EDF, whose deadlines are the same whatever one pays.',
  rule: 'edf-earliest-deadline-first',
  create: (name) => createEdf({ deadlineMs: (arrivedMs, expectedMs) => arrivedMs + expectedMs }, name),
});
