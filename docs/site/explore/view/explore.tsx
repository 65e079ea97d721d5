import { useEffect, useRef } from 'preact/hooks';
import { wordsOfDecision, wordsOfStimulus } from '../../../../model/words.ts';
import { fragmentOf } from '../../run/address.ts';
import { Controls } from '../../view/controls.tsx';
import { Pane } from '../../view/pane.tsx';
import { listenToKeys } from '../../view/viewer.tsx';
import type { Graph, WayOut } from '../run/graph.ts';
import { Depths } from './depths.tsx';
import { InstanceForm } from './instance-form.tsx';
import type { Walk } from './walk.ts';

/** The whole page: what was explored, where one stands in it, and the shortest way there. */
export function Explore({ walk }: { walk: Walk }) {
  const graph = walk.graph.value;
  const desk = walk.desk.value;
  const sofar = walk.sofar.value;
  useEffect(() => (desk === null ? undefined : listenToKeys(desk)), [desk]);
  const { scheduler } = walk.subject.value;
  return (
    <>
      <header class="masthead">
        <h1>Every state of a small cluster</h1>
        {walk.problems.value.length > 0 && (
          <div class="wrong" role="alert" id="problems">
            {walk.problems.value.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </div>
        )}
        <p id="summary" role="status">
          {sofar !== null
            ? `Exploring: ${sofar.states.toLocaleString('en')} states so far, at depth ${sofar.depth}.`
            : walk.summary()}{' '}
          {sofar !== null && (
            <button type="button" id="stop" onClick={() => walk.stop()}>
              Stop
            </button>
          )}
        </p>
        <p class="faint">
          {scheduler === null
            ? 'Explored is the model by itself: all that the rules permit, in every order.'
            : `Explored is what ${scheduler} does, whatever happens and whichever sample is drawn.`}{' '}
          This tab does it, by the code of <code>xx check</code>.
        </p>
      </header>
      <main class="play">
        <div class="doing">
          {graph !== null && walk.state.value >= 0 && <StateCard walk={walk} graph={graph} />}
          <InstanceForm walk={walk} />
        </div>
        <div class="shown">
          {graph !== null && <Depths walk={walk} graph={graph} />}
          {desk !== null && (
            <>
              <div class="head">
                <h2>The shortest way to state {walk.state.value}</h2>
                <Controls desk={desk} />
              </div>
              <Pane desk={desk} film={desk.film.value} />
            </>
          )}
        </div>
      </main>
    </>
  );
}

/** More ways back are only counted. */
const MOST_BACK = 40;

function StateCard({ walk, graph }: { walk: Walk; graph: Graph }) {
  const state = walk.state.value;
  const ways = graph.waysOut(state);
  const back = graph.waysBack(state);
  const path = graph.path(state);
  const parent = path.at(-2);
  const link = (to: number) => (
    <a href={walk.addressOf(to)} aria-label={`state ${to}`}>
      {to}
    </a>
  );
  const before = useRef(state);
  useEffect(() => {
    // The way that was taken is gone: who has only keys, or listens, goes on at the state to which it led.
    if (before.current !== state && document.activeElement === document.body)
      document.getElementById('state-title')?.focus({ preventScroll: true });
    before.current = state;
  }, [state]);
  const wrong = graph.dataOfCounterexample();
  const playground = (data: ReturnType<Graph['dataTo']>): string =>
    `playground.html#${fragmentOf({ step: null, point: null, beside: null, data })}`;
  return (
    <section class="card" aria-labelledby="state-title">
      <h2 id="state-title" tabIndex={-1}>
        State {state}, at depth {graph.depths[state]}
      </h2>
      {wrong !== null && (
        <p>
          <a href={playground(wrong)}>Open the shortest way to what is wrong in the playground</a>
        </p>
      )}
      <p>
        {parent === undefined ? (
          'It is where everything begins, after boot.'
        ) : (
          <>The way back: {link(parent)}.</>
        )}{' '}
        <a id="open-playground" href={playground(graph.dataTo(state))}>
          Open in the playground
        </a>
      </p>
      <h3>Shortest way here</h3>
      <p class="path" id="path">
        {path.map((one, index) => (
          <span key={one}>
            {index > 0 && ' → '}
            {one === state ? <strong>{one}</strong> : link(one)}
          </span>
        ))}
      </p>
      <h3>
        What can happen now: {ways.length} {ways.length === 1 ? 'way' : 'ways'} on
      </h3>
      {!graph.isExpanded(state) && (
        <p class="faint">The exploration ended before it went on from here, so these ways have no numbers.</p>
      )}
      {ways.length === 0 && <p>Nothing: everybody has ended.</p>}
      <ol class="ways" id="ways">
        {ways.map((way, index) => (
          <li key={`${index} ${way.target}`}>
            <Way way={way} href={way.target === null ? null : walk.addressOf(way.target)} here={state} />
          </li>
        ))}
      </ol>
      <h3>States that lead here</h3>
      <p id="back">
        {back.length === 0 && 'Only boot.'}
        {back.slice(0, MOST_BACK).map((one, index) => (
          <span key={one}>
            {index > 0 && ', '}
            {link(one)}
          </span>
        ))}
        {back.length > MOST_BACK && ` and ${back.length - MOST_BACK} more`}
      </p>
    </section>
  );
}

function Way({ way, href, here }: { way: WayOut; href: string | null; here: number }) {
  const { afterMs, stimulus, decisions, target, wrong } = way;
  const words = `${wordsOfStimulus(stimulus)}${afterMs > 0 ? ` after ${afterMs} ms` : ''}`;
  return (
    <>
      {href === null ? <strong>{words}</strong> : <a href={href}>{words}</a>}
      <span class="faint">
        {' → '}
        {wrong !== null
          ? 'wrong'
          : target === null
            ? 'not numbered'
            : target === here
              ? 'the same state'
              : `state ${target}`}
      </span>
      <div class={wrong === null ? 'faint' : 'violated'}>
        {wrong ?? (decisions.length === 0 ? 'no decisions' : decisions.map(wordsOfDecision).join('; '))}
      </div>
    </>
  );
}
