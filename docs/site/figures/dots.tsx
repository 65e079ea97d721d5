import { printable } from '../../../model/printable.ts';
import { numberText } from '../../../properties/simulation-page/number-text.ts';
import type { Dots } from '../../../reference-impl/simulation/figures/picture.ts';

/** Named rows with marks on a logarithmic scale from 1 up; each tells its values where one points. */
export function DotRows({ dots, panel: place }: { dots: Dots; panel: number }) {
  const panel = dots.panels[place]!;
  const all = dots.panels.flatMap(({ series }) =>
    series.flatMap(({ values }) => values.map((one) => one ?? 1)),
  );
  // Never is beyond all that was measured.
  const decades = Math.ceil(Math.log10(Math.max(10, ...all)) + 0.1);
  const partOf = (value: number | null): number =>
    value === null ? 100 : (Math.log10(Math.max(1, value)) / decades) * 100;
  const wordsOf = (row: number): string =>
    panel.series.map(({ name, values }) => `${name} ${textOf(values[row] ?? null)}`).join(', ');
  return (
    <div class="dots">
      {dots.rows.map((name, row) => (
        <div key={name} class="dot-row">
          <span class="row-name">{printable(name)}</span>
          <span class="row-track" role="img" aria-label={wordsOf(row)}>
            {Array.from({ length: decades + 1 }, (_, decade) => (
              <i key={decade} class="decade" style={{ left: `${(decade / decades) * 100}%` }} />
            ))}
            {/* The first comes last, above the others: where two values are alike, both are seen. */}
            {[...panel.series].reverse().map(({ name: what, symbol, isFilled, values }) => (
              <b
                key={what}
                class={`dot ${symbol} ${isFilled ? 'filled' : ''}`}
                style={{ left: `${partOf(values[row] ?? null)}%` }}
              />
            ))}
            <span class="tooltip" aria-hidden="true">
              <strong>{printable(name)}</strong>
              {panel.series.map(({ name: what, values }) => (
                <span key={what}>
                  {what}: {textOf(values[row] ?? null)}
                </span>
              ))}
            </span>
          </span>
        </div>
      ))}
      <div class="dot-row" aria-hidden="true">
        <span class="row-name" />
        <span class="row-scale">
          {Array.from({ length: decades }, (_, decade) => (
            <span key={decade} style={{ left: `${(decade / decades) * 100}%` }}>
              {numberText(10 ** decade)}
            </span>
          ))}
          <span style={{ left: '100%' }}>never</span>
        </span>
      </div>
      <p class="axis-name x">{dots.xName}</p>
      <ul class="names">
        {panel.series.map(({ name, symbol, isFilled }) => (
          <li key={name}>
            <b class={`dot ${symbol} ${isFilled ? 'filled' : ''}`} /> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

function textOf(value: number | null): string {
  return value === null ? 'never' : `${numberText(value)}×`;
}
