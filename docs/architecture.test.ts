import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const HEADING = '## What the properties are made of';

/** The folders of the properties that each row of the table names, from top to bottom. */
function layers(): string[][] {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const section = page.slice(page.indexOf(HEADING) + HEADING.length).split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| ['));
  return rows.map((row) =>
    [...row.split(' | ')[0]!.matchAll(/\.\.\/properties\/([\w-]+)/g)].map(([, folder]) => folder!),
  );
}

/** Every import of one folder of the properties by another, tests and their helpers left out. */
function* importsBetweenFolders(): Generator<{ file: string; from: string; to: string }> {
  for (const name of readdirSync('properties', { recursive: true, encoding: 'utf8' })) {
    const file = join('properties', name);
    const [, from, inside] = file.split('/');
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || inside === undefined) continue;
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const [root, to, rest] = normalize(join(dirname(file), path!)).split('/');
      if (root === 'properties' && rest !== undefined && to !== from) yield { file, from: from!, to: to! };
    }
  }
}

/** These serve the tests of every folder, and may import from all of them. */
const FOR_TESTS = ['testing', 'bench', 'fixtures'];

test('every folder of the properties has its row', () => {
  const folders = readdirSync('properties', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const named = folders.map(({ name }) => name).filter((name) => !FOR_TESTS.includes(name));
  expect(layers().flat().toSorted()).toEqual(named.toSorted());
});

test('a folder of the properties imports from those above it, not from those below', () => {
  const rank = new Map(layers().flatMap((folders, layer) => folders.map((folder) => [folder, layer])));
  const between = [...importsBetweenFolders()].filter(({ from, to }) => rank.has(from) && rank.has(to));
  expect(between.length).toBeGreaterThan(50);
  expect(between.filter(({ from, to }) => rank.get(to)! > rank.get(from)!)).toEqual([]);
});

/** What each file of the project imports from others, types too, tests left out. */
function importsByFile(): Map<string, string[]> {
  const files = ['model', 'reference-impl', 'properties'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return new Map(
    sources.map((file) => {
      const paths = readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+\.ts)'/g);
      return [file, [...paths].map(([, path]) => normalize(join(dirname(file), path!)))];
    }),
  );
}

test('no file imports itself by way of others', () => {
  const imports = importsByFile();
  expect(imports.size).toBeGreaterThan(300);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const begun = way.indexOf(file);
    if (begun >= 0) circles.push([...way.slice(begun), file].join(' → '));
    if (begun >= 0 || done.has(file)) return;
    for (const other of imports.get(file) ?? []) visit(other, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  expect(circles).toEqual([]);
});
