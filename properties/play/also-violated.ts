import { propertyOf } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';

/** What a refused step does not hold either, as the end of its message: one line has it all. */
export function alsoViolated(falls: Finding['falls']): string {
  if (falls.length === 0) return '';
  return `; also violated: ${falls.map(({ property }) => propertyOf(property).name).join(', ')}`;
}

/** The message of a finding without that end, for where each of the others has a line of its own. */
export function messageAlone({ message, falls }: Finding): string {
  const end = alsoViolated(falls);
  return end !== '' && message.endsWith(end) ? message.slice(0, -end.length) : message;
}
