import type { z } from 'zod';
import type { Configuration } from '../../../../model/configuration.ts';
import { checkReferences } from '../../../../model/format/references.ts';
import { configurationSchema } from '../../../../model/format/schemas.ts';
import { show } from '../../../../model/format/show.ts';
import { InputError } from '../../../../model/input-error.ts';
import type { Session } from './session.ts';
import { HANDS, withPlayer } from './session.ts';

/** A configuration as somebody writes it: anything may stand in a field until it is understood. */
export type Draft = unknown;

export type Path = readonly (string | number)[];

/** What is wrong in a draft, by the path of the field: `machines.0.ram`. */
export type Problems = ReadonlyMap<string, string>;

/** A cluster of more than these is more than a page can draw; the command line takes it. */
const MOST_DRAWN: Readonly<Record<'machines' | 'shards' | 'classes' | 'tenants' | 'cores', number>> = {
  machines: 64,
  shards: 64,
  classes: 16,
  tenants: 32,
  cores: 64,
};

/** What the model's own validators make of a draft. */
export function checked(draft: Draft): { config: Configuration; problems: null } | { problems: Problems } {
  const result = configurationSchema.safeParse(draft);
  if (!result.success) return { problems: problemsOf(result.error.issues, draft) };
  const problems = tooLarge(result.data);
  return problems.size > 0 ? { problems } : { config: result.data, problems: null };
}

/** Why a cluster cannot be drawn, by field. */
export function tooLarge(config: Configuration): Map<string, string> {
  const problems = new Map<string, string>();
  const bound = (path: string, what: keyof typeof MOST_DRAWN, count: number): void => {
    const most = MOST_DRAWN[what];
    if (count > most) problems.set(path, `this page draws at most ${most} ${what}, got ${count}`);
  };
  bound('shards', 'shards', config.shards);
  for (const what of ['machines', 'classes', 'tenants'] as const) bound(what, what, config[what].length);
  for (const [index, { cores }] of config.machines.entries())
    bound(`machines.${index}.cores`, 'cores', cores);
  return problems;
}

/** A union says what is wrong with each branch: a tenant is meant with a budget, or without one. */
function problemsOf(issues: readonly z.core.$ZodIssue[], draft: Draft, base: Path = []): Map<string, string> {
  const problems = new Map<string, string>();
  for (const issue of issues) {
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const meant = issue.errors.find((branch) => branch.every(({ path: [field] }) => field !== 'budget'));
      for (const [where, what] of problemsOf(meant ?? issue.errors.at(-1)!, draft, path))
        problems.set(where, what);
    } else {
      const where = path.join('.');
      if (!problems.has(where)) problems.set(where, `${issue.message}, got ${show(valueAt(draft, path))}`);
    }
  }
  return problems;
}

function valueAt(draft: Draft, path: Path): unknown {
  return path.reduce<unknown>(
    (outer, key) => (outer as Record<string | number, unknown> | undefined)?.[key],
    draft,
  );
}

/** The draft with another value at a path. */
export function withValue(draft: Draft, [key, ...rest]: Path, value: unknown): Draft {
  if (key === undefined) return value;
  const inner = (draft as Record<string | number, unknown>)[key];
  if (Array.isArray(draft))
    return draft.map((item, index) => (index === key ? withValue(item, rest, value) : item));
  return { ...(draft as object), [key]: withValue(inner, rest, value) };
}

/** A number as it was typed; what is none stays a text, so that it can be told what is wrong with it. */
export function numberOf(text: string): unknown {
  const trimmed = text.trim();
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/**
 * The same session on another cluster: what names a class, a tenant or a shard that is not there any more is taken away.
 * With empty hands it begins anew, since decisions have the figures of a cluster in them.
 */
export function onCluster(session: Session, config: Configuration): Session {
  const stimuli = session.stimuli.filter(({ stimulus }) => {
    try {
      checkReferences(stimulus, config, '');
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  });
  const next = { ...session, config, stimuli };
  return session.player === HANDS ? withPlayer(next, HANDS) : next;
}
