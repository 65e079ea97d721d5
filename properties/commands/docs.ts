import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { packageRoot } from '../../reference-impl/io/package-root.ts';
import { type Desk, interruptedCode, interruptible, jsonOption, wholeNumber } from './command.ts';
import { serveFolder } from './serve.ts';

/** Where `npm run site` puts it, and where the package has it. */
const SITE = join(packageRoot(), 'dist/site');

export function declareDocs(program: Command, { out, err, exit }: Desk): void {
  program
    .command('docs')
    .addOption(
      new Option('--port <number>', 'where; 0: at any port that is free')
        .default(0)
        .argParser(wholeNumber(0)),
    )
    .addOption(jsonOption())
    .action(async ({ port, json }: { port: number; json?: boolean }) => {
      if (!existsSync(join(SITE, 'index.html'))) {
        throw new InputError('the pages are not built (dist/site/); run `npm run site` first');
      }
      const { server, url } = await serveFolder(SITE, port);
      out.write(json ? `${JSON.stringify({ url })}\n` : `${url}\n`);
      if (!json) err.write('Ctrl-C ends it.\n');
      await interruptible(async (_, stopped) => {
        await once(stopped, 'abort');
        server.closeAllConnections();
        server.close();
      });
      exit(interruptedCode());
    });
}
