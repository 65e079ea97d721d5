import { InputError } from '../input-error.ts';

/** @throws InputError when a text begins with a mark that no JSON may begin with. */
export function refuseByteOrderMark(text: string, place: string): void {
  if (!text.startsWith('\ufeff')) return;
  throw new InputError(
    `${place}: begins with a byte order mark (U+FEFF); save the file as UTF-8 without one`,
  );
}
