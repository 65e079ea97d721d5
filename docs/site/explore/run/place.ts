import {
  type BoundedInstance,
  configurationOf,
  QUOTED_INSTANCE,
} from '../../../../model/explore/instance.ts';
import { show } from '../../../../model/format/show.ts';
import { InputError } from '../../../../model/input-error.ts';
import type { Subject } from '../../../../properties/exploration/expanders.ts';
import { didYouMean } from '../../../../properties/nearest.ts';
import { wholeNumber } from '../../run/address-problems.ts';
import { KNOWN } from '../../run/players.ts';

/** Who is explored where nobody plays, but all that the rules permit. */
export const THE_MODEL = 'model';

/** The default: what `xx check` explores. */
export const DEFAULT_SUBJECT: Subject = { instance: QUOTED_INSTANCE, scheduler: 'xx', properties: [] };

type NumberField = {
  [Name in keyof BoundedInstance]-?: BoundedInstance[Name] extends number ? Name : never;
}[keyof BoundedInstance];

/** The figures of an instance: what each is, and how far it may go here. More takes `xx check`. */
export const FIELDS: readonly {
  readonly name: NumberField;
  readonly label: string;
  readonly least: number;
  readonly most: number;
}[] = [
  { name: 'invocations', label: 'invocations', least: 1, most: 4 },
  { name: 'machines', label: 'machines', least: 1, most: 3 },
  { name: 'cores', label: 'cores of each', least: 1, most: 3 },
  { name: 'ram', label: 'MB RAM of each', least: 1, most: 8 },
  { name: 'swap', label: 'MB swap of each', least: 0, most: 8 },
  { name: 'maxDemand', label: 'MB one may grow to', least: 1, most: 6 },
  { name: 'maxAge', label: 'ms one may be queued', least: 0, most: 5 },
  { name: 'initialMemory', label: 'MB one begins with', least: 1, most: 6 },
  { name: 'enter', label: 'MB to enter the idle list', least: 0, most: 8 },
  { name: 'leave', label: 'MB below which it leaves', least: 0, most: 8 },
  { name: 'memoryDrift', label: 'MB an entry may be off', least: 1, most: 8 },
  { name: 'functionsDrift', label: 'functions an entry may be off', least: 1, most: 8 },
  { name: 'shards', label: 'shards', least: 1, most: 2 },
  { name: 'kMachines', label: 'machines polled', least: 1, most: 3 },
  { name: 'kShards', label: 'idle lists polled', least: 1, most: 2 },
];

const LARGEST_PRICE = 16;
const MOST_PRICES = 3;

/** What an address asks for, and what of it was not understood. */
export interface Place {
  readonly subject: Subject;
  readonly state: number;
  /** What is written as the state, if that is no number: how many there are is known once they are explored. */
  readonly misread?: string;
  readonly problems: readonly string[];
}

/** Reads a fragment: `#state=17&invocations=2&prices=1,4&scheduler=model`. What is not there is as by default. */
export function placeOf(fragment: string): Place {
  const problems: string[] = [];
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const names = [...FIELDS.map(({ name }) => name), 'prices', 'calls', 'scheduler', 'state'];
  for (const name of given.keys()) {
    if (!names.includes(name)) problems.push(`${show(name)} means nothing here${didYouMean(name, names)}.`);
  }
  const whole = (name: string, least: number, most: number, otherwise: number): number => {
    const text = given.get(name);
    if (text === null) return otherwise;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    problems.push(`${name}: expected a whole number from ${least} to ${most}, got ${show(text)}.`);
    return otherwise;
  };
  const instance: Record<string, unknown> = { ...QUOTED_INSTANCE };
  for (const { name, least, most } of FIELDS)
    instance[name] = whole(name, least, most, QUOTED_INSTANCE[name]);
  const prices = given.get('prices');
  if (prices !== null) {
    const list = pricesOf(prices);
    if (list === null) problems.push(`${PRICES_EXPECTED}, got ${show(prices)}.`);
    else instance.prices = list;
  }
  const calls = given.get('calls');
  if (calls !== null && calls !== 'true' && calls !== 'false')
    problems.push(`calls: expected true or false, got ${show(calls)}.`);
  else if (calls !== null) instance.calls = calls === 'true';
  const scheduler = given.get('scheduler') ?? 'xx';
  const schedulers = [THE_MODEL, ...EXPLORABLE_SCHEDULERS];
  const isKnown = schedulers.includes(scheduler);
  if (!isKnown)
    problems.push(
      `There is no scheduler ${show(scheduler)} that can be explored${didYouMean(scheduler, schedulers)}.`,
    );
  const written = given.get('state');
  const state = wholeNumber(written, 0);
  const subject: Subject = {
    instance: instance as unknown as BoundedInstance,
    scheduler: !isKnown ? 'xx' : scheduler === THE_MODEL ? null : scheduler,
    properties: [],
  };
  const objection = objectionTo(subject.instance);
  if (objection !== null) return { subject: DEFAULT_SUBJECT, state: 0, problems: [...problems, objection] };
  return {
    ...{ subject, state: state ?? 0, problems },
    ...(written !== null && state === null ? { misread: written } : {}),
  };
}

export const PRICES_EXPECTED = `prices: expected up to ${MOST_PRICES} whole numbers from 1 to ${LARGEST_PRICE}, such as 1,4`;

/** Prices as somebody writes them; null when they are none. Whether they increase, the model says. */
export function pricesOf(text: string): number[] | null {
  const list = text.split(',').map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : 0));
  return list.length <= MOST_PRICES && list.every((price) => price >= 1 && price <= LARGEST_PRICE)
    ? list
    : null;
}

/** Why there is no such instance, in the model's words; null when there is one. */
export function objectionTo(instance: BoundedInstance): string | null {
  try {
    configurationOf(instance);
    return null;
  } catch (error) {
    if (error instanceof InputError) return `${error.message}.`;
    throw error;
  }
}

/** The fragment that leads here: only what is not as by default. */
export function fragmentOf({ instance, scheduler }: Subject, state: number): string {
  const fields = new URLSearchParams();
  for (const { name } of FIELDS) {
    if (instance[name] !== QUOTED_INSTANCE[name]) fields.set(name, String(instance[name]));
  }
  if (String(instance.prices) !== String(QUOTED_INSTANCE.prices))
    fields.set('prices', String(instance.prices));
  if (instance.calls !== QUOTED_INSTANCE.calls) fields.set('calls', String(instance.calls));
  if (scheduler !== 'xx') fields.set('scheduler', scheduler ?? THE_MODEL);
  if (state !== 0) fields.set('state', String(state));
  return fields.toString();
}

/** Those that can be put into a state. */
export const EXPLORABLE_SCHEDULERS: readonly string[] = KNOWN.filter(({ create }) => {
  const { load, words = [] } = create();
  return load !== undefined && words.length === 0;
}).map(({ name }) => name);
