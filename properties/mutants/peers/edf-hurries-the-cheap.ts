import { createEdf } from '../../../reference-impl/peers/edf.ts';
import { mutantOfPeer } from '../parts/mutant-of-peer.ts';

export const mutant = mutantOfPeer({
  name: 'edf-hurries-the-cheap',
  sentence: 'EDF, which divides by the highest price and multiplies by the price.',
  rule: 'edf-earliest-deadline-first',
  create: (name) =>
    createEdf(
      {
        deadlineMs: (arrivedMs, expectedMs, price, highestPrice) =>
          arrivedMs + (expectedMs * price) / highestPrice,
      },
      name,
    ),
});
