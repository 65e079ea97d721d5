import { render } from 'preact';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { Desk } from '../view/desk.ts';
import { Embedded } from './embedded.tsx';

/**
 * The replays that stand in a page of the site. One is live at a time, since a run that is looked at has the page's keys
 * and names for its parts; the others are a button that says what they play.
 */
const frames = [...document.querySelectorAll<HTMLElement>('.replay')];
let live: HTMLElement | null = null;

for (const frame of frames) {
  startOf(frame).addEventListener('click', () => {
    play(frame);
    frame.querySelector<HTMLElement>('.replay-live')?.focus();
  });
  startOf(frame).hidden = false;
}
const first = frames.find((frame) => frame.hasAttribute('data-begins'));
if (first !== undefined) play(first);

function startOf(frame: HTMLElement): HTMLButtonElement {
  return frame.querySelector<HTMLButtonElement>('.replay-start')!;
}

function stageOf(frame: HTMLElement): HTMLElement {
  return frame.querySelector<HTMLElement>('.replay-stage')!;
}

function play(frame: HTMLElement): void {
  if (live !== null) {
    render(null, stageOf(live));
    startOf(live).hidden = false;
  }
  live = frame;
  const { up = '', beside, step } = frame.dataset;
  const data = JSON.parse(frame.querySelector('script')!.textContent!) as PageData;
  const desk = new Desk(
    data,
    { step: Number(step ?? 0) || null, point: null, beside: beside ?? null, data: null },
    { hasAddress: false },
  );
  startOf(frame).hidden = true;
  render(<Embedded desk={desk} up={up} />, stageOf(frame));
  desk.begin();
}
