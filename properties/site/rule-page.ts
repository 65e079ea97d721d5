import { PERMISSIONS } from '../../model/rules/index.ts';
import { TRANSITIONS, type Transition } from '../../model/table.ts';
import { CATALOGUE, type Property } from '../catalogue.ts';
import { BOUNDARIES } from '../goals/boundaries/table.ts';
import { evidenceOf } from '../pages/evidence.ts';
import { type ExplorationRecord, exploredText, isExplored } from '../pages/explorations.ts';
import type { Source } from '../pages/sources.ts';
import { lemmasAbout } from '../proofs/lemmas/index.ts';
import type { TeethRecord } from '../teeth/record.ts';
import { caseFile } from './cases.ts';
import { chartPicture, type Layout } from './chart-picture.ts';
import { embedHtml, embedOfFile } from './embeds.ts';
import { readingsOf, sourceOfRule, statementsOf } from './facing.ts';
import { escaped } from './html.ts';
import type { SitePage } from './layout.ts';
import { inline, rendered } from './markdown.ts';
import { NOT_BY_HAND } from './not-by-hand.ts';
import { addressOfChallenge, addressOfMutant, addressOfRule } from './places.ts';
import type { Tried, TriedRecord } from './tried.ts';

/** What the pages of rules and properties are made of, beside the model. */
export interface Evidence {
  readonly sources: readonly Source[];
  readonly explorations: readonly ExplorationRecord[];
  readonly teeth: TeethRecord;
  readonly tried: TriedRecord;
  readonly layouts: ReadonlyMap<string, Layout>;
  /** All pages of the project, which links may lead to. */
  readonly pages: ReadonlySet<string>;
}

/** The page of a rule or a property: paper, rule, reading and chart side by side, and what speaks for it. */
export function rulePage(property: Property, evidence: Evidence): SitePage {
  const { id, kind, section, sentence } = property;
  return {
    address: addressOfRule(id),
    page: addressOfRule(id),
    title: id,
    heading: `<code>${escaped(id)}</code>`,
    scripts: ['replays.js'],
    html: [
      `<p class="sentence">${inline(sentence)}</p>`,
      `<p class="faint">${escaped(kind)} · section ${escaped(section)} of the paper${property.onRequest ? ' · judged only where it is named' : ''}</p>`,
      counterexample(property),
      '<h2 id="facing">Side by side</h2>',
      `<div class="facing"><div>${paper(property, evidence)}${readings(property, evidence)}</div><div>${rule(property, evidence)}</div>${charts(property, evidence)}</div>`,
      trust(property, evidence),
      wrongSchedulers(property, evidence),
    ].join('\n'),
  };
}

function counterexample({ id, ofTheModel }: Property): string {
  if (ofTheModel) {
    return '<h2 id="counterexample">A counterexample</h2>\n<p>There is none to play: it is a property of the model alone, and no scheduler can break it.</p>';
  }
  const embed = embedOfFile(caseFile('rules', id))!;
  const whyNot = NOT_BY_HAND[id];
  const challenge = whyNot === undefined ? 'Try to break it yourself' : 'Try other ways to break it';
  return `<h2 id="counterexample">A shortest counterexample</h2>
<p>The wrong scheduler <code>${escaped(embed.scheduler)}</code> breaks it here, in the fewest steps of those that campaigns found. It runs in this page, beside XX: step back, and ask what was permitted.</p>
${embedHtml({ ...embed, begins: true }, '../')}
<p class="break"><a class="button" href="../${escaped(addressOfMutant(embed.scheduler, id))}">Try to break it with <code>${escaped(embed.scheduler)}</code></a> <a class="button" href="../${addressOfChallenge(id)}">${challenge}</a></p>
${whyNot === undefined ? '' : `<p class="faint">Nobody breaks it with empty hands. ${escaped(whyNot)}</p>`}`;
}

