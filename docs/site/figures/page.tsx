import { printable } from '../../../model/printable.ts';
import type { PeakLink, SimulationPageData } from '../../../properties/simulation-page/data.ts';
import { blocksOf, isTable } from './blocks.ts';
import { DotRows } from './dots.tsx';
import { LinePanel } from './lines.tsx';

interface Props {
  readonly data: SimulationPageData;
  /** What of the address was not understood. */
  readonly problems: readonly string[];
}

/** All that a simulation has come to. */
export function Page({ data, problems }: Props) {
  const { title, command, parameters, picture, dots, text, peaks, whyNoReplay } = data;
  const { caption = '' } = picture ?? dots ?? {};
  const peaksOf = (panel: number): { peak: PeakLink; index: number }[] =>
    peaks.map((peak, index) => ({ peak, index })).filter(({ peak }) => peak.panel === panel);
  return (
    <main class="figures">
      <h1>{printable(title)}</h1>
      {problems.length > 0 && (
        <div class="wrong" role="alert" id="problems">
          {problems.map((problem) => (
            <p key={problem}>{printable(problem)}</p>
          ))}
        </div>
      )}
      {picture?.panels.map((panel, index) => (
        <section key={panel.title} class="panel">
          <h2>{printable(panel.title)}</h2>
          <LinePanel panel={panel} picture={picture} peaks={peaksOf(index)} />
          <Peaks peaks={peaksOf(index)} />
        </section>
      ))}
      {dots !== null && (
        <div class="dot-panels">
          {dots.panels.map((panel, index) => (
            <section key={panel.title} class="panel">
              <h2>{printable(panel.title)}</h2>
              <DotRows dots={dots} panel={index} />
              <Peaks peaks={peaksOf(index)} />
            </section>
          ))}
        </div>
      )}
      {whyNoReplay !== null && (
        <p class="faint" id="why-no-replay">
          {printable(whyNoReplay)}
        </p>
      )}
      {caption !== '' && <p class="faint">{printable(caption)}</p>}
      <section class="panel">
        <h2>Parameters</h2>
        <dl class="parameters">
          {parameters.map(([name, value]) => (
            <div key={name} class={value.length > 40 ? 'long' : ''}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p>
          The same again: <code>{command}</code>
        </p>
      </section>
      <section class="panel">
        <h2>In numbers</h2>
        {blocksOf(text).map((block, index) => (
          <Block key={index} text={block} place={index + 1} />
        ))}
      </section>
    </main>
  );
}

/** A table, which scrolls where it is wider than the screen; or prose, which is broken where the screen ends. */
function Block({ text, place }: { text: string; place: number }) {
  if (!isTable(text)) return <p>{text}</p>;
  return (
    <section
      class="scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has only keys must be able to scroll it
      tabIndex={0}
      aria-label={`In numbers, part ${place}`}
    >
      <pre>{text}</pre>
    </section>
  );
}

/** Where it is highest, and the way to the replay of that stretch. */
function Peaks({ peaks }: { peaks: readonly { peak: PeakLink; index: number }[] }) {
  return (
    <>
      {peaks.map(({ peak, index }) => (
        <p key={index} class="peak-words">
          {printable(peak.words)}{' '}
          <a href={`#stretch=${index}`} id={`peak-${index}`}>
            Replay this stretch
          </a>
        </p>
      ))}
    </>
  );
}
