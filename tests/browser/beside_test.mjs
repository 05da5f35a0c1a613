// beside_test.mjs - a page of another origin, as a CSAF editor's: it reads the provider, asks for a validation
// where the operator lets it, and gets at nothing else.
import http from 'node:http';
import { openReader, signIn } from './lib/browser.mjs';
import { withRole } from './lib/people.mjs';
import { test } from './lib/report.mjs';

const body = {
  tests: [{ type: 'test', name: 'csaf_2_0_strict' }, { type: 'preset', name: 'mandatory' }],
  document: { document: { category: 'csaf_base', csaf_version: '2.0' } },
};

async function otherOrigin() {
  const server = http.createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end('<!doctype html><html lang="en"><title>An editor</title>');
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

// What a script of the page gets: status and text, or that the browser keeps it from it.
const ask = (page, url, options) => page.evaluate(async ([where, how]) => {
  try {
    const answer = await fetch(where, how);
    return { status: answer.status, text: await answer.text() };
  } catch (e) { return { kept: e.name }; }
}, [url, options]);

const validate = (page, base) => ask(page, `${base}/api/v1/validate`,
  { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function letOrigin(page, origin) {
  await page.goto('/en/settings');
  const field = page.locator('[name=validator_origins]');
  await field.fill(origin);
  await Promise.all([page.waitForNavigation(), field.locator('xpath=ancestor::form').locator('button').first().click()]);
}

export default async function run(browser, { base }) {
  const { server, origin } = await otherOrigin();
  const editor = await openReader(browser, origin);
  const admin = await openReader(browser, base);
  await editor.page.goto('/');
  await signIn(admin.page, withRole('coordinator', 'administrator'));
  await test('a page of another origin reads the provider, and nothing that is inside', async (complain) => {
    const metadata = await ask(editor.page, `${base}/.well-known/csaf/provider-metadata.json`);
    if (metadata.status !== 200 || !JSON.parse(metadata.text).publisher) complain(`the metadata: ${JSON.stringify(metadata)}`);
    const feed = JSON.parse(metadata.text).distributions.flatMap((d) => d.rolie?.feeds ?? [])[0].url;
    const read = await ask(editor.page, base + new URL(feed).pathname); // it names the address of the demo
    if (read.status !== 200 || JSON.parse(read.text).feed.entry.length < 1) complain(`the feed ${feed}: ${JSON.stringify(read).slice(0, 200)}`);
    for (const inside of ['/api/v1/cases', '/en/inbox', '/en/sign-in']) {
      const kept = await ask(editor.page, base + inside, { credentials: 'include' });
      if (!kept.kept) complain(`${inside} is read: ${JSON.stringify(kept).slice(0, 200)}`);
    }
  });
  await test('it validates where the operator lets its origin, and not before', async (complain) => {
    const before = await validate(editor.page, base);
    if (!before.kept) complain(`it was not let, and gets ${JSON.stringify(before).slice(0, 200)}`);
    await letOrigin(admin.page, origin);
    const { status, text } = await validate(editor.page, base);
    const said = JSON.parse(text ?? 'null');
    if (status !== 200 || said?.isValid !== false) complain(`let, it gets ${status}: ${(text ?? '').slice(0, 200)}`);
    const schema = said?.tests.find((t) => t.name === 'csaf_2_0_strict');
    if (!schema?.errors.some((e) => e.instancePath === '/document')) complain(`nothing is missed in /document: ${JSON.stringify(schema)}`);
    await letOrigin(admin.page, 'https://editor.example');
    if (!(await validate(editor.page, base)).kept) complain('another origin alone is let, and it gets an answer');
  });
  await editor.context.close();
  await admin.context.close();
  server.close();
}
