import { createHash } from 'node:crypto';

/** What of Stryker's report (mutation-testing-report-schema) is read here. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutated[] }>>;
}

interface Mutated {
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** How the mutants of one file have fared. */
export interface FileTally {
  readonly file: string;
  readonly caught: number;
  readonly neverEnd: number;
  readonly survived: number;
  /** {@link digestOf} the code that was mutated. */
  readonly digest: string;
}

/** A mutant that was not caught. */
export interface Survivor {
  readonly file: string;
  /** The line, or the lines as one, before and after. */
  readonly code: string;
  readonly becomes: string;
  /** Whether it ran into the time limit, which is not counted as caught. */
  readonly neverEnds: boolean;
  /** Why nothing can show it, or why it is left alone; null: no reason is recorded yet. */
  readonly why: string | null;
}

export interface MutationRecord {
  readonly files: readonly FileTally[];
  readonly survivors: readonly Survivor[];
}

/**
 * What a report adds to a record: files that it has are counted again, and their survivors keep their recorded reasons
 * as long as the code around them stays.
 */
export function recordWith(before: MutationRecord, { files }: Report): MutationRecord {
  const said = new Map(before.survivors.map(({ why, ...survivor }) => [keyOf(survivor), why]));
  const isOld = ({ file }: { file: string }) => files[file] === undefined;
  const counted = Object.entries(files).map(([file, { source, mutants }]) => tallyOf(file, source, mutants));
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'Timeout')
      .map((mutant) => {
        const survivor = { file, ...change(source, mutant), neverEnds: mutant.status === 'Timeout' };
        return { ...survivor, why: said.get(keyOf(survivor)) ?? null };
      }),
  );
  return {
    files: [...before.files.filter(isOld), ...counted].sort(byFile),
    survivors: [...before.survivors.filter(isOld), ...survivors].sort(byFile),
  };
}

/**
 * Tells one state of the code of a file from another, whatever its comments say and however its lines are broken: sixteen
 * hexadecimal digits of SHA-256.
 */
export function digestOf(source: string): string {
  const code = source.replaceAll(LINES_OF_COMMENT, '').replaceAll(/\s+/g, ' ').trim();
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}

/** In this project a comment has its lines to itself. */
const LINES_OF_COMMENT = /^\s*(\/\/|\/\*|\*(?!\*)).*$/gm;

/** Whether a file has changed since its mutants were counted. */
export function hasChanged({ digest }: FileTally, source: string): boolean {
  return digestOf(source) !== digest;
}

function tallyOf(file: string, source: string, mutants: readonly Mutated[]): FileTally {
  const count = (wanted: string) => mutants.filter(({ status }) => status === wanted).length;
  return {
    file,
    caught: count('Killed'),
    neverEnd: count('Timeout'),
    survived: count('Survived'),
    digest: digestOf(source),
  };
}

const MOST_SHOWN = 200;

/** The mutated lines as they were and as they became, without their indentation. */
function change(source: string, { location, replacement = '' }: Mutated): { code: string; becomes: string } {
  const lines = source.split('\n');
  const { start, end } = location;
  const before = lines[start.line - 1]!.slice(0, start.column - 1);
  const after = lines[end.line - 1]!.slice(end.column - 1);
  const mutated = lines.slice(start.line - 1, end.line).join('\n');
  // What is put into a longer condition is one operand of it, whatever it says.
  const isOperand =
    /&&|\|\|/.test(replacement) && (/(&&|\|\|)\s*$/.test(before) || /^\s*(&&|\|\|)/.test(after));
  const put = isOperand ? `(${replacement})` : replacement;
  return { code: asOneLine(mutated), becomes: asOneLine(`${before}${put}${after}`) };
}

function asOneLine(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN - 2)} …`;
}

function keyOf({ file, code, becomes }: Pick<Survivor, 'file' | 'code' | 'becomes'>): string {
  return JSON.stringify([file, code, becomes]);
}

function byFile(a: { file: string }, b: { file: string }): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
