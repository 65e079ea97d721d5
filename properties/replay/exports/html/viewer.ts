/**
 * The script of the page of a replay. It makes elements and sets their text, and never HTML, so that no name in a
 * scenario can become markup. The step that is shown is in the fragment of the address: `#5` is step 5. Without one the
 * page opens at the step that fails.
 */
export const VIEWER = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
let shown = 0;

// Each step tells what has changed; from here on it has all that is told. What stays the same is shared.
const changed = (before, changes) => {
  if (Object.keys(changes).length === 0) return before;
  const after = { ...before, ...changes };
  for (const id of Object.keys(changes)) if (changes[id] === null) delete after[id];
  return after;
};
const steps = [];
{
  let machines = {}, shards = {}, tenants = {};
  for (const step of data.steps) {
    machines = changed(machines, step.machines);
    shards = changed(shards, step.shards);
    tenants = changed(tenants, step.tenants);
    const all = { ...step, machines, shards, tenants };
    if (step.isAftermath) steps.at(-1).aftermath = all;
    else steps.push(all);
  }
}
const failing = data.finding === null ? -1
  : steps.findIndex((step) => step.step === Math.min(data.finding.step, data.played));

// Characters that hide, or turn text around, are shown as what they are.
function visible(text) {
  return text.replace(/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]/gu, (one) => '\\\\u{' + one.codePointAt(0).toString(16) + '}');
}

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.map((child) => typeof child === 'string' ? visible(child) : child));
  return element;
}

function list(items, otherwise) {
  if (items.length === 0) return make('p', 'faint', otherwise);
  return make('ul', '', ...items.map((item) => make('li', '', item)));
}

const MARKS = { taken: '✓', refused: '✗', 'not reached': '·' };

function decisionsOf(step) {
  if (step.decisions === null) return make('p', 'faint', 'left out: not possible here');
  if (step.decisions.length === 0) return make('p', 'faint', 'the scheduler decides nothing');
  return make('ul', 'decisions', ...step.decisions.map(([mark, words]) => {
    const told = mark === 'refused' ? ': refused by ' + data.finding.property : mark === 'taken' ? '' : ': not reached';
    return make('li', mark.replace(' ', '-'), MARKS[mark] + ' ' + words + told);
  }));
}

// The track is as long as what there is, or as what is taken where that is more: then a line shows where it should end.
function bar(name, whole, parts, words) {
  const taken = parts.reduce((sum, [, part]) => sum + part, 0);
  const longest = Math.max(whole, taken);
  const track = make('span', 'track');
  for (const [className, part] of parts) {
    const filled = make('i', className);
    filled.style.width = longest > 0 ? (100 * part) / longest + '%' : '0';
    track.append(filled);
  }
  const over = taken - whole;
  if (over > 0) {
    const end = make('i', 'end');
    end.style.left = (100 * whole) / longest + '%';
    track.append(end);
  }
  return make('div', 'bar', make('span', '', name), track,
    make('span', over > 0 ? 'violated' : '', words + (over > 0 ? ', ' + over + ' MB too many' : '')));
}

function table(head, rows) {
  return make('div', 'scroll', make('table', '',
    make('tr', '', ...head.map((cell) => make('th', '', cell))),
    ...rows.map(({ className, cells }) => make('tr', className,
      ...cells.map((cell) => make('td', cell === 'running' ? 'running' : '', cell))))));
}

const isFailing = (step, entity) => step === steps[failing] && data.finding.entity === entity;

function machine(step, id, { availability, cores, ram, swap, entry, people }) {
  const taken = ram.antagonist > 0 ? ' + ' + ram.antagonist + ' of others' : '';
  const box = make('section', isFailing(step, 'machine ' + id) ? 'machine failing' : 'machine',
    make('h3', '', 'machine ' + id + (availability === 'up' ? '' : ', ' + availability) + ': ' + cores),
    bar('RAM', ram.of, [['resident', ram.resident], ['antagonist', ram.antagonist]],
      ram.resident + taken + ' of ' + ram.of + ' MB'),
    bar('swap', swap.of, [['swapped', swap.swapped]], swap.swapped + ' of ' + swap.of + ' MB'));
  if (people.length > 0) {
    box.append(table(['invocation', 'function', 'class', 'tenant', 'is', 'in RAM'],
      people.map((who) => ({
        className: isFailing(step, 'invocation ' + who.id) ? 'failing' : '',
        cells: [String(who.id), who.function, who.class, String(who.tenant), who.doing, who.memory],
      }))));
  }
  if (entry !== null) box.append(make('p', 'faint', entry));
  return box;
}

function machines(step) {
  const others = step.otherMachines === 0 ? []
    : [make('p', 'faint', step.otherMachines + (step.otherMachines === 1 ? ' more machine holds nobody' : ' more machines hold nobody'))];
  const rank = ([id]) => (Number(id) === step.first ? 0 : 1);
  const all = Object.entries(step.machines).sort((a, b) => rank(a) - rank(b));
  return [...all.map(([id, one]) => machine(step, id, one)), ...others];
}

