import { render } from 'preact';
import type { SimulationPageData } from '../../../properties/simulation-page/data.ts';
import { Page } from './page.tsx';

/** The script of the page of a simulation. */
const data = JSON.parse(document.getElementById('simulation')!.textContent ?? '') as SimulationPageData;
render(<Page data={data} />, document.getElementById('figures')!);
