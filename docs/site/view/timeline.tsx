import { useEffect, useRef } from 'preact/hooks';
import type { Entity } from '../../../properties/replay/entity.ts';
import type { PlayedFilm } from '../run/film.ts';
import { firstRowBelow, type Row, rowsOf, rowsOfBars } from '../run/rows.ts';
import { stepAt } from '../run/scale.ts';
import { coloursOf } from './colours.ts';
import type { Desk } from './desk.ts';
import { draw } from './draw.ts';
import { Legend } from './legend.tsx';
import { AXIS, positionAt, type Sheet } from './sheet.ts';

/** The whole run along its time line. The canvas is as high as what is seen of it, and scrolls with it. */
export function Timeline({ desk, film }: { desk: Desk; film: PlayedFilm }) {
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<Sheet | null>(null);
  desk.progress.value;
  const subject = desk.subject(film);
  const positions = desk.positions.value;
  const shown = desk.zoom.shown();
  const played = Math.max(1, film.recorded.length);
  const from = Math.min(stepAt(positions, shown[0]), played);
  const to = Math.min(stepAt(positions, shown[1]), played);
  const { rows, height } = rowsOf(film, from, to);
  const look = {
    ...{ positions, shown, from, to },
    step: desk.step.value,
    failing: desk.failingOf(film),
    difference: desk.difference.value,
    invocation: subject?.kind === 'invocation' ? subject.id : null,
  };
  const redraw = useRef(() => {});
  redraw.current = () => {
    if (box.current === null || canvas.current === null) return;
    sheet.current = sheetOf(box.current, canvas.current, { film, rows, ...look });
    draw(sheet.current);
  };
  useEffect(() => {
    if (desk.follows && box.current !== null)
      bringIntoView(box.current, rows, placeOfSubject(film, subject, look.step));
    redraw.current();
  });
  useEffect(() => {
    const again = (): void => redraw.current();
    const sizes = new ResizeObserver(again);
    sizes.observe(box.current!);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    const stop = listen(canvas.current!, desk, () => sheet.current!);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener('change', again);
      stop();
    };
  }, [desk]);
  const seen = Math.min(height + AXIS + 2, Math.max(260, window.innerHeight * 0.5));
  return (
    <figure class="timeline">
      <section
        ref={box}
        class="scroller"
        style={{ height: `${seen}px` }}
        onScroll={() => redraw.current()}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has only keys must be able to scroll it
        tabIndex={0}
        aria-label={`Time line of ${film.name}`}
      >
        <div style={{ height: `${height + AXIS}px` }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label={`Who is queued, waits, runs, is blocked or swapped out${film.transfers === null ? '' : ', and what its disk moves,'} on each machine over ${film.recorded.length} steps; the same is in words below for the step that is chosen`}
          />
        </div>
      </section>
      <Legend
        classes={film.config.classes.map(({ name, price }) => ({ name, price }))}
        inTime={film.transfers !== null}
      />
    </figure>
  );
}

/** What of the rows shows an entity at a step: a bar of an invocation, by index; a machine. */
interface Sight {
  readonly bar: number;
  readonly machine: number;
}

function placeOfSubject(film: PlayedFilm, subject: Entity | null, step: number): Sight | null {
  if (subject?.kind === 'machine') return { bar: -1, machine: subject.id };
  if (subject?.kind !== 'invocation') return null;
  const { set } = film.lanes;
  const bar = set.id.findLastIndex(
    (id, index) => id === subject.id && set.from[index]! <= step && set.row[index]! >= 0,
  );
  return bar < 0 ? null : { bar, machine: -1 };
}

/** Scrolls as far as is needed. */
function bringIntoView(box: HTMLElement, rows: readonly Row[], sight: Sight | null): void {
  if (sight === null) return;
  const row =
    sight.bar < 0
      ? rows.find((one) => one.type === 'memory' && one.machine === sight.machine)
      : rowsOfBars(rows, [sight.bar]).get(sight.bar);
  if (row === undefined) return;
  const room = box.clientHeight - AXIS;
  if (row.y < box.scrollTop || row.y + row.height > box.scrollTop + room) {
    box.scrollTop = Math.max(0, row.y - room / 2);
  }
}

function sheetOf(
  box: HTMLElement,
  canvas: HTMLCanvasElement,
  look: Omit<Sheet, 'context' | 'colours' | 'width' | 'height' | 'top' | 'gutter'>,
): Sheet {
  const { clientWidth: width, clientHeight: height, scrollTop: top } = box;
  const density = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(density, 0, 0, density, 0, 0);
  return { context, colours: coloursOf(box), width, height, top, gutter: 58, ...look };
}

