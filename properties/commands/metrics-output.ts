import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../../model/input-error.ts';
import { isSameFile, refuseUnwritableFile, writeNamed } from '../../reference-impl/io/files.ts';
import type { OutputStream } from '../../reference-impl/io/output.ts';
import { OPENMETRICS_TYPE } from '../live/openmetrics.ts';

/** Where a monitoring system finds its figures. */
export interface MetricsFlags {
  /** A file that is written again and again. */
  readonly metrics?: string;
  /** How often, in ms. */
  readonly metricsInterval?: number;
  /** A port on this machine, or 0 for any that is free. */
  readonly metricsPort?: number;
}

const INTERVAL_MS = 15_000;
const LOOPBACK = '127.0.0.1';

/** @throws InputError when the file cannot be written, or is the log. */
export function refuseMetrics({ metrics }: MetricsFlags, log: string): void {
  if (metrics === undefined) return;
  if (log !== '-' && isSameFile(metrics, log)) {
    throw new InputError(`--metrics: ${metrics} would be written over the log; name another file`);
  }
  refuseUnwritableFile(metrics);
}

/**
 * Publishes figures until the end: in a file, which is there as a whole at any time, and on a port, at `/metrics`.
 *
 * @param text makes the figures as they are now.
 * @throws InputError when the port is taken.
 */
export async function publish(
  { metrics, metricsInterval, metricsPort }: MetricsFlags,
  text: () => string,
  err: OutputStream,
): Promise<{ end(): Promise<void> }> {
  const server = metricsPort === undefined ? null : await serve(metricsPort, text);
  if (server !== null) {
    const { port } = server.address() as AddressInfo;
    err.write(`xx: metrics at http://${LOOPBACK}:${port}/metrics\n`);
  }
  let failed = '';
  let writing: Promise<void> | null = null;
  const written = async (): Promise<void> => {
    try {
      await writeNamed(metrics!, text());
      failed = '';
    } catch (error) {
      // A full disk is no reason to stop judging; it is told once, until it has changed.
      if (!(error instanceof InputError)) throw error;
      if (error.message !== failed) err.write(`xx: --metrics: ${error.message}\n`);
      failed = error.message;
    }
  };
  /** One after the other: while a reader is slow there is no use in more of them. */
  const write = (): void => {
    writing ??= written().finally(() => {
      writing = null;
    });
  };
  if (metrics !== undefined) write();
  const timer = metrics === undefined ? undefined : setInterval(write, metricsInterval ?? INTERVAL_MS);
  return {
    async end() {
      clearInterval(timer);
      await writing;
      if (metrics !== undefined) await written();
      server?.close();
      server?.closeAllConnections();
    },
  };
}

/** Only this machine is answered: what stands there is nobody else's business, unless somebody passes it on. */
function serve(port: number, text: () => string): Promise<Server> {
  const server = createServer(({ method, url }, response) => {
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || url?.split('?')[0] !== '/metrics') {
      response.writeHead(isRead ? 404 : 405, { 'content-type': 'text/plain' }).end('GET /metrics\n');
      return;
    }
    response.writeHead(200, { 'content-type': OPENMETRICS_TYPE }).end(text());
  });
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(new InputError(`--metrics-port: port ${port} cannot be used (${error.code}); choose another`)),
    );
    server.listen(port, LOOPBACK, () => done(server));
  });
}
