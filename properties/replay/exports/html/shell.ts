import { escapedForHtml } from '../../../../reference-impl/simulation/page.ts';

/** By which a page of this package is known again. */
const MARK = '<meta name="generator" content="xx-spec">';

/** Whether a file that begins like this is a page of this package. */
export function isPage(beginning: string): boolean {
  return beginning.includes(MARK);
}

/** What every page of this package begins with: nothing in it is loaded from anywhere, and its policy forbids that. */
export function headOf(title: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${MARK}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapedForHtml(title)}</title>
<style>${style}</style>
</head>
<body>
`;
}

/** Inflates the program with an id and runs it: a third of its size lies in the page. */
export const RUN_PROGRAM = `async (id) => {
const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
const script = document.createElement('script');
script.textContent = await new Response(stream).text();
document.body.append(script);
}`;

/** JSON that no browser takes for the end of a script, whatever strings are in it. */
export function embedded(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
