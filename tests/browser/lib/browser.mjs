// browser.mjs - Debian's Chromium: contexts that watch for errors, sign-in, axe, weights.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { PASSWORD } from './people.mjs';
import { root } from './server.mjs';

const require = createRequire(path.join(root, 'build/browser/package.json'));
const { chromium } = require('playwright-core');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

// A reader of their own: {context, page, errors}.  What the console, the policy of the page or a failed
// request complains of is kept in errors.
export async function openReader(browser, base, options = {}) {
  const context = await browser.newContext({ baseURL: base, locale: 'ja-JP', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const errors = [];
  page.on('console', (m) => { if (m.type() === 'error') errors.push(`console: ${m.text()} (${m.location().url})`); });
  page.on('pageerror', (e) => errors.push(`script: ${e.message}`));
  page.on('requestfailed', (r) => { if (!/ERR_ABORTED/.test(r.failure()?.errorText ?? '')) errors.push(`request: ${r.url()} ${r.failure()?.errorText}`); });
  return { context, page, errors };
}

export async function signIn(page, login, lang = 'ja') {
  await page.goto(`/${lang}/sign-in`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.press('input[name=password]', 'Enter')]);
  if (/sign-in/.test(page.url())) throw new Error(`${login} could not sign in: ${await page.innerText('main')}`);
}

// What axe finds, one line each.  It runs by the debugger's door, which the page's policy does not govern.
export async function axe(page) {
  const found = await page.evaluate(`(async () => { if (!window.axe) { ${axeSource} } return (await axe.run(document, { resultTypes: ['violations'] })).violations
    .map((v) => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')); })()`);
  return found;
}

// How far the page is wider than the window, in CSS pixels, and what sticks out.
export const overflow = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return '';
  const out = [...document.querySelectorAll('main *, header *, footer *, nav *')].filter((e) => {
    for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return false;
    return e.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  });
  const name = (e) => `${e.tagName.toLowerCase()}${e.className ? '.' + String(e.className).split(' ').join('.') : ''}`;
  return `${wide}px too wide: ${out.slice(0, 3).map(name).join(', ')}`;
});

// One visit with empty caches: {response, wire, packed}.  wire: bytes that came, heads included; packed: what
// they would be with every body packed, which answers to somebody signed in are not.
export async function weigh(page, url) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  let wire = 0;
  const bodies = [];
  cdp.on('Network.loadingFinished', (e) => { wire += e.encodedDataLength; });
  const take = (r) => bodies.push(r.body().then((b) => gzipSync(b).length, () => 0));
  page.on('response', take);
  const response = await page.goto(url, { waitUntil: 'load' });
  page.off('response', take);
  await cdp.detach();
  const packed = (await Promise.all(bodies)).reduce((a, b) => a + b, 0);
  return { response, wire, packed };
}

// A picture of the whole page in the folder SHOTS, where one is named.
export async function shoot(page, name) {
  const folder = process.env.SHOTS;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
