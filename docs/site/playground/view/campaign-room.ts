import { batch, signal } from '@preact/signals';
import type { Finding } from '../../../../properties/checkers/checker.ts';
import { OF_WHOLE_RUNS } from '../../../../properties/play/whole-runs.ts';
import type { CampaignReport, CampaignTask } from '../../workers/campaign.ts';
import { startWorker } from '../../workers/start.ts';
import { HANDS, type Session, sessionOf } from '../run/session.ts';
import type { Board } from './board.ts';

/** How many scenarios one press tries. */
export const RUNS = 500;

/** Generated scenarios for the scheduler on the table, and short ones of what they find, in a worker. */
export class CampaignRoom {
  /** What is being done; null when nothing is. */
  readonly doing = signal<'fuzz' | 'shrink' | null>(null);
  /** How far it is, or what came of it. */
  readonly said = signal('');
  private readonly board: Board;
  private worker: Promise<Worker> | null = null;
  /** Each press is another campaign, so that one may go on where nothing was found. */
  private seed = 1;
  private keepsWord = false;

  constructor(board: Board) {
    this.board = board;
  }

  fuzz(): void {
    const { player, properties } = this.board.session.value;
    const task = { type: 'fuzz', scheduler: player, properties, seed: this.seed++, runs: RUNS } as const;
    this.start('fuzz', `0 of ${RUNS} runs`, task);
  }

  /** Makes what is on the table as short as it can be. */
  shrink(finding: Finding): void {
    const { player, properties, config, stimuli } = this.board.session.value;
    if (player === HANDS) return;
    const scenario = { config, stimuli: [...stimuli] };
    const task = { type: 'shrink', scheduler: player, properties, scenario, finding } as const;
    this.start('shrink', `${stimuli.length} steps`, task);
  }

  /** Ends what is being done: a search for something shorter ends with the shortest so far. */
  stop(): void {
    this.worker?.then((worker) => worker.postMessage('stop'));
  }

  /** What was said of another table means nothing any more; what is being done for it ends. */
  forget(): void {
    if (this.keepsWord) return;
    if (this.doing.value !== null) this.end();
    this.said.value = '';
  }

  private start(doing: 'fuzz' | 'shrink', said: string, task: CampaignTask): void {
    if (this.doing.value !== null) return;
    batch(() => {
      this.doing.value = doing;
      this.said.value = said;
    });
    const starting = startWorker('campaign');
    this.worker = starting;
    starting.then(
      (worker) => {
        if (this.worker !== starting) return worker.terminate();
        worker.onmessage = ({ data }: MessageEvent<CampaignReport>) => this.hear(data);
        worker.onerror = (event) => this.hear({ type: 'failed', message: event.message });
        worker.postMessage(task);
      },
      (error: Error) => this.hear({ type: 'failed', message: error.message }),
    );
  }

  private hear(report: CampaignReport): void {
    switch (report.type) {
      case 'fuzzing':
        this.said.value = `${report.runs} of ${RUNS} runs, ${report.steps} steps judged`;
        return;
      case 'shrinking':
        this.said.value = `${report.steps} steps left, ${report.tried} candidates tried`;
        return;
      case 'failed':
        this.end();
        this.said.value = `It broke off: ${report.message}`;
        return;
      case 'fuzzed':
        this.end();
        return this.fuzzed(report);
      case 'shrunk':
        this.end();
        return this.shrunk(report);
    }
  }

  private end(): void {
    this.worker?.then((worker) => worker.terminate());
    this.worker = null;
    this.doing.value = null;
  }

  private fuzzed({ runs, steps, found }: Extract<CampaignReport, { type: 'fuzzed' }>): void {
    const { player, properties } = this.board.session.value;
    if (found === null) {
      this.said.value = `${runs} runs, ${steps} steps judged, and nothing wrong.`;
      return;
    }
    const { run, scenario, finding } = found;
    this.open(
      sessionOf(`Run ${run} of a campaign of ${player}`, scenario, player, properties),
      finding,
      `Run ${run} of ${RUNS} violates ${finding.property}, at step ${finding.step}; ${steps} steps were judged.`,
    );
  }

  private shrunk({ scenario, finding, onlyOnce }: Extract<CampaignReport, { type: 'shrunk' }>): void {
    const { title, player, properties, stimuli } = this.board.session.value;
    if (onlyOnce) {
      this.said.value = 'It does not fail when it is played again, so it cannot be made shorter.';
      return;
    }
    this.open(
      sessionOf(title.replace(/(, shrunk)?$/, ', shrunk'), scenario, player, properties),
      finding,
      `${stimuli.length} steps became ${scenario.stimuli.length}.`,
    );
  }

  /** Puts what was found on the table, at the step that is wrong, and keeps what is said of it. */
  private open(session: Session, finding: Finding, said: string): void {
    this.keepsWord = true;
    const told = OF_WHOLE_RUNS.includes(finding.property) ? { told: finding } : {};
    const step = Math.min(finding.step, session.stimuli.length);
    this.board.begin({ ...session, ...told }, { step, point: null, beside: null });
    this.keepsWord = false;
    this.said.value = said;
  }
}
