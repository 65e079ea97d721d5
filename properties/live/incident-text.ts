import { counted } from '../../model/counted.ts';
import { printable, printableJson } from '../../model/printable.ts';
import type { Counters } from './counters.ts';
import type { Place } from './doubts.ts';
import type { Incident } from './incident.ts';

const WORDS: Record<Incident['type'], string> = {
  violation: 'refused',
  unreadable: 'not read',
  impossible: 'not possible',
};

/** An incident as one line for people, however long. */
export function incidentLine(incident: Incident): string {
  const { type, line, message, mayFollowFrom, times, believed } = incident;
  const own = message.replace(new RegExp(`^line ${line}: `), '');
  const parts = [`line ${line}: ${WORDS[type]}: ${own}`];
  if (mayFollowFrom !== null) {
    const often = times > 1 ? ` (${times} times so far)` : '';
    parts.push(`may follow from ${placeText(mayFollowFrom)}${often}`);
  }
  if (believed.length > 0) parts.push(`taken as given: ${believed.join(', ')}`);
  parts.push(`in doubt: ${doubtText(incident.inDoubt)}`);
  return printable(parts.join('; '));
}

function placeText({ line, step }: Place): string {
  return `line ${line} (step ${step})`;
}

function doubtText({ everything, invocations, machines }: Incident['inDoubt']): string {
  if (everything) return 'everything, until the log begins anew';
  if (invocations + machines === 0) return 'nothing';
  return `${counted(invocations, 'invocation')}, ${counted(machines, 'machine')}`;
}

/** The same as one JSON object. */
export function incidentJson(incident: Incident, file: string): string {
  const { type, ...rest } = incident;
  return printableJson({ type, file, ...rest });
}

/** `not whole`: nothing was refused, and some of the log could not be read, or was not possible. */
type Verdict = 'accepted' | 'refused' | 'not whole';

function verdictOf({ unreadable, impossible, totals }: Counters): Verdict {
  if (totals.violations > 0) return 'refused';
  return unreadable + impossible > 0 ? 'not whole' : 'accepted';
}

/** What a log came to. */
export function summaryLine(counters: Counters): string {
  const { steps, unreadable, impossible, repeats } = counters;
  const { violations, followOns } = counters.totals;
  const words: Record<Verdict, string> = {
    accepted: `accepted: ${counted(steps, 'step')}`,
    refused: `refused: ${counted(violations, 'step')} of ${steps}`,
    'not whole': `nothing refused in ${counted(steps, 'step')}, and not all of the log could be judged`,
  };
  const parts = [words[verdictOf(counters)]];
  if (followOns > 0) parts.push(`${followOns} of them may follow from others`);
  if (repeats > 0) parts.push(`${repeats} not told again`);
  if (unreadable > 0) parts.push(`${counted(unreadable, 'line')} not read`);
  if (impossible > 0) parts.push(`${impossible} not possible`);
  return parts.join('; ');
}

/** The same as one JSON object. */
export function summaryJson(counters: Counters): string {
  const { steps, decisions, unreadable, impossible, repeats, restarts, rotations } = counters;
  const { violations, followOns } = counters.totals;
  const judged = { verdict: verdictOf(counters), steps, decisions, violations, followOns, repeats };
  return printableJson({ type: 'summary', ...judged, unreadable, impossible, restarts, rotations });
}
