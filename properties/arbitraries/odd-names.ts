/**
 * Names that are easily mistaken for no name, for a part of an object, for more than fits, or for more than a name by
 * terminals, pages, shells and build servers.
 */
export const ODD_NAMES = [
  ...['', '__proto__', 'constructor', 'füße 名前', ' ', 'f'.repeat(256)],
  ...['f\naccepted: 7 steps', '\u001b[2J', '\u202ef0', '::stop-commands::f', '</pre><b>', `f';"$(f)`],
];
