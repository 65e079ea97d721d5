import { basename } from 'node:path';
import type { Playable } from '../replay/load.ts';
import { TEXT_FINDINGS } from './catalogue/index.ts';
import type { TextFinding } from './finding.ts';

const ENDING = '.scenario.jsonl';

/** The finding on the text whose scenario a file is, which its name says; null for any other. */
export function findingOf({ file, record, decisions }: Playable): TextFinding | null {
  if (record !== null || decisions !== undefined || !file.endsWith(ENDING)) return null;
  const id = basename(file, ENDING);
  return TEXT_FINDINGS.find((finding) => finding.id === id) ?? null;
}

/** What docs/findings.md calls a finding. */
export function titleOf({ id, title }: TextFinding): string {
  return `finding ${TEXT_FINDINGS.findIndex((finding) => finding.id === id) + 1}, ${title}`;
}
