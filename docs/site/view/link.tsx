import { useSignal } from '@preact/signals';
import type { Desk } from './desk.ts';

/** Longer addresses are not taken by every browser. */
const LONGEST_ADDRESS = 2_000_000;

/** Puts a link into the clipboard and the address: it has the whole scenario in it, and where one is. */
export function LinkButton({ desk }: { desk: Desk }) {
  const said = useSignal('');
  const link = async (): Promise<void> => {
    const fragment = desk.fragment(true);
    if (fragment.length > LONGEST_ADDRESS) {
      said.value = `The scenario is too long for an address (${Math.ceil(fragment.length / 1e6)} MB): send the file.`;
      return;
    }
    history.replaceState(null, '', `#${fragment}`);
    said.value = 'The address has the whole scenario in it now.';
    try {
      await navigator.clipboard.writeText(location.href);
      said.value = 'Copied: the address has the whole scenario in it.';
    } catch {
      // Pages from disk may not be allowed to use the clipboard; the address is there to be copied.
    }
  };
  return (
    <>
      <button type="button" id="link" onClick={link}>
        Link to this step
      </button>
      <span role="status" class="faint">
        {said.value}
      </span>
    </>
  );
}
