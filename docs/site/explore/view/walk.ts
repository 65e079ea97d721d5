import { batch, signal } from '@preact/signals';
import { show } from '../../../../model/format/show.ts';
import type { Subject } from '../../../../properties/exploration/expanders.ts';
import { Desk } from '../../view/desk.ts';
import type { ExploreReport } from '../../workers/explore.ts';
import { startWorker } from '../../workers/start.ts';
import { type Explored, explored, MOST_STATES, type Sofar } from '../run/exploring.ts';
import { Graph } from '../run/graph.ts';
import { DEFAULT_SUBJECT, fragmentOf, placeOf } from '../run/place.ts';

/** The desk of a path: it leaves the address alone, which says where one walks. */
class PathDesk extends Desk {
  override go(step: number, point: number | null = null): void {
    const { href } = location;
    super.go(step, point);
    history.replaceState(null, '', href);
  }
}

/** What is explored, and where in its graph one stands. */
export class Walk {
  readonly subject = signal<Subject>(DEFAULT_SUBJECT);
  readonly graph = signal<Graph | null>(null);
  readonly state = signal(0);
  /** The shortest way to the state, to be looked at. */
  readonly desk = signal<Desk | null>(null);
  /** How far an exploration is; null when none is under way. */
  readonly sofar = signal<Sofar | null>(null);
  readonly problems = signal<readonly string[]>([]);
  /** What the address has as the state, where that is no number, until somebody can say which there are. */
  private misread: string | null = null;
  private isStopped = false;
  private worker: Worker | null = null;
  /** Counts explorations: what one says after another has begun is not heard. */
  private turn = 0;

  constructor(fragment: string) {
    this.openAddress(fragment);
  }

  openAddress(fragment: string): void {
    const { subject, state, problems, misread = null } = placeOf(fragment);
    batch(() => {
      this.problems.value = problems;
      this.misread = misread;
      const isHere = this.graph.value !== null && same(subject, this.subject.value);
      if (isHere) this.stand(state);
      else this.explore(subject, state);
    });
  }

  /** Explores an instance, here if it is the default, which takes a moment; others in a worker. */
  explore(subject: Subject, state = 0): void {
    this.stop();
    this.worker?.terminate();
    this.worker = null;
    const turn = ++this.turn;
    const isMine = (): boolean => turn === this.turn;
    batch(() => {
      this.subject.value = subject;
      this.graph.value = null;
      this.desk.value = null;
      this.sofar.value = { states: 0, depth: 0 };
    });
    this.isStopped = false;
    const onProgress = (sofar: Sofar): void => {
      if (isMine()) this.sofar.value = sofar;
    };
    const onEnd = (found: Explored): void => {
      if (isMine()) this.arrive(subject, found, state);
    };
    const onFailure = (message: string): void => {
      if (!isMine()) return;
      batch(() => {
        this.sofar.value = null;
        this.problems.value = [...this.problems.value, message];
      });
    };
    if (same(subject, DEFAULT_SUBJECT)) {
      explored(subject, onProgress, () => !this.isStopped && isMine()).then(onEnd, (error: Error) =>
        onFailure(error.message),
      );
      return;
    }
    startWorker('explore').then(
      (worker) => {
        if (!isMine()) return worker.terminate();
        this.worker = worker;
        worker.onmessage = ({ data }: MessageEvent<ExploreReport>) => {
          if (data.type === 'exploring') return onProgress(data);
          worker.terminate();
          if (data.type === 'explored') onEnd(data.found);
          else onFailure(data.message);
        };
        worker.onerror = ({ message }) => onFailure(message);
        worker.postMessage(subject);
      },
      (error: Error) => onFailure(error.message),
    );
  }

  /** Ends the exploration with what there is. */
  stop(): void {
    this.isStopped = true;
    this.worker?.postMessage('stop');
  }

  private arrive(subject: Subject, found: Explored, state: number): void {
    batch(() => {
      this.graph.value = new Graph(subject, found);
      this.sofar.value = null;
      this.stand(state);
    });
  }

  /** Goes to a state of the graph, and shows the shortest way there. */
  stand(state: number): void {
    const graph = this.graph.value;
    if (graph === null) return;
    const { states } = graph.found;
    const written = this.misread === null ? String(state) : show(this.misread);
    if (states > 0 && (this.misread !== null || state >= states)) {
      this.problems.value = [
        ...this.problems.value,
        `There is no state ${written}; they are numbered from 0 to ${states - 1}.`,
      ];
    }
    this.misread = null;
    const here = states === 0 ? -1 : Math.min(state, states - 1);
    batch(() => {
      this.state.value = here;
      this.desk.value = here < 0 ? null : deskTo(graph, here);
    });
    history.replaceState(null, '', `#${fragmentOf(graph.subject, Math.max(0, here))}`);
  }

  /** What a link to a state is. */
  addressOf(state: number): string {
    return `#${fragmentOf(this.subject.value, state)}`;
  }

  /** In words, how much was explored. */
  summary(): string {
    const graph = this.graph.value;
    if (graph === null) return '';
    const { states, steps, depth, complete, counterexample } = graph.found;
    const counts = `${states.toLocaleString('en')} states, ${steps.toLocaleString('en')} steps, depth ${depth}`;
    if (counterexample !== null) return `${counts}. The last step is wrong: ${counterexample.wrong.message}`;
    if (complete) return `${counts}: all there are, and every step is accepted.`;
    return `${counts}: stopped ${states > MOST_STATES ? `at ${MOST_STATES.toLocaleString('en')} states` : 'before the end'}; nothing was wrong so far.`;
  }
}

function deskTo(graph: Graph, state: number): Desk {
  const data = graph.dataTo(state);
  const desk = new PathDesk(data, {
    step: data.scenario.stimuli.length,
    point: null,
    beside: null,
    data: null,
  });
  desk.begin();
  return desk;
}

function same(one: Subject, other: Subject): boolean {
  return fragmentOf(one, 0) === fragmentOf(other, 0);
}
