import { printable } from '../../../model/printable.ts';
import type { PeakLink, SimulationPageData } from '../../../properties/simulation-page/data.ts';
import { DotRows } from './dots.tsx';
import { LinePanel } from './lines.tsx';

/** All that a simulation has come to. */
export function Page({ data }: { data: SimulationPageData }) {
  const { title, command, parameters, picture, dots, text, peaks } = data;
  const { caption = '' } = picture ?? dots ?? {};
  const peaksOf = (panel: number): { peak: PeakLink; index: number }[] =>
    peaks.map((peak, index) => ({ peak, index })).filter(({ peak }) => peak.panel === panel);
  return (
    <main class="figures">
      <h1>{printable(title)}</h1>
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
        <section
          class="scroll"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: who has only keys must be able to scroll it
          tabIndex={0}
          aria-label="The same in numbers"
        >
          <pre>{text}</pre>
        </section>
      </section>
    </main>
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
