import { TEXT_FINDINGS } from './catalogue/index.ts';
import { type Departures, departuresOf } from './departures.ts';
import { readFinding } from './files.ts';
import { type Sought, seek } from './find.ts';
import { shownBy, type TextFinding, type WorkloadName } from './finding.ts';
import { type Price, priceOf } from './price.ts';
import type { Sighting } from './watch.ts';

/** What was measured of a finding, as docs/findings.json keeps it. */
export interface FindingRecord {
  readonly id: string;
  /** In its scenario: of how many steps, and what is seen. */
  readonly steps: number;
  readonly sighting: Sighting;
  /** At random, with who shows it and with the repair. */
  readonly found: Sought;
  readonly repaired: Sought | null;
}

export interface FindingsRecord {
  readonly findings: readonly FindingRecord[];
  /** Of every repair but XX itself. */
  readonly departures: readonly Departures[];
  readonly prices: readonly { readonly workload: WorkloadName; readonly prices: readonly Price[] }[];
}

/** Runs in which a repair is looked for what it repairs; of who shows it fewer are enough. */
const RUNS = { found: 300, repaired: 1_000 };

/** Replays one finding. It takes milliseconds. @throws Error when its scenario does not show it. */
export function sightingOf(finding: TextFinding): { steps: number; sighting: Sighting } {
  const scenario = readFinding(finding.id);
  const sighting = shownBy(finding, finding.scheduler, scenario);
  if (sighting === null) throw new Error(`${finding.id}: its scenario does not show it any more`);
  return { steps: scenario.stimuli.length, sighting };
}

export function measure(finding: TextFinding): FindingRecord {
  const { id, scheduler, repair } = finding;
  return {
    id,
    ...sightingOf(finding),
    found: seek(finding, scheduler, RUNS.found),
    repaired: repair === null ? null : seek(finding, repair.scheduler, RUNS.repaired),
  };
}

export async function measureDepartures(): Promise<Departures[]> {
  const repairs = new Set(TEXT_FINDINGS.flatMap(({ repair }) => repair?.scheduler ?? []));
  repairs.delete('xx');
  const departures: Departures[] = [];
  for (const repair of repairs) departures.push(await departuresOf(repair));
  return departures;
}

/** Every scheduler that a finding names, on the workload that it names; XX first, to compare with. */
export function measurePrices(): FindingsRecord['prices'] {
  const names: readonly WorkloadName[] = ['busy', 'tight', 'budgeted'];
  return names.map((workload) => {
    const here = TEXT_FINDINGS.filter((finding) => finding.workload === workload);
    const schedulers = here.flatMap(({ scheduler, repair }) => [scheduler, repair?.scheduler ?? 'xx']);
    const prices = [...new Set(['xx', ...schedulers])].map((name) => priceOf(name, workload));
    return { workload, prices };
  });
}
