import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * A package has neither the sources nor the tests that pages link to, and needs neither the scripts nor the tools of this
 * project. `npm pack` packs what stands here, so afterwards a copy without all that is packed over it. Nothing in the
 * project is changed, whenever this is interrupted.
 */
if (process.env.npm_config_dry_run !== 'true') {
  const copy = mkdtempSync(join(tmpdir(), 'xx-pack-'));
  try {
    pack(copy, resolve(process.env.npm_config_pack_destination || '.'));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function pack(copy, destination) {
  const [{ files }] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts'));
  for (const { path } of files) cpSync(path, join(copy, path));
  for (const { path } of files.filter(({ path }) => path.endsWith('.md'))) {
    const page = join(copy, path);
    writeFileSync(page, withoutDeadLinks(dirname(page), readFileSync(page, 'utf8')));
  }
  const { scripts, devDependencies, ...described } = JSON.parse(readFileSync('package.json', 'utf8'));
  writeFileSync(join(copy, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
  const [{ filename, integrity }] = JSON.parse(
    npm('pack', copy, '--json', '--pack-destination', destination),
  );
  console.error(`${filename}: packed again without dead links, scripts and tools (${integrity})`);
}

/** Links to what is not in the package become the text that they have. */
function withoutDeadLinks(directory, text) {
  return text.replace(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g, (link, words, target) => {
    if (/^(?:[a-z]+:|#)/.test(target)) return link;
    return existsSync(join(directory, target.split('#')[0])) ? link : words;
  });
}

function npm(...argv) {
  // What npm was told of this pack is not meant for another.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  return execFileSync('npm', argv, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] });
}
