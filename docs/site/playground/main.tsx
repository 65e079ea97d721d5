import { render } from 'preact';
import { Board } from './view/board.ts';
import { Playground } from './view/playground.tsx';

/** The script of the playground: it begins with what the address asks for. */
const board = new Board(location.hash);
addEventListener('hashchange', () => board.openAddress(location.hash));
render(<Playground board={board} />, document.getElementById('playground')!);
