import type { z } from 'zod';
import { InputError } from '../input-error.ts';
import { show } from './show.ts';

/**
 * The value that a schema makes of what was read, its fields in the schema's order.
 *
 * @param place what the message begins with, such as `line 5`; or says it of what does not fit by its path.
 * @param path where the value stands in that place, such as `config`.
 * @throws InputError with one line for the first thing that does not fit.
 */
export function check<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  place: string | ((path: readonly PropertyKey[]) => string),
  path = '',
): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = firstOf(result.error.issues);
  const where = typeof place === 'string' ? place : place(pathOf(issue));
  throw new InputError(`${where}: ${describe(issue, value, path)}`);
}

/**
 * An issue of a union without discriminator comes with the issues of each branch. The only one here is the tenant, told
 * apart by its budget: the branch without an issue about the budget is the one that was meant.
 */
function firstOf(issues: z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [one] = issues;
  // What seems to be missing may only be misspelt.
  const misspelt = issues.find(
    ({ code, path }) => code === 'unrecognized_keys' && isAt(path, one!.path.slice(0, -1)),
  );
  const first = misspelt ?? one!;
  if (first.code !== 'invalid_union' || first.errors.length === 0) return first;
  const meant = first.errors.find((branch) => branch.every((issue) => issue.path[0] !== 'budget'));
  const inner = firstOf(meant ?? first.errors.at(-1)!);
  return { ...inner, path: [...first.path, ...inner.path] };
}

function isAt(path: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  return path.length === other.length && path.every((key, index) => key === other[index]);
}

/** Of a field that there should not be, the field. */
function pathOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
}

function describe(issue: z.core.$ZodIssue, value: unknown, path: string): string {
  const found = issue.path.reduce<unknown>(
    (outer, key) => (outer as Record<PropertyKey, unknown>)?.[key],
    value,
  );
  const where = pathText(path, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return `${where}unknown field ${show(issue.keys[0])}; ${issue.message}`;
  }
  if ('options' in issue && issue.options !== undefined) {
    return `${where}expected one of ${issue.options.join(', ')}, got ${show(found)}`;
  }
  return `${where}${issue.message}, got ${show(found)}`;
}

/** `stimulus.demand: `, `config.machines[2].ram: `, or nothing for the line as a whole. */
function pathText(prefix: string, path: PropertyKey[]): string {
  let text = prefix;
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text === '' ? '' : `${text}: `;
}
