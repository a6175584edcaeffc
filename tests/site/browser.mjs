// Opens the browser, serves a folder on 127.0.0.1, and keeps what a page asked for and complained about.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Exit code that CTest reads as "skipped".
export const skipped = 77;

// Software drawing, no sandbox (the tests run as root in containers), and none of the browser's own traffic.
const flags = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader'
];

// What the tests need and do not find here; empty where all is there.
export function missing_tools(parts_dir) {
  const chromium = process.env.TENDIK_CHROMIUM || '/usr/bin/chromium';
  return [chromium, join(parts_dir, 'playwright-core', 'index.mjs'), join(parts_dir, 'maplibre-gl')]
    .filter((path) => !existsSync(path));
}

export async function launch(parts_dir) {
  const driver = join(resolve(parts_dir), 'playwright-core', 'index.mjs');
  const { chromium } = await import(pathToFileURL(driver).href);
  return chromium.launch({
    executablePath: process.env.TENDIK_CHROMIUM || '/usr/bin/chromium', args: ['--headless=new', ...flags]
  });
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.txt': 'text/plain' };

// Resolves to {address, close}; port chosen by the system.
export function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname));
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (path.includes('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': (types[extname(file)] || 'text/plain') + '; charset=utf-8' });
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({
      address: 'http://127.0.0.1:' + server.address().port + '/index.html', close: () => server.close()
    }));
  });
}

// A page whose errors and requests are written down: {page, errors, requests, failed}.
export async function watched_page(browser, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { page, errors: [], requests: [], failed: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('requestfailed', (request) => seen.failed.push(request.url()));
  page.on('response', (response) => {
    if (response.status() >= 400) seen.failed.push(response.url());
  });
  return seen;
}

export async function painted(page) {
  await page.waitForSelector('#map[data-state=painted]', { timeout: 60000 });
}