function paper({ id, rules }: Property, { pages }: Evidence): string {
  const own = statementsOf(id);
  const found = own.length > 0 ? own : rules.flatMap((rule) => statementsOf(rule));
  const items = found.map(({ section, paragraph, says }) => {
    const { html } = rendered(
      { path: 'docs/paper-map.md', text: says },
      { pages, address: addressOfRule(id) },
    );
    return `<li>${html.replace(/^<p>|<\/p>\n?$/g, '')} <span class="faint">${escaped(section)}: ${escaped(paragraph)}</span></li>`;
  });
  const text =
    items.length === 0
      ? '<p>No single sentence: it is what the section as a whole is for.</p>'
      : `<ul>${items.join('\n')}</ul>`;
  return `<section><h3>What the paper says, in our words</h3>${text}<p><a href="../paper-map.html">The paper, paragraph by paragraph</a></p></section>`;
}

function rule(property: Property, { sources }: Evidence): string {
  const { id, premise, rules, formula: ofProperty = [] } = property;
  const formula = Object.entries(PERMISSIONS.find((one) => one.id === id)?.formula ?? {});
  const { judgedIn } = evidenceOf(property, sources);
  const source = sourceOfRule(id, sources.find(({ path }) => path === judgedIn)?.text ?? '');
  const others = rules.filter((other) => other !== id);
  const boundaries = BOUNDARIES.filter((boundary) => boundary.rule === id);
  return [
    '<section><h3>The rule</h3>',
    ...(ofProperty.length > 0
      ? [`<ul class="formula">${ofProperty.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`]
      : []),
    `<p>Put to the test when ${inline(premise)}.</p>`,
    ...formula.map(
      ([decision, lines]) =>
        `<p><code>${decision}</code> is permitted if:</p><ul class="formula">${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
    ),
    ...(formula.length + ofProperty.length > 0
      ? ['<p><a href="../glossary.html">What the letters mean</a></p>']
      : []),
    ...(others.length > 0 ? [`<p>It follows from ${others.map(ruleLink).join(', ')}.</p>`] : []),
    ...(boundaries.length > 0
      ? [
          `<p>Its boundaries, which campaigns reach from each side:</p><ul>${boundaries.map(({ sentence }) => `<li>${inline(sentence)}</li>`).join('')}</ul>`,
        ]
      : []),
    source === null
      ? `<p>Judged in <span class="file">${escaped(judgedIn)}</span>.</p>`
      : `<details><summary>As the judge has it, in ${escaped(judgedIn)}</summary><pre tabindex="0"><code>${escaped(source)}</code></pre></details>`,
    '</section>',
  ].join('\n');
}

function readings({ id }: Property, { pages }: Evidence): string {
  const found = readingsOf(id);
  const text =
    found.length === 0
      ? '<p>The paper leaves nothing open here that had to be read in one way or another.</p>'
      : found
          .map(({ title, anchor, text: body }) => {
            const { html } = rendered(
              { path: 'docs/readings.md', text: body },
              { pages, address: addressOfRule(id) },
            );
            return `<details${found.length === 1 ? ' open' : ''}><summary>${inline(title)}</summary>${html}<p><a href="../readings.html#${anchor}">Both readings, played side by side</a></p></details>`;
          })
          .join('\n');
  return `<section><h3>How the paper is read</h3>${text}</section>`;
}

function charts({ id, rules }: Property, { layouts }: Evidence): string {
  const guards = new Set<string>([id, ...rules]);
  const isLit = ({ guard }: Transition): boolean => guard !== null && guards.has(String(guard));
  const lit = TRANSITIONS.filter(
    (transition) => isLit(transition) && !transition.wrong && transition.words === null,
  );
  const tables = [...new Set(lit.map(({ table }) => table))];
  if (tables.length === 0) {
    return '<section class="lit-charts"><h3>In the charts</h3><p>It guards no transition: it is about what a step, or a whole run, leads to.</p></section>';
  }
  const pictures = tables.map((table) => {
    const own = lit.filter((transition) => transition.table === table);
    const events = [
      ...new Set(own.map(({ source, event, target }) => `${event} from ${source} to ${target}`)),
    ];
    const sentence = `The chart ${table}. Lit: ${events.join('; ')}.`;
    return `<h4>${escaped(table)}</h4>${chartPicture(layouts.get(table)!, sentence, isLit)}`;
  });
  return `<section class="lit-charts"><h3>In the charts</h3><p>Lit is what it guards.</p>${pictures.join('\n')}</section>`;
}

function trust(property: Property, { explorations, tried, sources }: Evidence): string {
  const { id, rules, onRequest } = property;
  const { tests } = evidenceOf(property, sources);
  const explored = !isExplored(id, rules)
    ? 'No: it is about whole runs, and is judged in campaigns.'
    : onRequest
      ? `Where it is named: <code>xx check --property ${escaped(id)}</code>.`
      : `${escaped(capital(exploredText(id, explorations)))}.`;
  return `<h2 id="trust">How often it was tried, and how far explored</h2>
<dl class="facts">
<dt>Tried</dt><dd>${triedText(property, tried)}</dd>
<dt>Explored</dt><dd>${explored} <a href="../exploration.html">Explorations</a></dd>
${provedText(property)}<dt>Tested</dt><dd>${testedText(tests)}</dd>
</dl>`;
}

/** The lemmas that are about it, or that it follows from; nothing where there is none. */
function provedText({ id }: Property): string {
  const lemmas = lemmasAbout(id);
  if (lemmas.length === 0) return '';
  const links = lemmas.map((lemma) => `<a href="../proofs.html#${lemma}"><code>${lemma}</code></a>`);
  return `<dt>Proved</dt><dd>For any number of invocations, machines and MB: ${links.join(', ')}</dd>\n`;
}

/** More files than these are a wall to everybody who does not look for one. */
const MOST_TESTS = 4;

function testedText(tests: readonly string[]): string {
  const files = tests.map((path) => `<span class="file">${escaped(path)}</span>`).join(', ');
  if (tests.length <= MOST_TESTS) return files;
  return `<details><summary>In ${tests.length} files</summary>${files}</details>`;
}

function triedText({ id, ofTheModel }: Property, { seed, rows }: TriedRecord): string {
  if (ofTheModel) return 'On the model, by its tests.';
  const row = rows.find((one) => one.id === id);
  if (row === undefined) return 'XX does not promise it, and campaigns find where it fails.';
  const command = commandOf(row, seed);
  return `${row.met.toLocaleString('en')} times in ${row.runs.toLocaleString('en')} runs of <code>${escaped(row.scheduler)}</code>, and it held: <code>${escaped(command)}</code>`;
}

function commandOf({ id, scheduler, runs }: Tried, seed: number): string {
  const isAlone = CATALOGUE.find((property) => property.id === id)!.onRequest;
  const which = scheduler === 'xx' ? '' : ` --scheduler ${scheduler}`;
  return `xx fuzz --runs ${runs} --seed ${seed}${which}${isAlone ? ` --property ${id}` : ''}`;
}

function wrongSchedulers(property: Property, { sources, teeth }: Evidence): string {
  const { mutants } = evidenceOf(property, sources);
  if (mutants.length === 0) return '';
  const rows = mutants.map(({ name, sentence }) => {
    const row = teeth.rows.find((one) => one.name === name);
    const cells = [row?.medianRuns ?? '–', row?.mostRuns ?? '–', row?.steps ?? '–', row?.shortest ?? '–'];
    return `<tr><td><a href="../${escaped(addressOfMutant(name, property.id))}"><code>${escaped(name)}</code></a></td><td>${inline(sentence)}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const many = mutants.length === 1 ? 'One wrong scheduler' : `${mutants.length} wrong schedulers`;
  return `<h2 id="wrong">Wrong schedulers that it finds</h2>
<p>${many}, each a mistake that somebody could really make. A name leads to the playground. <a href="../teeth.html">How this was measured</a></p>
<div class="scroll" tabindex="0" role="group" aria-label="Wrong schedulers"><table><thead><tr><th>wrong scheduler</th><th class="long">what it does wrong</th><th>runs: median</th><th class="short">most</th><th class="short">steps</th><th>shortest known</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function ruleLink(id: string): string {
  return `<a href="${escaped(id)}.html"><code>${escaped(id)}</code></a>`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
