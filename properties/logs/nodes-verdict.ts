import { counted } from '../../model/counted.ts';
import { inOrder } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { neededBy } from '../../model/partial/nodes/causes.ts';
import { RESTING_ON_TIME } from '../../model/partial/nodes/clocks.ts';
import { type Core, coreOf } from '../../model/partial/nodes/core.ts';
import { type InTurns, throughout } from '../../model/partial/nodes/in-turns.ts';
import { type LineRef, type NodeLog, type NodeName, nodeText } from '../../model/partial/nodes/node-lines.ts';
import { Reconciler, type Reconciliation } from '../../model/partial/nodes/reconcile.ts';
import { printable } from '../../model/printable.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import { wrapped } from '../text.ts';

/** How many states are looked at before a search is given up, unless told otherwise. */
export const MOST_NODE_STATES = 100_000;

/**
 * Judges the logs of several nodes.
 *
 * @throws InputError when they are not those of the nodes of one cluster.
 */
export function nodesVerdict(
  logs: readonly NodeLog[],
  skewMs: number,
  mostStates = MOST_NODE_STATES,
): NodesVerdict {
  return throughout(judgingNodes(logs, skewMs, mostStates));
}

/** The same in turns. If it is given up, the verdict says what is known by then. */
export function* judgingNodes(
  logs: readonly NodeLog[],
  skewMs: number,
  mostStates = MOST_NODE_STATES,
): InTurns<NodesVerdict> {
  refuseStrangers(logs);
  const found = yield* new Reconciler(logs, { skewMs, mostStates }).searching();
  const { fits, effect, cut, furthest } = found;
  const isInterrupted = cut && !(yield);
  const core =
    fits || isInterrupted
      ? null
      : effect === null
        ? yield* coreOf(logs, furthest, skewMs)
        : { lines: effect, isMinimal: true };
  return new NodesVerdict(logs, skewMs, { found, core, isInterrupted });
}

/** The verdict on the logs of several nodes. */
export class NodesVerdict {
  readonly found: Reconciliation;
  private readonly logs: readonly NodeLog[];
  private readonly skewMs: number;
  private readonly core: Core | null;

  /** Whether a signal came before an order was found, or none. */
  private readonly isInterrupted: boolean;

  constructor(
    logs: readonly NodeLog[],
    skewMs: number,
    { found, core, isInterrupted }: { found: Reconciliation; core: Core | null; isInterrupted: boolean },
  ) {
    this.logs = logs;
    this.skewMs = skewMs;
    this.found = found;
    this.core = core;
    this.isInterrupted = isInterrupted;
  }

  get word(): 'accepted' | 'refused' | 'undecided' | 'interrupted' {
    if (this.found.fits) return 'accepted';
    if (this.isInterrupted) return 'interrupted';
    return this.found.cut ? 'undecided' : 'refused';
  }

  /** One JSON object. */
  get json(): object {
    const { steps, reorderable, ambiguities, furthest } = this.found;
    return {
      verdict: this.word,
      files: this.logs.map(({ file, node, lines }, log) => ({
        file,
        node,
        lines: lines.length,
        ...(this.found.effect === null && {
          reconciled: this.found.fits ? lines.length : furthest.taken[log],
        }),
      })),
      skewMs: this.skewMs,
      steps,
      reorderable,
      ambiguous: ambiguities.map(({ decision, ...ref }) => ({
        ...this.placeOf(ref),
        decision,
        why: whyAmbiguous(decision.type),
      })),
      irreconcilable:
        this.core === null
          ? null
          : this.core.lines.map((ref) => ({ ...this.placeOf(ref), ...this.contentOf(ref) })),
      isMinimal: this.core?.isMinimal ?? null,
      why: this.core === null ? null : this.why(this.core),
      notShown: this.notShown,
    };
  }

  /** Rules of which only what some times within the skew permit is asked. */
  private get notShown(): readonly { rule: string; shown: 'part'; missing: readonly string[] }[] {
    if (this.skewMs === 0) return [];
    return RESTING_ON_TIME.map((rule) => ({ rule, shown: 'part', missing: ['exact times'] }));
  }

  /** For people, in lines that fit a terminal. */
  get lines(): string {
    return [...this.verdictLines(), ...this.notShownLines()].join('\n');
  }

