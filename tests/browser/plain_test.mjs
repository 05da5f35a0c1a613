// plain_test.mjs - the pages work without script: report, follow, answer; and in black and white on paper.
import { openReader, signIn } from './lib/browser.mjs';
import { facts, fillReport, openTrack, sendReport } from './lib/finder.mjs';
import { withRole } from './lib/people.mjs';
import { test } from './lib/report.mjs';

async function reportWithoutScript(browser, base, complain) {
  const { context, page, errors } = await openReader(browser, base, { javaScriptEnabled: false });
  await page.goto('/ja/report/product');
  await fillReport(page, { ...facts, email: 'no-address' });
  await page.click('button[name=do][value=check]');
  const marked = await page.$$eval('[aria-invalid=true]', (es) => es.map((e) => e.name));
  if (marked.join() !== 'email') complain(`marked as wrong: ${marked.join()}, not email`);
  if ((await page.inputValue('[name=steps]')) !== facts.steps) complain('what was typed is lost with an error');
  const sent = await sendReport(page);
  const talk = 'スクリプトなしで書いた追記 <b>&amp;</b>';
  await openTrack(page, sent);
  await page.fill('[name=text]', talk);
  await page.click('#talk button.btn');
  if (!(await page.innerText('#talk')).includes(talk)) complain('the message is not in the conversation');
  if (page.url().includes(sent.key)) complain('the key is in the address');
  for (const e of errors) if (!/status of 422/.test(e)) complain(e);
  await context.close();
  return sent;
}

async function acceptWithoutScript(browser, base, sent, complain) {
  const { context, page } = await openReader(browser, base, { javaScriptEnabled: false });
  await signIn(page, withRole('reception', 'reception_lead'));
  await page.goto('/ja/reports');
  const row = page.locator('tr', { hasText: sent.receipt });
  if ((await row.count()) !== 1) complain('the report is not in the queue');
  await row.locator('a').first().click();
  if (!(await page.innerText('main')).includes(facts.product)) complain('its page does not show the product');
  await context.close();
}

async function wrongKey(browser, base, sent, complain) {
  const { context, page } = await openReader(browser, base, { javaScriptEnabled: false, locale: 'en' });
  await page.goto('/en/track');
  await page.fill('[name=receipt]', sent.receipt);
  await page.fill('[name=key]', sent.key.replace(/.$/, (c) => (c === '0' ? '1' : '0')));
  await page.press('[name=key]', 'Enter');
  const text = await page.innerText('main');
  if (!/key/i.test(text) || text.includes(facts.product)) complain(`a wrong key shows: ${text.slice(0, 200)}`);
  if ((await page.locator('[role=alert], .problems, #problems').count()) === 0) complain('nothing says that the key is wrong');
  await context.close();
}

async function onPaper(browser, base, complain) {
  const { context, page } = await openReader(browser, base);
  await page.goto('/ja/report');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
  const light = (c) => (c.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((a, b) => a + Number(b), 0);
  if (light(ink) > 200) complain(`text is printed in ${ink}`);
  if (paper !== 'rgba(0, 0, 0, 0)' && light(paper) < 700) complain(`the paper is printed ${paper}`);
  if (await page.locator('header nav, .noprint').first().isVisible().catch(() => false)) complain('navigation is printed');
  await context.close();
}

export default async function run(browser, { base }) {
  let sent;
  await test('a finder reports and follows without script, and keeps what was typed when something is wrong',
    async (complain) => { sent = await reportWithoutScript(browser, base, complain); });
  await test('reception finds the report in its queue and opens it without script',
    (complain) => acceptWithoutScript(browser, base, sent, complain));
  await test('a wrong key opens nothing and is called wrong', (complain) => wrongKey(browser, base, sent, complain));
  await test('printed pages are dark on light, without navigation, in dark mode, too', (complain) => onPaper(browser, base, complain));
}
