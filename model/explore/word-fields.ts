import { ExplorationError, type Field as SizeField } from './exploration-error.ts';

/** Fields of 32-bit words, beside one another, and what is read from them. */

/** A field of a packed word: how far it is shifted, and the mask of its bits. */
export interface Field {
  shift: number;
  mask: number;
}

export function read(word: number, field: Field): number {
  return (word >>> field.shift) & field.mask;
}

export function replaced(word: number, { shift, mask }: Field, value: number): number {
  return (word & ~(mask << shift)) | (value << shift);
}

export function isEmpty(fields: Record<string, Field>): boolean {
  return Object.values(fields).every(({ mask }) => mask === 0);
}

/** The bits of a word. */
const WORD_BITS = 32;

/**
 * Gives each field as many bits as its greatest value needs, one beside the other.
 *
 * @param sizes what makes these fields large, for the message.
 * @throws ExplorationError when they do not fit into a word.
 */
export function layOut<Name extends string>(
  greatest: Record<Name, number>,
  sizes: readonly SizeField[],
): Record<Name, Field> {
  const fields = {} as Record<Name, Field>;
  let shift = 0;
  for (const name of Object.keys(greatest) as Name[]) {
    const bits = greatest[name] === 0 ? 0 : greatest[name].toString(2).length;
    fields[name] = { shift, mask: bits === 0 ? 0 : 2 ** bits - 1 };
    shift += bits;
  }
  if (shift > WORD_BITS) {
    throw new ExplorationError({ kind: 'too-large', bits: shift, most: WORD_BITS, fields: sizes });
  }
  return fields;
}
