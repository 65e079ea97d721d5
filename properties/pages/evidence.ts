import { CATALOGUE, type Property, type PropertyId } from '../catalogue.ts';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/parts/mutant.ts';
import type { Source } from './sources.ts';

/** Where a property is judged, and what shows that the judging is worth something. */
export interface Evidence {
  /** The module that judges it. */
  readonly judgedIn: string;
  /** Test files that name it, and the one beside the module that judges it. */
  readonly tests: readonly string[];
  /** Wrong schedulers that it must find. */
  readonly mutants: readonly Mutant[];
  /** Properties beyond the rules that rest on it. */
  readonly restingOnIt: readonly PropertyId[];
}

export function evidenceOf(property: Property, sources: readonly Source[]): Evidence {
  const { id } = property;
  const judgedIn = moduleOf(property, sources);
  const beside = judgedIn.replace(/\.ts$/, '.test.ts');
  const named = new RegExp(`['"\`]${id}(?![\\w-])`);
  // Many tests are driven by tables that lie in files of their own.
  const tables = sources
    .filter(({ path, text }) => path.startsWith('properties/testing/told-') && named.test(text))
    .map(({ path }) => path.slice('properties'.length));
  const isNamedIn = (text: string): boolean =>
    named.test(text) || tables.some((table) => text.includes(`${table}'`));
  return {
    judgedIn,
    tests: sources
      .filter(({ path, text }) => path.endsWith('.test.ts') && (path === beside || isNamedIn(text)))
      .map(({ path }) => path),
    mutants: MUTANTS.filter(({ rule }) => rule === id),
    restingOnIt: CATALOGUE.filter((other) => other.id !== id && other.rules.some((rule) => rule === id)).map(
      (other) => other.id,
    ),
  };
}

/** The catalogue knows the folder of a rule; the module in it is the one that declares the id. */
function moduleOf({ id, judgedIn }: Property, sources: readonly Source[]): string {
  if (judgedIn.endsWith('.ts')) return judgedIn;
  const module = sources.find(
    ({ path, text }) => path.startsWith(`${judgedIn}/`) && text.includes(`\n  id: '${id}',`),
  );
  return module?.path ?? judgedIn;
}

/** The file of a mutant. */
export function fileOfMutant({ name }: Mutant, sources: readonly Source[]): string {
  const file = sources.find(({ path }) => path.endsWith(`/${name}.ts`));
  if (file === undefined) throw new Error(`mutant ${name} has no file of its name`);
  return file.path;
}
