import './run/no-eval.ts';
import { render } from 'preact';
import { InputError } from '../../model/input-error.ts';
import { printable } from '../../model/printable.ts';
import type { PageData } from '../../properties/replay/exports/html/data.ts';
import { type Place, placeOf } from './run/address.ts';
import { firstDifference } from './run/compare.ts';
import { PlayedFilm } from './run/film.ts';
import { inflatedText, parsed, readPageData } from './run/page-data.ts';
import { playingBeside, playingOf } from './run/players.ts';
import { Desk, type DeskOptions } from './view/desk.ts';
import { Viewer } from './view/viewer.tsx';

/** The script of a page: it shows what the page was given, or what the address has in it. */

const NOWHERE: Place = { step: null, point: null, beside: null, data: null };

/** How many runs were shown: each is a page of its own. */
let count = 0;

/** The page of a simulation has several runs; this is the one that the address names. */
function stretchInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('stretch');
}

function placeInAddress(): Place {
  return placeOf(location.hash, document.getElementById('simulation') === null ? [] : ['stretch']);
}

/** What the page was written with, in the element with this id; or what is wrong with it. */
function givenToThePage(id: string): PageData | InputError {
  const text = document.getElementById(id)?.textContent;
  if (text === undefined || text === null) {
    return new InputError(`there is no ${id.replace('-', ' ')} in it`);
  }
  try {
    return readPageData(parsed(id === 'data' ? text : inflatedText(text), 'the data of the page'));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

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

function deskOptions(): DeskOptions {
  if (document.getElementById('simulation') === null) return {};
  const stretch = stretchInAddress();
  return { back: 'the charts', ...(stretch === null ? {} : { prefix: `stretch=${stretch}&` }) };
}

function deskFor(given: PageData | InputError): Desk | InputError {
  const place = placeInAddress();
  let { fault } = place;
  try {
    if (place.data !== null) return new Desk(place.data, place, deskOptions());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fault = error.message;
  }
  if (given instanceof InputError) return given;
  try {
    if (fault === undefined) return new Desk(given, place, deskOptions());
    const desk = new Desk(given, NOWHERE, deskOptions());
    desk.notes.value = [
      `The scenario in the address cannot be read: ${fault}. Shown is the one of this page.`,
      ...(place.problems ?? []),
    ];
    return desk;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

if (typeof document === 'undefined') {
  // Without a page it can still play: what the page says is put to the test like this.
  Object.assign(globalThis, { xxViewer: { PlayedFilm, firstDifference, playingBeside, playingOf } });
} else {
  const isOfSimulation = document.getElementById('simulation') !== null;
  const stretch = stretchInAddress();
  const given = givenToThePage(isOfSimulation ? `stretch-${stretch}` : 'data');
  let shown = show(given);
  // A link that is pasted into a page that is open does not load it anew.
  addEventListener('hashchange', () => {
    if (isOfSimulation && stretchInAddress() !== stretch) return location.reload();
    const place = placeInAddress();
    const isSame = shown !== null && place.fault === undefined && !location.hash.includes('run=');
    if (isSame && shown!.data === given) return shown!.goTo(place);
    shown?.stop();
    shown = show(given);
  });
}
