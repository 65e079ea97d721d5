import type { Configuration } from '../../model/configuration.ts';
import {
  allocate,
  arrives,
  boot,
  cluster,
  enqueue,
  HIGH,
  type Line,
  LOW,
  later,
  MID,
  paged,
  pageOut,
  polls,
  preempt,
  resize,
  type Story,
  start,
  submit,
  turn,
} from '../../model/testing.ts';
import { askedOf } from '../play/asked.ts';
import { Assessor } from '../play/assessor.ts';
import { emptyCampaignTally, timesMet } from '../play/tally.ts';
import type { PropertyId } from '../property.ts';

/** Stories of one machine whose disk takes time, and what a property says of them. */

/** One core, 10 MB of RAM and 9 of swap; invocations begin with 3 MB, and 2 MB are moved at a time. */
export const slowly = (changes: Partial<Configuration> = {}): Configuration =>
  cluster({
    machines: [{ cores: 1, ram: 10, swap: 9 }],
    initialMemory: 3,
    paging: { chunk: 2, reserve: 1 },
    ...changes,
  });

/** 1 of the lowest class, with 3 MB, and 2 of the middle one, with 6, are in RAM; 2 runs. */
export const twoInRam: Story = {
  config: slowly(),
  lines: [
    [0, boot],
    ...arrives(0, 1, LOW, allocate(1, 3), start(1)),
    ...arrives(0, 2, MID, allocate(2, 3), preempt(1), start(2)),
    [0, resize(2, 6), allocate(2, 3)],
  ],
};
/** 3 of the highest class comes: 2 MB of 1 set out, and 2 runs on its core meanwhile. */
export const threeIsQueued = later(twoInRam, [0, submit(3, HIGH), enqueue(3, HIGH)]);
export const threeComes: Line = [0, turn(), polls(3, 0), allocate(3, 1), pageOut(1, 2)];
export const threeWaits = later(threeIsQueued, threeComes);
export const threeRuns: Line = [0, paged(0), allocate(3, 2), preempt(2), start(3)];

/** What is wrong in the last line by one property, asked alone, and how often all of them put it to the test. */
export function saidBy(
  property: PropertyId,
  { config, lines }: Story,
): { times: number; wrong: string | null } {
  const tally = emptyCampaignTally();
  const assessor = new Assessor(config, tally, askedOf([property]));
  const said = lines.map(([at, stimulus, ...decisions]) => {
    const finding = assessor.assess(at, stimulus, decisions);
    return finding === null ? null : finding.message.replace(/^step \d+: [a-z-]+ does not hold: /, '');
  });
  const early = said.slice(0, -1).find((message) => message !== null);
  if (early !== undefined) throw new Error(`wrong before the last line: ${early}`);
  return { times: timesMet(tally, property), wrong: said.at(-1)! };
}
