import { readFileSync } from 'node:fs';
import { code, markdownTable } from '../../model/render/markdown.ts';
import { STAGES, type Stage } from '../implement/departures.ts';
import { type ImplementRecord, RECORD, type RefusalRecord } from '../implement/record.ts';

/** The page that is written by hand but for code, tables and what the suite has said. */
export const IMPLEMENT_PAGE = 'docs/implement.md';

/** What the page is made from. */
export interface ImplementMaterial {
  /** The page as it is. */
  readonly page: string;
  /** `first_part.py` and `part_by_part.py`. */
  readonly firstPart: string;
  readonly partByPart: string;
  /** What `npm run implement` has kept. */
  readonly record: ImplementRecord;
}

/** Reads it. */
export function readImplementMaterial(): ImplementMaterial {
  return {
    page: readFileSync(IMPLEMENT_PAGE, 'utf8'),
    firstPart: readFileSync('docs/examples/python/first_part.py', 'utf8'),
    partByPart: readFileSync('docs/examples/python/part_by_part.py', 'utf8'),
    record: JSON.parse(readFileSync(RECORD, 'utf8')) as ImplementRecord,
  };
}

/** The page with everything between its marks made anew. */
export function implementPage({ page, firstPart, partByPart, record }: ImplementMaterial): string {
  const filled = new Map([
    ['conversation', fenced('text', record.conversation)],
    ['first-part', fenced('python', firstPart)],
    ['refusal', fenced('text', record.shown)],
    ['parts', overview(partByPart, record)],
    ...STAGES.map((stage): [string, string] => [
      `part ${stage}`,
      partText(
        stage,
        partByPart,
        record.refusals.filter((refusal) => refusal.stage === stage),
      ),
    ]),
  ]);
  return page.replace(REGION, (_region, begin: string, name: string, end: string) => {
    const text = filled.get(name);
    if (text === undefined)
      throw new Error(`${IMPLEMENT_PAGE} asks for "${name}", and there is no such part`);
    filled.delete(name);
    return `${begin}\n\n${text}\n\n${end}`;
  });
}

const REGION = /(<!-- generated: ([a-z- ]+) -->)\n[\s\S]*?(<!-- end -->)/g;

function overview(partByPart: string, { refusals }: ImplementRecord): string {
  return markdownTable(
    ['part', 'lines', 'what is refused as long as nothing of it is there'],
    refusals
      .filter(({ lacking }) => lacking === null)
      .map(({ stage, property, message }) => [
        `[${stage}](#${stage})`,
        String(linesOf(sectionOf(partByPart, stage))),
        `${code(property)}: ${sentenceOf(message)}`,
      ]),
  );
}

/** Code of a part, and what is refused to whoever has left something out of it. */
function partText(stage: Stage, partByPart: string, refusals: readonly RefusalRecord[]): string {
  const half = refusals.filter(({ lacking }) => lacking !== null);
  const python = fenced('python', sectionOf(partByPart, stage));
  if (half.length === 0) return python;
  const table = markdownTable(
    ['what is wrong', 'refused by', 'what is said'],
    half.map(({ means, property, message }) => [means, code(property), sentenceOf(message)]),
  );
  return `${python}\n\n${table}`;
}

/** The lines of `part_by_part.py` that belong to a part. */
function sectionOf(partByPart: string, stage: Stage): string {
  const [, section] =
    new RegExp(`\\n# part: ${stage}\\n([\\s\\S]*?)\\n+# (?:part: |end\\n)`).exec(partByPart) ?? [];
  if (section === undefined) throw new Error(`part_by_part.py has no "# part: ${stage}" with an end`);
  return section.trim();
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

/** A message without the number of its step, which is of no use here. */
function sentenceOf(message: string): string {
  return message
    .replace(/^step \d+: /, '')
    .replace(/^step \d+ /, 'the step ')
    .replaceAll('|', '\\|');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
