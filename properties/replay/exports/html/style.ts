/** How the page of a replay looks, in light and in dark. */
export const STYLE = `
:root {
  --ground: #ffffff; --ink: #1b1f24; --faint: #5b6570; --line: #d5dae0; --panel: #f5f7f9;
  --resident: #2f6fbb; --antagonist: #a8794a; --swapped: #8a5bb0; --wrong: #b3261e; --wrong-panel: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --ink: #e4e8ec; --faint: #9aa5b1; --line: #343c45; --panel: #1d2228;
    --resident: #6aa5ea; --antagonist: #c99a66; --swapped: #b48ad6; --wrong: #ff8a80; --wrong-panel: #3a1c1c;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 64rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.45 system-ui, sans-serif; }
h1 { font-size: 1.15rem; overflow-wrap: anywhere; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: .75rem 0 .25rem; }
h3 { font-size: .95rem; margin: .75rem 0 .25rem; }
p { margin: .25rem 0; }
header { position: sticky; top: 0; background: var(--ground); border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-top: .5rem; }
nav input { flex: 1 1 10rem; }
button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .3rem;
  padding: .2rem .8rem; }
button:disabled { opacity: .45; }
.hint, .faint { color: var(--faint); font-size: .9rem; }
code, li { font-family: ui-monospace, monospace; font-size: .9rem; overflow-wrap: anywhere; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
.machine, .shard, .wrong { border: 1px solid var(--line); border-radius: .4rem; background: var(--panel); padding: .5rem .75rem;
  margin: .5rem 0; }
.wrong { border-color: var(--wrong); background: var(--wrong-panel); }
section > :first-child { margin-top: 0; }
.wrong h2, .violated { color: var(--wrong); }
.bar { display: grid; grid-template-columns: 3.5rem 1fr 14rem; gap: .5rem; align-items: center; font-size: .9rem; }
.track { display: flex; position: relative; height: .9rem; background: var(--ground); border: 1px solid var(--line); }
.track i { display: block; height: 100%; flex: none; }
.track .end { position: absolute; top: -.25rem; width: 2px; height: 1.3rem; background: var(--wrong); }
.failing { border-color: var(--wrong); outline: 2px solid var(--wrong); outline-offset: -1px; }
.decisions { list-style: none; padding-left: 0; }
.decisions .refused { color: var(--wrong); font-weight: 600; }
.decisions .not-reached { color: var(--faint); }
.scroll { overflow-x: auto; }
.resident { background: var(--resident); }
.antagonist { background: var(--antagonist); }
.swapped { background: var(--swapped); }
table { border-collapse: collapse; font-size: .9rem; margin-top: .35rem; }
th, td { text-align: left; padding: .1rem 1rem .1rem 0; font-weight: normal; }
th { color: var(--faint); }
td.running { font-weight: 600; }
`;
