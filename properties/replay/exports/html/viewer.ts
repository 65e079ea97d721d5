/**
 * The script of the page of a replay. It makes elements and sets their text, and never HTML, so that no name in a
 * scenario can become markup. The step that is shown is in the fragment of the address: `#5` is step 5.
 */
export const VIEWER = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
let shown = 0;

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function list(items, otherwise) {
  if (items.length === 0) return make('p', 'faint', otherwise);
  return make('ul', '', ...items.map((item) => make('li', '', item)));
}

function bar(name, whole, parts, words) {
  const track = make('span', 'track');
  for (const [className, part] of parts) {
    const filled = make('i', className);
    filled.style.width = whole > 0 ? Math.min(100, (100 * part) / whole) + '%' : '0';
    track.append(filled);
  }
  return make('div', 'bar', make('span', '', name), track, make('span', '', words));
}

function table(head, rows) {
  return make('table', '',
    make('tr', '', ...head.map((cell) => make('th', '', cell))),
    ...rows.map((row) => make('tr', '', ...row.map((cell) => make('td', cell === 'running' ? 'running' : '', cell)))));
}

function machine({ id, availability, cores, ram, swap, people }) {
  const taken = ram.antagonist > 0 ? ' + ' + ram.antagonist + ' of others' : '';
  const box = make('section', 'machine',
    make('h3', '', 'machine ' + id + (availability === 'up' ? '' : ', ' + availability) + ': ' + cores + ' cores run'),
    bar('RAM', ram.of, [['resident', ram.resident], ['antagonist', ram.antagonist]],
      ram.resident + taken + ' of ' + ram.of + ' MB'),
    bar('swap', swap.of, [['swapped', swap.swapped]], swap.swapped + ' of ' + swap.of + ' MB'));
  if (people.length > 0) {
    box.append(table(['invocation', 'class', 'is', 'in RAM'],
      people.map((who) => [String(who.id), who.class, who.doing, who.memory])));
  }
  return box;
}

function queues(step) {
  if (step.queues.length === 0) return [make('p', 'faint', 'nobody is queued')];
  return step.queues.map(({ shard, classes }) =>
    table(['shard ' + shard, 'waits, longest first'],
      classes.map((ids, index) => [data.classes[index], ids.join(', ') || '–']).reverse()));
}

function wrong(finding) {
  const box = make('section', 'wrong',
    make('h2', '', 'Step ' + finding.step + ' violates ' + finding.property),
    make('p', '', finding.sentence + ' (paper section ' + finding.section + ')'),
    make('h3', '', 'What went wrong'), make('p', '', finding.message));
  if (finding.allowed !== null) {
    box.append(make('h3', '', 'What was permitted'), list(finding.allowed, 'nothing more in this step'));
  }
  return box;
}

function isWrong(step) {
  return data.finding !== null && (data.finding.step === step.step ||
    (step === data.steps.at(-1) && data.finding.step > step.step));
}

function show(index) {
  shown = Math.max(0, Math.min(data.steps.length - 1, index));
  const step = data.steps[shown];
  const decisions = step.decisions === null ? make('p', 'faint', 'left out: not possible here')
    : list(step.decisions, 'the scheduler decides nothing');
  const others = step.otherMachines > 0 ? [make('p', 'faint', step.otherMachines + (step.otherMachines === 1 ? ' more machine holds nobody' : ' more machines hold nobody'))] : [];
  byId('step').replaceChildren(
    make('h2', '', 'Step ' + step.step + ', at ' + step.at + ' ms: ' + step.stimulus),
    ...(isWrong(step) ? [wrong(data.finding)] : []),
    make('h3', '', 'Decisions'), decisions,
    make('h3', '', isWrong(step) && data.finding.allowed !== null ? 'Machines, as far as the refused step is possible' : 'Machines'),
    ...step.machines.map(machine), ...others,
    make('h3', '', 'Queues'), ...queues(step));
  byId('place').textContent = 'step ' + step.step + ' of ' + data.steps.at(-1).step;
  byId('slider').value = String(shown);
  byId('first').disabled = byId('back').disabled = shown === 0;
  byId('last').disabled = byId('next').disabled = shown === data.steps.length - 1;
  if (location.hash !== '#' + step.step) history.replaceState(null, '', '#' + step.step);
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: data.steps.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  show(target);
}

function fromAddress() {
  const step = Number(location.hash.slice(1));
  const index = data.steps.findIndex((candidate) => candidate.step === step);
  show(index < 0 ? 0 : index);
}

byId('verdict').textContent = data.finding === null
  ? 'Nothing was found wrong with ' + data.scheduler + '.'
  : data.scheduler + ' violates ' + data.finding.property + ' in step ' + data.finding.step + '.';
byId('verdict').className = data.finding === null ? '' : 'violated';
byId('slider').max = String(data.steps.length - 1);
byId('slider').addEventListener('input', () => show(Number(byId('slider').value)));
byId('first').addEventListener('click', () => show(0));
byId('back').addEventListener('click', () => show(shown - 1));
byId('next').addEventListener('click', () => show(shown + 1));
byId('last').addEventListener('click', () => show(data.steps.length - 1));
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', fromAddress);
fromAddress();
`;
