import { render } from 'preact';
import type { SimulationPageData } from '../../../properties/simulation-page/data.ts';
import { problemsOfCharts } from '../run/address-problems.ts';
import { Page } from './page.tsx';

/** The script of the page of a simulation. */
const data = JSON.parse(document.getElementById('simulation')!.textContent ?? '') as SimulationPageData;
const show = (): void =>
  render(
    <Page data={data} problems={problemsOfCharts(location.hash, data.peaks.length)} />,
    document.getElementById('figures')!,
  );
addEventListener('hashchange', show);
show();
