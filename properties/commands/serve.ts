import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => files(request, response));
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new InputError(`--port: ${port} cannot be had (${codeOf(error)}); --port 0 takes one that is free`);
  }
  return { server, url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/` };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
