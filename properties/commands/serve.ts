import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { InputError } from '../../model/input-error.ts';

/** Nobody but this computer is served. */
const LOOPBACK = '127.0.0.1';
const LAST_PORT = 65_535;

/**
 * Serves the files of a folder, and nothing else, to this computer.
 *
 * @param port where; 0: at any port that is free.
 * @throws InputError when the port cannot be had.
 */
export async function serveFolder(folder: string, port: number): Promise<{ server: Server; url: string }> {
  if (port > LAST_PORT) throw new InputError(`--port: expected at most ${LAST_PORT}, got ${port}`);
  // What is built anew meanwhile is served as it is.
  const files = sirv(folder, { dev: true, onNoMatch: sayNotFound });
  const server = createServer((request, response) => {
    const own = ownAddress(folder, request.url ?? '/');
    if (own === null) files(request, response);
    else response.writeHead(302, { Location: own }).end();
  });
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new InputError(`--port: ${port} cannot be had (${codeOf(error)}); --port 0 takes one that is free`);
  }
  return { server, url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/` };
}

/**
 * Where a page stands that would be found at this address too, but whose relative links lead astray from there:
 * `/rules/` for `/rules.html`, and `/charts` for `/charts/`. Null where nothing is to be put right.
 */
function ownAddress(folder: string, url: string): string | null {
  const [path = '', ...query] = url.split('?');
  const bare = /^((?:\/[\w-][\w.-]*)+)(\/*)$/.exec(path);
  if (bare === null) return null;
  const [, name, slashes] = bare;
  const has = (file: string): boolean => existsSync(join(folder, file));
  const to = (own: string): string => [own, ...query].join('?');
  if (slashes === '') {
    return !has(`${name}.html`) && has(`${name}/index.html`) ? to(`${name}/`) : null;
  }
  if (has(`${name}/index.html`)) return null;
  if (has(`${name}.html`)) return to(`${name}.html`);
  return name!.endsWith('.html') && has(name!) ? to(name!) : null;
}

const NOT_FOUND = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No such page – XX</title>
<h1>There is no such page</h1>
<p><a href="/">The first page</a> has a search and a menu.</p>
</html>
`;

function sayNotFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/html;charset=utf-8' }).end(NOT_FOUND);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
