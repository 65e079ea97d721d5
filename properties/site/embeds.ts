import { readFileSync } from 'node:fs';
import type { PropertyId } from '../catalogue.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { TEXT_FINDINGS } from '../findings/catalogue/index.ts';
import type { FindingsRecord } from '../findings/record.ts';
import { pageData } from '../replay/exports/html/data.ts';
import { readPlayable } from '../replay/load.ts';
import { replay } from '../replay/play.ts';
import { EVERYTHING } from '../replay/range.ts';
import { embeddedJson, escaped } from './html.ts';

/** A replay in a page: a scenario that is kept in the project, who plays it, and who plays it beside. */
export interface Embed {
  readonly file: string;
  readonly scheduler: string;
  readonly beside: string | null;
  /** What the button says, until it is pressed. */
  readonly words: string;
  /** The step to begin with; null: that which fails, or the first. */
  readonly step: number | null;
  /** Only these are judged; as the file says, when null. */
  readonly properties: readonly PropertyId[] | null;
  /** Whether it begins by itself: at most one of a page does. */
  readonly begins: boolean;
}

const findings: FindingsRecord = JSON.parse(readFileSync('docs/findings.json', 'utf8'));

/** How a file that a page names is played in it; null when it is none that is played. */
export function embedOfFile(file: string): Embed | null {
  const plain = { file, step: null, properties: null, begins: false };
  const [, finding] = /^counterexamples\/findings\/(.+)\.scenario\.jsonl$/.exec(file) ?? [];
  if (finding !== undefined) return embedOfFinding(file, finding);
  const [, anomaly, when] = /^counterexamples\/anomalies\/(.+)-(before|after)\.jsonl$/.exec(file) ?? [];
  if (anomaly !== undefined) {
    return { ...plain, scheduler: 'xx', beside: null, words: `Play ${anomaly}: ${when} the change` };
  }
  if (!/^(?:counterexamples|docs\/cases)\/.+\.json$/.test(file)) return null;
  const { scheduler } = JSON.parse(readFileSync(file, 'utf8')) as { scheduler: string };
  const beside = scheduler === 'xx' ? null : 'xx';
  const words = beside === null ? 'Play it' : `Play it, with ${scheduler} beside xx`;
  return { ...plain, scheduler, beside, words };
}

function embedOfFinding(file: string, id: string): Embed {
  const { scheduler, repair } = TEXT_FINDINGS.find((one) => one.id === id)!;
  const { sighting } = findings.findings.find((one) => one.id === id)!;
  const beside = scheduler === 'xx' ? (repair?.scheduler ?? null) : 'xx';
  return {
    ...{ file, scheduler, beside, step: sighting.step, begins: false },
    words: beside === null ? `Play it with ${scheduler}` : `Play it, with ${scheduler} beside ${beside}`,
    // A literal reading that the judge refuses before it is seen goes on where only little is asked.
    properties: playedTo(file, scheduler) < sighting.step ? ['conservation'] : null,
  };
}

function playedTo(file: string, scheduler: string): number {
  return dataOf({ file, scheduler, properties: null }).steps;
}

/** Plays a file, for what its page is given. */
function dataOf({ file, scheduler, properties }: Pick<Embed, 'file' | 'scheduler' | 'properties'>) {
  const playable = { file, ...readPlayable(readFileSync(file, 'utf8')) };
  const contestant = contestantOf({ scheduler });
  try {
    const recording = replay(playable, contestant, properties ?? undefined);
    const data = pageData({ file, scheduler, plays: scheduler, recording }, EVERYTHING);
    return { data, steps: recording.steps.length };
  } finally {
    contestant.close();
  }
}

/** The HTML of a replay. @param up from its page to the first of the site. */
export function embedHtml(embed: Embed, up: string): string {
  const { beside, words, step, begins } = embed;
  const attributes = [
    `data-up="${up}"`,
    ...(beside === null ? [] : [`data-beside="${escaped(beside)}"`]),
    ...(step === null ? [] : [`data-step="${step}"`]),
    ...(begins ? ['data-begins'] : []),
  ];
  return `<div class="replay" data-pagefind-ignore ${attributes.join(' ')}>
<button type="button" class="replay-start" hidden>▶ ${escaped(words)}</button>
<noscript><p class="faint">This replay runs in the page, so it needs scripts to be allowed.</p></noscript>
<script type="application/json">${embeddedJson(dataOf(embed).data)}</script>
<div class="replay-stage"></div>
</div>
`;
}