  private verdictLines(): string[] {
    const { steps, reorderable, ambiguities, furthest } = this.found;
    const total = this.logs.reduce((sum, { lines }) => sum + lines.length, 0);
    const taken = furthest.taken.reduce((sum, count) => sum + count, 0);
    if (this.isInterrupted) {
      return wrapped(
        `interrupted: no order was found yet; the best takes ${taken} of ${counted(total, 'line')}`,
        undefined,
        2,
      );
    }
    if (this.core === null) {
      return [
        ...wrapped(
          `accepted: ${counted(total, 'line')} of ${counted(this.logs.length, 'log')} make ${counted(steps, 'step')} that the rules permit`,
        ),
        ...(reorderable === 0
          ? []
          : wrapped(`another line could have come first in ${counted(reorderable, 'step')}`)),
        ...this.ambiguousLines(ambiguities.length),
      ];
    }
    if (this.found.effect !== null) {
      return [
        ...wrapped('refused: these lines cannot be reconciled:', undefined, 2),
        ...this.core.lines.flatMap((ref) => wrapped(`  ${this.lineText(ref)}`, undefined, 6)),
        ...wrapped(this.why(this.core), undefined, 2),
      ];
    }
    const how = this.found.cut
      ? 'undecided: no order was found before the search was given up'
      : 'refused: no order of the lines fits';
    return [
      ...wrapped(
        `${how}; the best takes ${taken} of ${counted(total, 'line')}. Not reconciled:`,
        undefined,
        2,
      ),
      ...this.core.lines.flatMap((ref) => wrapped(`  ${this.lineText(ref)}`, undefined, 6)),
      ...wrapped(this.why(this.core), undefined, 2),
      ...(this.core.isMinimal
        ? []
        : wrapped('there may be a smaller set: some searches were given up', undefined, 2)),
    ];
  }

  private ambiguousLines(count: number): string[] {
    if (count === 0) return [];
    const { ambiguities } = this.found;
    const shown = ambiguities
      .slice(0, MOST_SHOWN)
      .flatMap((ref) => wrapped(`  ${this.lineText(ref)}: ${whyAmbiguous(ref.decision.type)}`, undefined, 6));
    const more = count > MOST_SHOWN ? [`  and ${count - MOST_SHOWN} more`] : [];
    return [
      ...wrapped(
        `ambiguous: ${counted(count, 'line')} fit only if the clocks were off so, which nobody knows`,
      ),
      ...shown,
      ...more,
    ];
  }

  private notShownLines(): string[] {
    return this.notShown.flatMap(({ rule, missing }) =>
      wrapped(`shown in part: ${rule}; the logs leave out ${missing.join(', ')}`, undefined, 2),
    );
  }

  /** Why the lines do not fit, as far as one state tells: that in which the best order ended. */
  private why(core: Core): string {
    const { judge, stimulus } = this.found.furthest;
    if (this.found.effect !== null) {
      return core.lines.length === 1
        ? `no log has ${this.causeOf(core.lines[0]!)}, which must come before it`
        : `the second must come before the first, and comes more than twice ${this.skewMs} ms after it`;
    }
    if (stimulus === null)
      return `when all before them has happened, nothing that the logs say next is possible within ${this.skewMs} ms`;
    for (const ref of core.lines) {
      const { decision } = this.logs[ref.log]!.lines[ref.index]!;
      const violation = decision === null ? null : judge.consider(decision);
      if (violation !== null)
        return `in the step of ${wordsOfStimulus(stimulus)}: ${printable(violation.message)}`;
    }
    const owed = judge.judgeEnd(stimulus);
    return owed === null ? `no order fits the step of ${wordsOfStimulus(stimulus)}` : printable(owed.message);
  }

  private causeOf({ log, index }: LineRef): string {
    const { lines, node } = this.logs[log]!;
    return neededBy(lines[index]!, node) ?? 'its cause';
  }

  private placeOf({ log, index }: LineRef): { file: string; line: number; at: number } {
    const { file, lines } = this.logs[log]!;
    const { line, at } = lines[index]!;
    return { file, line, at };
  }

  private contentOf({ log, index }: LineRef): object {
    const { stimulus, decision } = this.logs[log]!.lines[index]!;
    return stimulus === null ? { decision } : { stimulus };
  }

  private lineText(ref: LineRef): string {
    const { file, line, at } = this.placeOf(ref);
    const { stimulus, decision } = this.logs[ref.log]!.lines[ref.index]!;
    const words = stimulus === null ? wordsOfDecision(decision!) : wordsOfStimulus(stimulus);
    return `${printable(file)}:${line} at ${at} ms: ${words}`;
  }
}

const MOST_SHOWN = 5;

function whyAmbiguous(type: string): string {
  if (type === 'place') return 'which head goes first rests on the clocks';
  if (type === 'complete' || type === 'kill') return 'what was metered rests on the clocks';
  return 'what was spent rests on the clocks';
}

function refuseStrangers(logs: readonly NodeLog[]): void {
  const [first] = logs as [NodeLog];
  const expected = JSON.stringify(inOrder(first.config));
  const seen = new Map<string, string>();
  for (const { file, node, config } of logs) {
    if (JSON.stringify(inOrder(config)) !== expected) {
      throw new InputError(
        `${file}: config: it is not that of ${first.file}; the logs of one cluster have the same header but for node`,
      );
    }
    const before = seen.get(nodeText(node));
    if (before !== undefined)
      throw new InputError(`${file}: node: ${before} is the log of ${nodeText(node)} already`);
    seen.set(nodeText(node), file);
  }
  const nodes: NodeName[] = [
    ...Array.from({ length: first.config.shards }, (_, shard): NodeName => ({ shard })),
    ...first.config.machines.map((_, machine): NodeName => ({ machine })),
  ];
  const missing = nodes.find((node) => !seen.has(nodeText(node)));
  if (missing !== undefined) {
    throw new InputError(
      `${first.file}: the log of ${nodeText(missing)} is missing; name those of all shards and machines`,
    );
  }
}
