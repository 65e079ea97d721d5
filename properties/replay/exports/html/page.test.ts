import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../../../mutants/index.ts';
import { collectRecords } from '../../../records/collect.ts';
import type { Film } from '../../moment.ts';
import { replay } from '../../play.ts';
import { piecesOf } from '../exporter.ts';
import type { PageData } from './data.ts';
import { htmlExporter } from './page.ts';

const { item: record, file } = collectRecords('counterexamples').collected.find(
  ({ item }) => item.scheduler === 'kills-the-newest',
)!;

function film(name = file): Film {
  const { scenario } = record;
  const scheduler = MUTANTS.find((mutant) => mutant.name === record.scheduler)!.create();
  const recording = replay({ file, scenario, record }, { scheduler });
  return { file: name, scheduler: record.scheduler, recording };
}

function htmlText(shown: Film): string {
  return [...piecesOf(htmlExporter, shown)].join('');
}

function dataOf(html: string): PageData {
  return JSON.parse(/<script id="data" type="application\/json">([^<]*)<\/script>/.exec(html)![1]!);
}

describe('the page of a replay', () => {
  test('loads nothing: it names no address, and its policy forbids to load any', () => {
    const html = htmlText(film());
    expect(html).not.toMatch(/https?:|\/\/[a-z]|<link|<img|<iframe|@import|url\(| src=| href=/i);
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"`,
    );
  });

  test('has each step in it, and at the one that fails the rule, the facts and what was permitted', () => {
    const { steps, finding } = dataOf(htmlText(film()));
    const played = steps.filter(({ isAftermath }) => !isAftermath);
    expect(played.map(({ step }) => step)).toEqual(record.scenario.stimuli.map((_, index) => index + 1));
    expect(played.at(-1)!.decisions!.map(([mark]) => mark)).toEqual(['taken', 'refused', 'not reached']);
    expect(played.at(-1)!.about[0]).toContain('invocation 1: function f,');
    expect(finding).toMatchObject({ step: record.step, property: 'kill-iff', message: record.message });
    expect(finding!.sentence).toMatch(/killed for memory if and only if/);
    expect(finding!.allowed).toEqual([expect.stringMatching(/^kill 0 /)]);
  });

  test('takes no name for markup', () => {
    const name = '</script><script>alert(1)</script><!--\u2028';
    const html = htmlText(film(name));
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(dataOf(html).file).toBe(name);
  });

  test('opens at the step that fails, with what was taken, refused and not reached, and who holds too much', () => {
    const page = open(htmlText(film()));
    const last = record.scenario.stimuli.length;
    expect(page.text()).toContain(`Step ${last}, at 0 ms`);
    expect(page.text()).toContain(`Step ${last} violates kill-iff`);
    expect(page.text()).toMatch(/✓ place 1 .*✗ kill 1 .*: refused by kill-iff · relist .*: not reached/);
    expect(page.text()).toContain('2 of 1 MB, 1 MB too many');
    expect(page.text()).toMatch(/invocation 1: function f, tenant 0, class c1/);
    expect(page.text()).toContain('Where the rest of this step leads');
    expect(page.marks()).toContain('50%');
  });

  test('goes from step to step with buttons and arrow keys, and stops at the ends', () => {
    const page = open(htmlText(film()));
    const last = record.scenario.stimuli.length;
    page.press('Home');
    expect(page.text()).toContain('Step 1, at 0 ms: boot');
    page.press('ArrowLeft');
    expect(page.text()).toContain('Step 1, at 0 ms: boot');
    page.press('ArrowRight');
    expect(page.text()).toContain('Step 2, at 0 ms: submit 0');
    page.click('last');
    expect(page.text()).toContain(`Step ${last} violates kill-iff`);
    page.press('ArrowRight');
    expect(page.text()).toContain(`Step ${last}, at`);
    page.click('back');
    expect(page.text()).toContain(`Step ${last - 1}, at`);
    expect(page.text()).not.toContain('violates');
    page.press('f');
    expect(page.text()).toContain(`Step ${last} violates kill-iff`);
    page.click('first');
    expect(page.text()).toContain('Step 1, at 0 ms: boot');
    expect(page.text()).toContain('idle list: machine 0 (1 MB, 0 functions)');
  });
});

/** As much of an element as the script of the page asks for. */
class Element {
  style: { left?: string } = {};
  className = '';
  value = '';
  own = '';
  children: (Element | string)[] = [];
  readonly heard = new Map<string, (event: object) => void>();

  get textContent(): string {
    return this.own + this.children.map((one) => (typeof one === 'string' ? one : one.textContent)).join(' ');
  }
  set textContent(text: string) {
    this.own = text;
  }
  get marks(): (string | undefined)[] {
    return this.children.flatMap((one) => (typeof one === 'string' ? [] : [one.style.left, ...one.marks]));
  }
  append(...children: (Element | string)[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: (Element | string)[]): void {
    this.children = children;
  }
  addEventListener(type: string, listener: (event: object) => void): void {
    this.heard.set(type, listener);
  }
}

/** Runs the script of a page in a document that knows only what the script asks for. */
function open(html: string) {
  const byId = new Map([...html.matchAll(/ id="([a-z]+)"/g)].map(([, id]) => [id!, new Element()]));
  byId.get('data')!.textContent = JSON.stringify(dataOf(html));
  const document = Object.assign(new Element(), {
    getElementById: (id: string) => byId.get(id),
    createElement: () => new Element(),
  });
  const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!;
  const world = { document, window: new Element(), location: { hash: '' }, history: { replaceState() {} } };
  new Script(script).runInNewContext(world);
  return {
    text: () => byId.get('step')!.textContent,
    marks: () => byId.get('step')!.marks,
    press: (key: string) => document.heard.get('keydown')!({ key, preventDefault() {} }),
    click: (id: string) => byId.get(id)!.heard.get('click')!({}),
  };
}