function shards(step) {
  const all = Object.entries(step.shards);
  if (all.length === 0) return [make('p', 'faint', 'nobody is queued, and no machine is listed')];
  return all.map(([id, { queues, idle }]) => {
    const box = make('section', isFailing(step, 'shard ' + id) ? 'shard failing' : 'shard', make('h3', '', 'shard ' + id));
    const rows = queues.map(({ ids, more }, index) => ({
      className: ids.some((one) => isFailing(step, 'invocation ' + one)) ? 'failing' : '',
      cells: [data.classes[index], ids.join(', ') + (more > 0 ? ' and ' + more + ' more' : '')],
    })).filter(({ cells }) => cells[1] !== '').reverse();
    box.append(rows.length === 0 ? make('p', 'faint', 'nobody is queued') : table(['class', 'queued, longest first'], rows));
    box.append(make('p', idle.length === 0 ? 'faint' : '', idle.length === 0 ? 'its idle list is empty' : 'idle list: ' + idle.join(', ')));
    return box;
  });
}

function tenants(step) {
  const all = Object.entries(step.tenants);
  if (all.length === 0) return [];
  return [make('h3', '', 'Budgets'), table(['tenant', 'spent (pico-cents)', 'of', 'in this period of'],
    all.map(([id, { spent, budget, period }]) => ({
      className: isFailing(step, 'tenant ' + id) ? 'failing' : '',
      cells: [id, String(spent), String(budget), period + ' ms'],
    })))];
}

function wrong(finding, step) {
  const box = make('section', 'wrong',
    make('h2', '', 'Step ' + finding.step + ' violates ' + finding.property),
    make('p', '', finding.sentence + ' (paper section ' + finding.section + ')'),
    make('h3', '', 'What went wrong'), make('p', '', finding.message), ...finding.falls.map((one) => make('p', '', one)));
  if (step.about.length > 0) box.append(make('h3', '', 'Of ' + finding.entity), ...step.about.map((line) => make('p', '', line)));
  if (finding.allowed !== null) {
    box.append(make('h3', '', 'What was permitted'), list(finding.allowed, 'nothing more in this step'));
  }
  return box;
}

function aftermath(step) {
  if (step.aftermath === undefined) return [];
  return [make('h2', '', 'Where the rest of this step leads, as far as it is possible'),
    ...machines({ ...step, ...step.aftermath })];
}

function show(index) {
  shown = Math.max(0, Math.min(steps.length - 1, index));
  const step = steps[shown];
  const isWrong = shown === failing;
  const isRefused = step.decisions !== null && step.decisions.some(([mark]) => mark === 'refused');
  byId('step').replaceChildren(
    make('h2', isWrong ? 'violated' : '', 'Step ' + step.step + ', at ' + step.at + ' ms: ' + step.stimulus),
    ...(isWrong ? [wrong(data.finding, step)] : []),
    make('h3', '', 'Decisions'), decisionsOf(step),
    make('h3', '', isRefused ? 'Machines, when it was refused' : 'Machines'), ...machines(step),
    make('h3', '', 'Shards'), ...shards(step), ...tenants(step), ...aftermath(step));
  byId('place').textContent = 'step ' + step.step + ' of ' + data.played;
  byId('slider').value = String(shown);
  byId('first').disabled = byId('back').disabled = shown === 0;
  byId('last').disabled = byId('next').disabled = shown === steps.length - 1;
  byId('failure').disabled = failing < 0 || isWrong;
  if (location.hash !== '#' + step.step) history.replaceState(null, '', '#' + step.step);
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: steps.length - 1,
    f: failing < 0 ? undefined : failing }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  show(target);
}

function fromAddress() {
  const step = Number(location.hash.slice(1));
  const index = steps.findIndex((candidate) => candidate.step === step);
  show(index < 0 ? Math.max(0, failing) : index);
}

byId('verdict').textContent = visible(data.finding === null
  ? 'Accepted: nothing was found wrong with ' + data.scheduler + '.'
  : data.scheduler + ' violates ' + data.finding.property + ' in step ' + data.finding.step + ' (' + data.finding.entity + ').');
byId('verdict').className = data.finding === null ? '' : 'violated';
byId('slider').max = String(steps.length - 1);
byId('slider').addEventListener('input', () => show(Number(byId('slider').value)));
byId('first').addEventListener('click', () => show(0));
byId('back').addEventListener('click', () => show(shown - 1));
byId('next').addEventListener('click', () => show(shown + 1));
byId('last').addEventListener('click', () => show(steps.length - 1));
byId('failure').addEventListener('click', () => show(failing));
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', fromAddress);
fromAddress();
`;
