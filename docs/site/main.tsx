import { render } from 'preact';
import { printable } from '../../model/printable.ts';
import type { PageData } from '../../properties/replay/exports/html/data.ts';
import { type Place, placeOf } from './run/address.ts';
import { firstDifference } from './run/compare.ts';
import { PlayedFilm } from './run/film.ts';
import { playingBeside, playingOf } from './run/players.ts';
import { Desk } from './view/desk.ts';
import { Viewer } from './view/viewer.tsx';

/** The script of a page: it shows what the page was given, or what the address has in it. */
if (typeof document === 'undefined') {
  // Without a page it can still play: what the page says is put to the test like this.
  Object.assign(globalThis, { xxViewer: { PlayedFilm, firstDifference, playingBeside, playingOf } });
} else {
  const given = JSON.parse(document.getElementById('data')!.textContent ?? '') as PageData;
  const place = placeOf(location.hash);
  const desk = deskFor(given, place);
  document.title = `Replay of ${printable(desk.data.file)}`;
  render(<Viewer desk={desk} />, document.getElementById('viewer')!);
  desk.begin();
}

/** What the address has in it; where that cannot be played, what the page was given. */
function deskFor(given: PageData, place: Place): Desk {
  try {
    if (place.data !== null) return new Desk(place.data, place);
  } catch {
    // Somebody has made it up, or cut it off.
  }
  if (!location.hash.includes('run=')) return new Desk(given, place);
  const desk = new Desk(given, { step: null, point: null, beside: null, data: null });
  desk.note = 'The scenario in the address cannot be read; shown is the one of this page.';
  return desk;
}
