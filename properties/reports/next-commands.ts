import { shellPath } from '../shell.ts';

/**
 * What to type next about a violation.
 *
 * @param flags what names the scheduler on the command line.
 */
export function nextCommands(file: string, property: string, flags: string): string[] {
  return [`npx xx replay ${shellPath(file)} ${flags}`, `npx xx explain ${property}`];
}
