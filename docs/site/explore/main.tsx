import { render } from 'preact';
import { Explore } from './view/explore.tsx';
import { Walk } from './view/walk.ts';

/** The script of the exploration: it explores at once what the address asks for. */
const walk = new Walk(location.hash);
addEventListener('hashchange', () => walk.openAddress(location.hash));
render(<Explore walk={walk} />, document.getElementById('explore')!);
