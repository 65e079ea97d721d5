import './run/no-eval.ts';
import { render } from 'preact';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import type { PageData } from '../../properties/replay/exports/html/data.ts';
import { placeOf } from './run/address.ts';
import { firstDifference } from './run/compare.ts';
import { PlayedFilm } from './run/film.ts';
import { parsed, readPageData } from './run/page-data.ts';
import { playingBeside, playingOf } from './run/players.ts';
import { Desk } from './view/desk.ts';
import { Viewer } from './view/viewer.tsx';

/** The script of a page: it shows what the page was given, or what the address has in it. */
if (typeof document === 'undefined') {
  // Without a page it can still play: what the page says is put to the test like this.
  Object.assign(globalThis, { xxViewer: { PlayedFilm, firstDifference, playingBeside, playingOf } });
} else {
  const given = givenToThePage();
  let shown = show(given);
  // A link that is pasted into a page that is open does not load it anew.
  addEventListener('hashchange', () => {
    const place = placeOf(location.hash);
    const isSame = shown !== null && place.fault === undefined && !location.hash.includes('run=');
    if (isSame && shown!.data === given) return shown!.goTo(place);
    shown?.stop();
    shown = show(given);
  });
}

/** What the page was written with; or what is wrong with it. */
function givenToThePage(): PageData | InputError {
  try {
    return readPageData(parsed(document.getElementById('data')?.textContent ?? '', 'the data of the page'));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

let count = 0;

/** Shows what the address has in it, or else what the page was given. Null where neither can be played. */
function show(given: PageData | InputError): Desk | null {
  const found = deskFor(given);
  const place = document.getElementById('viewer')!;
  if (found instanceof InputError) {
    render(
      <p role="alert" class="card failing">
        This page cannot be played: {found.message}. It was damaged or changed after it was written; write it
        again with <code>xx replay FILE --html PAGE</code>.
      </p>,
      place,
    );
    return null;
  }
  document.title = `Replay of ${printable(found.data.file)}`;
  count++;
  render(<Viewer desk={found} key={count} />, place);
  found.begin();
  return found;
}

function deskFor(given: PageData | InputError): Desk | InputError {
  const place = placeOf(location.hash);
  let { fault } = place;
  try {
    if (place.data !== null) return new Desk(place.data, place);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fault = error.message;
  }
  if (given instanceof InputError) return given;
  try {
    if (fault === undefined) return new Desk(given, place);
    const desk = new Desk(given, { step: null, point: null, beside: null, data: null });
    desk.notes.value = [
      `The scenario in the address cannot be read: ${fault}. Shown is the one of this page.`,
    ];
    return desk;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}
