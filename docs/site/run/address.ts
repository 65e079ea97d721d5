import { deflateSync, strToU8 } from 'fflate';
import { InputError } from '../../../model/input-error.ts';
import type { Finding } from '../../../properties/checkers/checker.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { problemsOf, wholeNumber } from './address-problems.ts';
import { inflatedText, parsed, readPageData } from './page-data.ts';

/** What is looked at, as the fragment of an address has it. */
export interface Place {
  readonly step: number | null;
  readonly point: number | null;
  /** The scheduler beside the first; null when there is none. */
  readonly beside: string | null;
  /** The scenario and who plays it, if the address has them. Nobody is told what was found: it is found again. */
  readonly data: PageData | null;
  /** What the address says was found, which anybody may have written there; absent when it says nothing. */
  readonly claimed?: Claim;
  /** Why the scenario in the address cannot be read; absent when it can, or when there is none. */
  readonly fault?: string;
  /** What else of the address was not understood, each in a sentence; absent when all was. */
  readonly problems?: readonly string[];
}

export type Claim = Pick<Finding, 'property' | 'step' | 'rule'>;

/** The fragment of an address, without `#`. @param data to have the whole scenario in it. */
export function fragmentOf({ step, point, beside, data }: Place): string {
  const fields = new URLSearchParams();
  if (step !== null) fields.set('step', String(step));
  if (point !== null) fields.set('point', String(point));
  if (beside !== null) fields.set('beside', beside);
  if (data !== null) fields.set('run', packed(data));
  return fields.toString();
}

/** What the address of a replay may have in it. */
const FIELDS: readonly string[] = ['step', 'point', 'beside', 'run'];

/**
 * Reads a fragment; what is not understood is left out, since anybody may have written it, and is told as a problem.
 *
 * @param also names that mean something on this page beside those of a replay.
 */
export function placeOf(fragment: string, also: readonly string[] = []): Place {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const problems = problemsOf(fields, [...FIELDS, ...also]);
  const run = fields.get('run');
  return {
    step: wholeNumber(fields.get('step'), 1),
    point: wholeNumber(fields.get('point'), 0),
    beside: fields.get('beside'),
    ...(run === null ? { data: null } : unpacked(run)),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** What was packed once, or came from an address, is not packed again: it takes longer than a step may. */
const packedTexts = new WeakMap<PageData, string>();

function packed(data: PageData): string {
  const known = packedTexts.get(data);
  if (known !== undefined) return known;
  const bytes = deflateSync(strToU8(JSON.stringify(data)), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  packedTexts.set(data, text);
  return text;
}

function unpacked(text: string): Pick<Place, 'data' | 'claimed' | 'fault'> {
  try {
    const json = inflatedText(text.replaceAll('-', '+').replaceAll('_', '/'));
    const { told, ...rest } = readPageData(parsed(json, 'the scenario'));
    const data: PageData = { ...rest, told: null };
    packedTexts.set(data, text);
    if (told === null) return { data };
    const { property, step, rule } = told;
    return { data, claimed: { property, step, rule } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { data: null, fault: error.message };
  }
}
