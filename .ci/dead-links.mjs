// Fails when a page of a directory links to a file that is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [root] = process.argv.slice(2);
const dead = readdirSync(root, { recursive: true })
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .filter((target) => !existsSync(join(root, dirname(page), target.split('#')[0])))
      .map((target) => `${page}: ${target}`);
  });
for (const link of dead) console.error(`dead link: ${link}`);
process.exit(dead.length > 0 ? 1 : 0);
