import { found, type Sought } from './search.ts';

/** What every page of the site does: it opens the menu on narrow screens, and searches. */
const root = document.documentElement;
root.classList.add('has-script');

const menu = document.querySelector<HTMLButtonElement>('#menu-button')!;
menu.addEventListener('click', () => openMenu(!root.classList.contains('menu-open')));

function openMenu(isOpen: boolean): void {
  root.classList.toggle('menu-open', isOpen);
  menu.setAttribute('aria-expanded', String(isOpen));
}

// The list of pages is longer than most screens, and scrolls by itself: it shows the page that one reads.
const pages = document.querySelector<HTMLElement>('#menu')!;
const here = pages.querySelector<HTMLElement>('[aria-current]');
if (here !== null && pages.scrollHeight > pages.clientHeight) {
  const [{ top, height }, frame] = [here.getBoundingClientRect(), pages.getBoundingClientRect()];
  if (top + height > frame.bottom) pages.scrollTop += top - frame.top - frame.height / 2;
}

// On a narrow screen the frame of a chart shows a part of it: that which is lit, or where it begins.
for (const frame of document.querySelectorAll('.chart-frame')) {
  const found = frame.querySelectorAll(':is(.edge, .state, .event).lit');
  const shown = [...(found.length > 0 ? found : frame.querySelectorAll('.state.initial'))].map((part) =>
    part.getBoundingClientRect(),
  );
  if (shown.length === 0) continue;
  const [first, last] = [shown.map(({ left }) => left), shown.map(({ right }) => right)];
  const middle = (Math.min(...first) + Math.max(...last)) / 2;
  const { left, width } = frame.getBoundingClientRect();
  frame.scrollLeft += middle - (left + width / 2);
}

const field = document.querySelector<HTMLInputElement>('#search')!;
const list = document.querySelector<HTMLElement>('#found')!;
const status = document.querySelector<HTMLElement>('#found-status')!;
const up = document.body.dataset.up ?? '';

let asked = 0;
async function look(): Promise<void> {
  const words = field.value.trim();
  const mine = ++asked;
  if (words.length >= 2 && list.hidden) status.textContent = 'Searching…';
  const results = words.length < 2 ? [] : await found(words, up);
  // Whoever types on is answered once.
  if (mine === asked) show(words, results);
}

function show(words: string, results: readonly Sought[]): void {
  list.replaceChildren(...results.map(entryOf));
  list.hidden = results.length === 0;
  status.textContent = words.length < 2 ? '' : results.length === 0 ? 'Nothing found.' : '';
  field.setAttribute('aria-expanded', String(results.length > 0));
}

function entryOf({ title, page, excerpt, address }: Sought): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = address;
  const heading = document.createElement('b');
  heading.textContent = title;
  const where = document.createElement('span');
  where.textContent = page === title ? '' : page;
  const text = document.createElement('span');
  text.textContent = excerpt;
  link.append(heading, where, text);
  item.append(link);
  return item;
}

field.addEventListener('input', look);
field.addEventListener('focus', () => {
  void found('', up);
  // What was found, and put away when one went elsewhere, is there again.
  if (list.hidden && field.value !== '') void look();
});
field.form!.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget !== null && !field.form!.contains(relatedTarget as Node)) putAway();
});
document.addEventListener('pointerdown', ({ target }) => {
  if (!field.form!.contains(target as Node)) putAway();
});

/** What was found lies above the page: not above where somebody goes on. */
function putAway(): void {
  asked++;
  list.hidden = true;
  status.textContent = '';
  field.setAttribute('aria-expanded', 'false');
}

field.form!.addEventListener('submit', (event) => {
  event.preventDefault();
  list.querySelector('a')?.click();
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  const writes = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  if (key === '/' && !writes && !(target instanceof HTMLTextAreaElement)) {
    event.preventDefault();
    field.focus();
  }
  if (key === 'Escape' && root.classList.contains('menu-open')) {
    openMenu(false);
    menu.focus();
  } else if (key === 'Escape' && (target === field || list.contains(target as Node))) {
    field.value = '';
    field.focus();
    void look();
  }
  if (key === 'ArrowDown' || key === 'ArrowUp') step(event, key === 'ArrowDown' ? 1 : -1);
});

/** From the field into what was found, and along it. */
function step(event: KeyboardEvent, by: number): void {
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (links.length === 0 || (document.activeElement !== field && at < 0)) return;
  event.preventDefault();
  (links[at + by] ?? field).focus();
}
