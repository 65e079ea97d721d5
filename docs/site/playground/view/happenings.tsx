import type { StimulusType } from '../../../../model/alphabet.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../../model/words.ts';
import type { Still } from '../../run/film.ts';
import { type Figures, functionsIn, type Happening, happeningsIn } from '../run/happenings.ts';
import { HANDS } from '../run/session.ts';
import type { Board } from './board.ts';
import { Choice, NumberField, TextField } from './fields.tsx';

/** What each stimulus is, for somebody who has not read the paper. */
const MEANINGS: Readonly<Record<StimulusType, string>> = {
  boot: 'the cluster comes up',
  submit: 'somebody asks for a function',
  turn: 'a shard may place one',
  finish: 'a function is done',
  resize: 'it needs more memory, or less',
  call: 'it calls another, and waits',
  antagonist: 'others take RAM on a machine',
  crash: 'a machine fails',
  drain: 'a machine takes no more work',
  join: 'a machine comes up',
  restart: 'a shard forgets its idle list',
  paged: 'a transfer of memory has ended',
  tick: 'nothing else',
  timeout: 'a client gives up',
};

const WAITS = [0, 1, 10, 100] as const;

/** More decisions than these of the last step are only counted here. */
const MOST_TOLD = 6;

/** What happened last, and all that can happen next: only what the charts enable can be pressed. */
export function Happenings({ board }: { board: Board }) {
  const still = board.still();
  if (still === null) return <p class="card">This step is still to be played.</p>;
  const { judge, step, recorded } = still;
  const at = judge.state.now + board.waitMs.value;
  const { stimuli, player } = board.session.value;
  const whyOver = board.whyOver();
  const isOpen = board.isYours();
  const owed = isOpen ? judge.judgeEnd(recorded.timed.stimulus) : null;
  const last = stimuli.length;
  return (
    <section class="card happenings" aria-labelledby="next-title">
      <h2 id="next-title" tabIndex={-1}>
        What happens next
      </h2>
      {!isOpen && <Told still={still} player={player} />}
      {step < last && whyOver === null && (
        <p class="faint">
          You look at step {step} of {last}. What you press happens after it, and the later steps are taken
          back.{' '}
          <button type="button" id="cut" onClick={() => board.cutHere()}>
            Take back the later steps
          </button>
        </p>
      )}
      {step > 1 && player !== HANDS && (
        <p class="faint">
          <button type="button" id="remove" onClick={() => board.removeStep()}>
            Leave out step {step}
          </button>
        </p>
      )}
      {whyOver !== null ? (
        <p class="faint">{whyOver} Undo, or go back to an earlier step and go on from there.</p>
      ) : owed !== null ? (
        <p class="faint">First end step {step}: something is still owed.</p>
      ) : (
        <>
          <Waiting board={board} now={judge.state.now} />
          {happeningsIn(judge.state, at, board.figures.value, functionsIn(stimuli.slice(0, step))).map(
            (happening) => (
              <Row key={happening.type} board={board} happening={happening} at={at} />
            ),
          )}
        </>
      )}
    </section>
  );
}

/** The step that is shown in short, so that what a press has done is seen beside it. */
function Told({ still: { step, recorded, decisions }, player }: { still: Still; player: string }) {
  const taken = decisions ?? [];
  const who = player === HANDS ? 'You' : player;
  return (
    <div class="told" id="told" aria-live="polite">
      <p>
        Step {step}, at {recorded.timed.at} ms: <strong>{wordsOfStimulus(recorded.timed.stimulus)}</strong>.{' '}
        {decisions === null
          ? 'Left out, since it is not possible here.'
          : taken.length === 0
            ? `${who} decided nothing.`
            : `${who} decided:`}
      </p>
      <ul>
        {taken.slice(0, MOST_TOLD).map(({ decision, mark }, index) => (
          <li key={`${index} ${decision.type}`} class={mark === 'taken' ? '' : 'violated'}>
            {wordsOfDecision(decision)}
            {mark === 'taken' ? '' : `: ${mark}`}
          </li>
        ))}
        {taken.length > MOST_TOLD && <li>and {taken.length - MOST_TOLD} more</li>}
      </ul>
    </div>
  );
}

