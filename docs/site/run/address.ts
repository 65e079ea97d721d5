import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { fromBase64 } from './players.ts';

/** What is looked at, as the fragment of an address has it. */
export interface Place {
  readonly step: number | null;
  readonly point: number | null;
  /** The scheduler beside the first; null when there is none. */
  readonly beside: string | null;
  /** The scenario and who plays it, if the address has them. */
  readonly data: PageData | null;
}

/** The fragment of an address, without `#`. @param data to have the whole scenario in it. */
export function fragmentOf({ step, point, beside, data }: Place): string {
  const fields = new URLSearchParams();
  if (step !== null) fields.set('step', String(step));
  if (point !== null) fields.set('point', String(point));
  if (beside !== null) fields.set('beside', beside);
  if (data !== null) fields.set('run', packed(data));
  return fields.toString();
}

/** Reads a fragment; what is not understood is left out, since anybody may have written it. */
export function placeOf(fragment: string): Place {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const run = fields.get('run');
  return {
    step: wholeNumber(fields.get('step'), 1),
    point: wholeNumber(fields.get('point'), 0),
    beside: fields.get('beside'),
    data: run === null ? null : unpacked(run),
  };
}

function wholeNumber(text: string | null, least: number): number | null {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;
}

function packed(data: PageData): string {
  const bytes = deflateSync(strToU8(JSON.stringify(data)), { level: 9 });
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function unpacked(text: string): PageData | null {
  try {
    const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(strFromU8(inflateSync(bytes))) as PageData;
  } catch {
    return null;
  }
}
