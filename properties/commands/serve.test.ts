import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from './serve.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-serve-'));
let served: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  writeFileSync(join(home, 'index.html'), '<title>first</title>');
  writeFileSync(join(home, 'rules.html'), 'all rules');
  for (const folder of ['rules', 'charts']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'rules/kill-iff.html'), 'one rule');
  writeFileSync(join(home, 'charts/index.html'), 'all charts');
  served = await serveFolder(home, 0);
});
afterAll(() => {
  served.server.close();
  rmSync(home, { recursive: true, force: true });
});

/** What the server says to a request line as it stands, which no client would send. */
function askRaw(path: string): Promise<string> {
  const { hostname, port } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('a folder that is served', () => {
  test('is served to this computer only, as pages', async () => {
    expect(served.server.address()).toMatchObject({ address: '127.0.0.1' });
    const answer = await fetch(served.url);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toBe('<title>first</title>');
  });

  test('has what was built anew meanwhile', async () => {
    writeFileSync(join(home, 'late.html'), 'late');
    expect(await (await fetch(`${served.url}late.html`)).text()).toBe('late');
  });

  test.each(['/nothing.html', '/../../../../etc/hostname', '/..%2f..%2f..%2f..%2fetc/hostname', '/%'])(
    'has nothing at %s',
    async (path) => {
      expect(await askRaw(path)).toMatch(/^HTTP\/1.1 404 /);
    },
  );

  test('says that nothing is there with a page that leads home', async () => {
    const answer = await fetch(`${served.url}rules/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html;charset=utf-8');
    expect(await answer.text()).toContain('<a href="/">');
  });

  test.each([
    ['rules', 'rules', 'all rules'],
    ['rules/', 'rules.html', 'all rules'],
    ['rules/?a=b', 'rules.html?a=b', 'all rules'],
    ['rules.html/', 'rules.html', 'all rules'],
    ['rules/kill-iff/', 'rules/kill-iff.html', 'one rule'],
    ['charts', 'charts/', 'all charts'],
    ['charts/', 'charts/', 'all charts'],
  ])('has %s at %s, where relative links lead to what is there', async (asked, at, text) => {
    const answer = await fetch(`${served.url}${asked}`);
    expect(answer.url).toBe(`${served.url}${at}`);
    expect(await answer.text()).toBe(text);
  });

  test.each(['//rules/', '/\\rules/'])('sends nobody who asks for %s to another host', async (path) => {
    expect(await askRaw(path)).not.toContain('Location');
  });

  test('is refused a port that another has, with what to type next', async () => {
    const { port } = new URL(served.url);
    await expect(serveFolder(home, Number(port))).rejects.toThrow(
      `--port: ${port} cannot be had (EADDRINUSE); --port 0 takes one that is free`,
    );
    await expect(serveFolder(home, 65_536)).rejects.toThrow('--port: expected at most 65535, got 65536');
  });
});
