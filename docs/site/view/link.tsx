import { useSignal } from '@preact/signals';
import type { Desk } from './desk.ts';

/** Longer addresses are not taken by every browser. */
const LONGEST_ADDRESS = 2_000_000;

const FROM_DISK =
  ' It begins with file://, so it works where this file lies. To show it to somebody else, send the file, or put all from # on behind the address of a page like this one.';

/** Puts a link into the clipboard and the address: it has the whole scenario in it, and where one is. */
export function LinkButton({ desk }: { desk: Desk }) {
  /** What was said, and where: it does not hold for another step. */
  const said = useSignal({ at: '', text: '' });
  const at = `${desk.step.value} ${desk.point.value} ${desk.beside.value?.name}`;
  const say = (text: string): void => {
    said.value = { at, text };
  };
  const link = async (): Promise<void> => {
    const fragment = desk.fragment(true);
    if (fragment.length > LONGEST_ADDRESS) {
      say(
        `The scenario is too long for an address (${Math.ceil(fragment.length / 1e6)} MB): send the file instead.`,
      );
      return;
    }
    desk.address.write(fragment);
    const where = location.protocol === 'file:' ? FROM_DISK : '';
    try {
      await navigator.clipboard.writeText(location.href);
      say(`Copied: the link has the whole scenario in it.${where}`);
    } catch {
      // Pages from disk may not be allowed to use the clipboard; the address is there to be copied.
      say(`The address has the whole scenario in it now: copy it from there.${where}`);
    }
  };
  return (
    <>
      <button type="button" id="link" onClick={link}>
        Link to this step
      </button>
      <span role="status" id="linked" class="faint">
        {said.value.at === at && said.value.text}
      </span>
    </>
  );
}
