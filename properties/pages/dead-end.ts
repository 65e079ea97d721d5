import { readFileSync } from 'node:fs';
import { counted } from '../../model/counted.ts';
import { type Invocation, swappedOf } from '../../model/entities.ts';
import { code, link, markdownTable } from '../../model/render/markdown.ts';
import { phaseName, wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { readRecord } from '../records/record.ts';
import { type Frame, framesOf } from '../replay/frames.ts';
import { replay } from '../replay/play.ts';
import { ruleLink } from './links.ts';

/** The shortest way to a dead end where no swap is kept free for exchanges, as an exploration has written it. */
export const DEAD_END = 'counterexamples/disk-works-5a8a6750.json';

/** What writes it, from the instance that the record names. */
export const DEAD_END_COMMAND =
  'xx check --scheduler counts-on-the-reserve --invocations 2 --machines 1 --ram 2 --swap 2 --max-age 0 --chunk 1 --antagonist 0,1 --property disk-works';

/** Why there is a reserve: what a scheduler comes to that counts on it. */
export function deadEndSection(): string {
  const record = readRecord(readFileSync(DEAD_END, 'utf8'));
  const played = replay(
    { file: DEAD_END, scenario: record.scenario, record },
    contestantOf(candidateOf({ scheduler: record.scheduler })),
  );
  const rows: string[][] = [];
  // The state of a frame changes with the next.
  for (const frame of framesOf(played, () => true)) rows.push(rowOf(frame));
  return `## Without a reserve

A reserve of 0 MB is refused, by \`--reserve\` as in a configuration: with RAM and swap both full nothing can come in and
nothing can go out. ${code(record.scheduler)} behaves as if there were none: it lets demands fill all of the swap.
The shortest way to its dead end has ${counted(record.step - 1, 'stimulus', 'stimuli')} after \`boot\`:

${markdownTable(['step', 'what happens', 'what is decided', 'where memory is after it'], rows)}

Nothing is in flight, and nothing can be: ${ruleLink(record.property)} finds it.
${link('The scenario', `../${DEAD_END}`)} is kept. It is found and played by

\`\`\`sh
npx ${DEAD_END_COMMAND}
npx xx replay ${DEAD_END}
\`\`\`

With a reserve of 1 MB there is no dead end in any instance above.`;
}

function rowOf(frame: Frame): string[] {
  const decisions = (frame.decisions ?? []).map(({ decision }) => wordsOfDecision(decision));
  return [
    `${frame.step}`,
    wordsOfStimulus(frame.timed.stimulus),
    decisions.join('; ') || 'nothing',
    memoryIn(frame),
  ];
}

function memoryIn({ state }: Frame): string {
  return state.machines.flatMap(({ live }) => live.map(whereabouts)).join('; ') || 'nobody is there';
}

function whereabouts(invocation: Invocation): string {
  const { id, resident, inFlight, fresh } = invocation;
  const parts = [
    [resident, 'in RAM'],
    [inFlight, 'in flight'],
    [swappedOf(invocation), 'in swap'],
    [fresh, 'asked for'],
  ] as const;
  const memory = parts.filter(([mb]) => mb > 0).map(([mb, where]) => `${mb} MB ${where}`);
  return `${id} is ${phaseName(invocation)}: ${memory.join(', ')}`;
}
