import { escapedForXml as escaped } from '../../../model/render/xml.ts';
import type { CampaignPicture, FoundSoFar } from './picture.ts';
import { durationText } from './terminal.ts';

const WIDTH = 640;
const HEIGHT = 200;

/** Of kinds of coverage, in their order; dark enough on white, and told apart by dashes too. */
const STROKES = [
  ['#1b5e9e', ''],
  ['#a33b00', '6 3'],
  ['#2b6b2b', '2 3'],
  ['#6a3d9a', '8 2 2 2'],
  ['#444444', '1 2'],
] as const;

interface PageHow {
  readonly writtenAtMs: number;
  readonly replay?: string | null;
  readonly wasStopped?: boolean;
}

/**
 * A campaign as a page of its own, for those who did not start it. It needs no server and no script; while the campaign
 * goes on it loads itself again every few seconds.
 *
 * @param how.writtenAtMs the time of day, in ms since 1970: by it people see whether the page is still written.
 * @param how.replay the file of a page to step through what was found, if there is one.
 * @param how.wasStopped whether the campaign has ended before its end.
 */
export function pageOfCampaign(
  picture: CampaignPicture,
  { writtenAtMs, replay = null, wasStopped = false }: PageHow,
): string {
  const { scheduler, conclusion, seed, sharedCorpus } = picture;
  const again = sharedCorpus
    ? 'The corpus is shared: half of the runs go on from what others have met, and the same seed need not try the same again.'
    : 'The same seed and number of runs try the same again.';
  const isOver = conclusion !== null;
  const title = titleOf(picture, wasStopped);
  const at = new Date(writtenAtMs).toISOString().replace(/^(.*)T(.*)\..*$/, '$1 $2 UTC');
  const state = stateOf(picture, { at, wasStopped });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="xx fuzz">
${isOver ? '' : '<meta http-equiv="refresh" content="3">\n'}<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>A campaign of generated scenarios puts the scheduler <code>${escaped(scheduler)}</code> to the test, from seed ${seed}. Every step of it is judged by the specification of XX. ${again} ${state}</p>
${progressOf(picture)}
${picture.waitsFor === null ? '' : `<p class="waits" role="status">It ${escaped(picture.waitsFor)}.</p>\n`}<h2>What was found</h2>
${foundList(picture.found, isOver)}
${replay === null ? '' : `<p><a href="${escaped(replay)}">Step through it</a>.</p>\n`}<h2>What was covered</h2>
<p>Of everything that the specification can do, how much the runs have done so far.</p>
${coverageTable(picture)}
${chart(picture)}
${workersPart(picture)}
${isOver ? `<h2>The report</h2>\n<pre>${escaped(conclusion)}</pre>` : ''}
</main>
</body>
</html>
`;
}

/** How it stands, in a sentence or two. @param how.at the time of day in words. */
function stateOf(
  { conclusion, found }: CampaignPicture,
  { at, wasStopped }: { readonly at: string; readonly wasStopped: boolean },
): string {
  if (conclusion !== null) return `It ${wasStopped ? 'was stopped before its end' : 'is over'}, at ${at}.`;
  const again = 'this page loads itself again every 3 seconds';
  if (found.length === 0) {
    return `It goes on, as of ${at}, and ${again}; if that time stands still, nobody coordinates the campaign any more.`;
  }
  // Meanwhile the page is not written anew.
  return `Since ${at} the shortest scenario that shows what was found is looked for, and ${again}.`;
}

function titleOf({ found, conclusion, scheduler }: CampaignPicture, wasStopped: boolean): string {
  const end = wasStopped ? 'was stopped' : 'is over';
  const state = found.length > 0 ? 'something was found' : conclusion === null ? 'goes on' : end;
  return `Campaign on ${scheduler}: ${state}`;
}

function progressOf(picture: CampaignPicture): string {
  const { runs, runsAsked, steps, stepsPerSecond, elapsedMs, conclusion } = picture;
  const asked = runsAsked === null ? '' : ` of ${runsAsked.toLocaleString('en')}`;
  const bar =
    runsAsked === null
      ? ''
      : `<progress max="${runsAsked}" value="${Math.min(runs, runsAsked)}" aria-label="runs"></progress>\n`;
  const speed =
    conclusion === null
      ? `, ${stepsPerSecond.toLocaleString('en')} steps a second, ${durationText(elapsedMs)}`
      : ` in ${durationText(elapsedMs)}`;
  return `${bar}<p><strong>${runs.toLocaleString('en')}</strong>${asked} runs, ${steps.toLocaleString('en')} judged steps${speed}.</p>`;
}

function foundList(found: readonly FoundSoFar[], isOver: boolean): string {
  if (found.length === 0) return `<p>Nothing${isOver ? '' : ' so far'}.</p>`;
  const items = found.map(
    ({ property, run, file }) =>
      `<li><strong>${escaped(property)}</strong> is violated in run ${run.toLocaleString('en')}, as <code>${escaped(file)}</code> shows.</li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

/** The kinds of coverage, for those who do not know the specification. */
const WHICH: Readonly<Record<string, string>> = {
  transitions: 'changes of state, of invocations, machines and shards',
  pairs: 'one transition after another',
  guards: 'conditions of transitions, met and not met',
  rules: 'rules of XX, put to the test',
  boundaries: 'sides of the limits that rules set',
};

function coverageTable({ coverage }: CampaignPicture): string {
  const rows = coverage.map(
    ({ what, covered, total }, index) =>
      `<tr><th scope="row"><svg width="30" height="8" aria-hidden="true">${line('M0 4H30', index)}</svg> ${escaped(what)}</th><td>${covered}</td><td>${total}</td><td class="which">${escaped(WHICH[what] ?? '')}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">kind</th><th scope="col">covered</th><th scope="col">of</th><th scope="col">which are</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** Coverage over time, a line a kind. */
function chart({ history, coverage, elapsedMs }: CampaignPicture): string {
  const x = (ms: number): string => ((WIDTH * ms) / Math.max(1, elapsedMs)).toFixed(1);
  const y = (percent: number): string => (HEIGHT - (HEIGHT * percent) / 100).toFixed(1);
  const lines = coverage.map((_, index) => {
    const points = history.map(({ elapsedMs: at, percent }) => `${x(at)} ${y(percent[index] ?? 0)}`);
    return line(`M${[`0 ${HEIGHT}`, ...points].join('L')}`, index);
  });
  const grid = [0, 50, 100].map(
    (percent) =>
      `<path d="M0 ${y(percent)}H${WIDTH}" stroke="#ccc"/><text x="${WIDTH + 6}" y="${Number(y(percent)) + 4}">${percent} %</text>`,
  );
  return `<figure><svg viewBox="-4 -8 ${WIDTH + 60} ${HEIGHT + 34}" role="img" aria-label="Percent covered over time">${grid.join('')}${lines.join('')}<text x="0" y="${HEIGHT + 20}">start</text><text x="${WIDTH}" y="${HEIGHT + 20}" text-anchor="end">${durationText(elapsedMs)}</text></svg><figcaption>Percent covered over time</figcaption></figure>`;
}

function line(path: string, index: number): string {
  const [colour, dashes] = STROKES[index % STROKES.length]!;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dashes === '' ? '' : ` stroke-dasharray="${dashes}"`}/>`;
}

function workersPart({ campaign, workers }: CampaignPicture): string {
  if (campaign === null) return '';
  const rows = [...workers]
    .sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.pid - b.pid))
    .map(
      ({ host, pid, threads, stepsPerSecond }) =>
        `<tr><th scope="row">${escaped(host)}</th><td>${pid}</td><td>${threads}</td><td>${stepsPerSecond.toLocaleString('en')}</td></tr>`,
    );
  const table =
    rows.length === 0
      ? '<p>None is there.</p>'
      : `<table><thead><tr><th scope="col">machine</th><th scope="col">process</th><th scope="col">threads</th><th scope="col">steps a second</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return `<h2>Who plays</h2>\n<p>Campaign <code>${campaign}</code> of the queue.</p>\n${table}`;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}main{max-width:44rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;text-align:left}td{text-align:right;font-variant-numeric:tabular-nums}.which{text-align:left}progress{width:100%}figure{margin:1rem 0}svg text{font-size:12px;fill:#1a1a1a}pre{overflow-x:auto;background:#f4f4f4;padding:1rem}code{overflow-wrap:anywhere}.waits{border-left:4px solid #a33b00;padding-left:.8rem}';
