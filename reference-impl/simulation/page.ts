import { printable } from '../../model/printable.ts';

/** A page of its own: nothing in it is loaded from anywhere. */
export function htmlPage({
  title,
  svgs,
  text,
}: {
  title: string;
  svgs: readonly string[];
  text: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedForHtml(printable(title))}</title>
<style>
body { font-family: sans-serif; margin: 2rem auto; max-width: 56rem; padding: 0 1rem; }
pre { overflow-x: auto; background: #f6f6f6; padding: 1rem; }
svg { max-width: 100%; height: auto; }
</style>
</head>
<body>
<h1>${escapedForHtml(printable(title))}</h1>
${svgs.map((svg) => `<figure>\n${svg}</figure>`).join('\n')}
<pre>${escapedForHtml(text)}</pre>
</body>
</html>
`;
}

/** Text for HTML, outside of attributes. */
export function escapedForHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