function Waiting({ board, now }: { board: Board; now: number }) {
  const waitMs = board.waitMs.value;
  const at = now + waitMs;
  return (
    <div class="row">
      <span class="what">time</span>
      <fieldset class="buttons">
        <legend class="hidden">How many ms pass before it</legend>
        {WAITS.map((ms) => (
          <button
            key={ms}
            type="button"
            aria-pressed={waitMs === ms}
            onClick={() => {
              board.waitMs.value = ms;
            }}
          >
            {ms === 0 ? 'at once' : `+${ms} ms`}
          </button>
        ))}
        <NumberField
          id="wait"
          label="ms"
          value={waitMs}
          set={(ms) => {
            board.waitMs.value = ms;
          }}
        />
        <span class="faint">
          {Number.isSafeInteger(at) && waitMs >= 0
            ? `the next is at ${at} ms`
            : `expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER - now}`}
        </span>
      </fieldset>
    </div>
  );
}

function Row({ board, happening, at }: { board: Board; happening: Happening; at: number }) {
  const { type, targets, whyNone } = happening;
  const objection = targets.find((target) => target.objection !== null)?.objection ?? null;
  return (
    <div class="row" data-type={type}>
      <span class="what">
        <code>{type}</code> <span class="faint">{MEANINGS[type]}</span>
      </span>
      <div class="with">
        <FieldsOf type={type} board={board} />
        {targets.length === 0 ? (
          <span class="faint">{whyNone}</span>
        ) : (
          targets.map(({ name, stimulus, objection: why }) => (
            <button
              key={name}
              type="button"
              class="target"
              aria-label={`${type} ${name}`}
              disabled={why !== null}
              onClick={() => board.happen(at, stimulus)}
            >
              {name}
            </button>
          ))
        )}
        {objection !== null && <span class="violated">{objection}</span>}
      </div>
    </div>
  );
}

/** The figures that a stimulus has. A call has those of a submission. */
function FieldsOf({ type, board }: { type: StimulusType; board: Board }) {
  const figures = board.figures.value;
  const { config } = board.session.value;
  const set =
    (field: keyof Figures) =>
    (value: number | string): void => {
      board.figures.value = { ...board.figures.value, [field]: value };
    };
  const names = (count: number, nameOf: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => nameOf(i));
  switch (type) {
    case 'submit':
      return (
        <>
          <TextField id="function" label="function" value={figures.function} set={set('function')} />
          <Choice
            id="class"
            label="class"
            value={figures.class}
            names={config.classes.map(({ name, price }) => `${name}, price ${price}`)}
            set={set('class')}
          />
          {config.tenants.length > 1 && (
            <Choice
              id="tenant"
              label="tenant"
              value={figures.tenant}
              names={names(config.tenants.length, (index) => `tenant ${index}`)}
              set={set('tenant')}
            />
          )}
          {config.shards > 1 && (
            <Choice
              id="shard"
              label="shard"
              value={figures.shard}
              names={names(config.shards, (index) => `shard ${index}`)}
              set={set('shard')}
            />
          )}
        </>
      );
    case 'resize':
      return <NumberField id="demand" label="to MB" value={figures.demand} set={set('demand')} />;
    case 'antagonist':
      return <NumberField id="antagonist" label="MB" value={figures.antagonist} set={set('antagonist')} />;
    case 'join':
      return (
        <>
          <NumberField id="join-cores" label="cores" value={figures.cores} set={set('cores')} />
          <NumberField id="join-ram" label="RAM" value={figures.ram} set={set('ram')} />
          <NumberField id="join-swap" label="swap" value={figures.swap} set={set('swap')} />
        </>
      );
    default:
      return null;
  }
}
