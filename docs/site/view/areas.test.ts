import { expect, test } from 'vitest';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { PRESETS } from '../playground/run/presets.ts';
import { dataOf } from '../playground/run/session.ts';
import { PlayedFilm } from '../run/film.ts';
import { playingOf } from '../run/players.ts';
import { drawMoney } from './areas.ts';
import type { Sheet } from './sheet.ts';

test('money is drawn for the steps that have been played, also where none has been yet', () => {
  const data: PageData = dataOf(PRESETS.find(({ name }) => name === 'budget')!.session);
  const film = new PlayedFilm(playingOf(data));
  const positions = Float64Array.from({ length: data.scenario.stimuli.length + 2 }, (_, step) => step);
  let bars = 0;
  const context = { fillRect: () => bars++ };
  const sheet = {
    ...{ context, film, positions, shown: [0, positions.length - 1], gutter: 50, width: 50 },
    colours: {},
  } as unknown as Sheet;
  drawMoney(sheet, 0, 0, 40, 1, 1);
  expect(bars).toBe(0);
  film.play();
  drawMoney(sheet, 0, 0, 40, 1, film.recorded.length);
  expect(bars).toBe(2 * film.recorded.length);
});