/** So far a finger moves along the time line before it means to, in px. */
const DRAG_PX = 8;

/**
 * Pointers scrub, two of them zoom, and so does the wheel with a key; a press on a bar chooses whom it shows. A finger
 * that moves up or down scrolls, and nothing else: the browser then takes the pointer away.
 */
function listen(canvas: HTMLCanvasElement, desk: Desk, sheetNow: () => Sheet): () => void {
  const pointers = new Map<number, number>();
  /** Of two fingers: how far apart they were, and the middle between them, in px. */
  let pinch: { apart: number; middle: number } | null = null;
  const xOfEvent = (event: MouseEvent): number => event.clientX - canvas.getBoundingClientRect().left;
  /** A finger that is down, and has neither moved along nor gone up: it may be about to scroll. */
  let resting: { x: number; y: number } | null = null;
  const goTo = (event: MouseEvent): void => {
    const sheet = sheetNow();
    const x = xOfEvent(event);
    if (x < sheet.gutter) return;
    const step = Math.min(stepAt(sheet.positions, positionAt(sheet, x)), desk.length.value);
    if (step !== desk.step.value || desk.point.value !== null) desk.go(step);
  };
  const down = (event: PointerEvent): void => {
    desk.follows = false;
    pointers.set(event.pointerId, xOfEvent(event));
    canvas.setPointerCapture(event.pointerId);
    resting = null;
    if (pointers.size > 1) return;
    if (event.pointerType === 'touch') resting = { x: event.clientX, y: event.clientY };
    else press(event);
  };
  const press = (event: PointerEvent): void => {
    const sheet = sheetNow();
    const y = event.clientY - canvas.getBoundingClientRect().top;
    const id = invocationAt(sheet, xOfEvent(event), y);
    desk.choose(id === null ? null : { kind: 'invocation', id });
    goTo(event);
  };
  const move = (event: PointerEvent): void => {
    if (!pointers.has(event.pointerId)) return;
    pointers.set(event.pointerId, xOfEvent(event));
    if (resting !== null) {
      const [along, across] = [Math.abs(event.clientX - resting.x), Math.abs(event.clientY - resting.y)];
      if (along < DRAG_PX || along < across) return;
      resting = null;
    }
    if (pointers.size === 1) return goTo(event);
    const [one, other] = [...pointers.values()] as [number, number];
    const now = { apart: Math.max(10, Math.abs(one - other)), middle: (one + other) / 2 };
    if (pinch !== null) {
      const { gutter, width, shown } = sheetNow();
      desk.zoom.pan(((pinch.middle - now.middle) / (width - gutter)) * (shown[1] - shown[0]));
      desk.zoomBy(pinch.apart / now.apart, positionAt(sheetNow(), now.middle));
    }
    pinch = now;
  };
  const up = (event: PointerEvent): void => {
    if (resting !== null && event.type === 'pointerup') press(event);
    resting = null;
    pointers.delete(event.pointerId);
    pinch = null;
    desk.follows = true;
  };
  const wheel = (event: WheelEvent): void => {
    const sheet = sheetNow();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      desk.zoomBy(Math.exp(event.deltaY / 200), positionAt(sheet, xOfEvent(event)));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const [from, to] = sheet.shown;
      desk.zoom.pan((event.deltaX / (sheet.width - sheet.gutter)) * (to - from));
    }
  };
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('wheel', wheel, { passive: false });
  return () => {
    canvas.removeEventListener('pointerdown', down);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', up);
    canvas.removeEventListener('wheel', wheel);
  };
}

/** Whose bar is at a place of the canvas, or whose memory the disk moves there. */
function invocationAt(sheet: Sheet, x: number, y: number): number | null {
  if (x < sheet.gutter || y < AXIS) return null;
  const down = y - AXIS + sheet.top;
  const row: Row | undefined = sheet.rows[firstRowBelow(sheet.rows, down)];
  const step = stepAt(sheet.positions, positionAt(sheet, x));
  if (row?.type === 'disk') return sheet.film.transfers?.at(row.machine, step)?.id ?? null;
  if (row?.type !== 'bars') return null;
  const { set } = sheet.film.lanes;
  const bar = row.bars[set.firstEndingAfter(row.bars, step)];
  return bar === undefined || set.from[bar]! > step ? null : set.id[bar]!;
}
