/**
 * The seed of one block of runs, from the seed of the campaign and the number of the block: so that a block is the same
 * whichever thread runs it and whatever ran before. Mixes both with the finaliser of MurmurHash3 (Austin Appleby).
 */
export function blockSeed(seed: number, block: number): number {
  const low = seed % 2 ** 32;
  const high = Math.floor(seed / 2 ** 32);
  return finalise(finalise(finalise(low) ^ high) ^ (block + 0x9e3779b9)) | 0;
}

function finalise(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
