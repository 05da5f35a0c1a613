// keyboard_test.mjs - everything is reached and done by keyboard, in reading order, with the place in sight.
import { openReader } from './lib/browser.mjs';
import { facts } from './lib/finder.mjs';
import { PASSWORD, withRole } from './lib/people.mjs';
import { test } from './lib/report.mjs';

const focused = (page) => page.evaluate(() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    what: e.name || e.id || e.textContent.trim().slice(0, 40), tag: e.tagName, href: e.getAttribute('href') ?? '', value: e.value,
    ring: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none',
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
});

// Presses Tab until found; complains of places without a ring or out of sight on the way.
async function tabTo(page, found, complain, most = 150) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.tag === 'BODY') continue;
    if (!at.ring) complain(`${page.url()}: ${at.tag} ${at.what} shows no ring`);
    if (!at.inSight) complain(`${page.url()}: ${at.tag} ${at.what} is out of sight`);
    if (found(at)) return at;
  }
  throw new Error(`${page.url()}: ${found} was not reached by Tab`);
}

async function skipLink(page, complain) {
  await page.goto('/ja/report');
  await page.keyboard.press('Tab');
  const first = await focused(page);
  if (first.href !== '#main') complain(`the first place is ${first.what}, not the link to the content`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  if (!(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)))) complain('after the skip link, Tab is not in the content');
}

async function reportByKeys(page, complain) {
  await page.goto('/en/report/product');
  const named = (name) => (at) => at.what === name;
  for (const name of ['name', 'email', 'product', 'environment', 'steps', 'result']) {
    await tabTo(page, named(name), complain);
    await page.keyboard.type(facts[name].replace('\n', ' '));
  }
  for (const name of ['tell_vendor', 'direct_contact', 'publish_name']) {
    await tabTo(page, named(name), complain);
    await page.keyboard.press('Space');
  }
  await tabTo(page, named('told_others'), complain);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, named('personal_data'), complain);
  await page.keyboard.press('Space');
  await tabTo(page, (at) => at.tag === 'BUTTON' && at.value === 'check', complain);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tabTo(page, (at) => at.tag === 'BUTTON' && at.value === 'send', complain);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  if ((await page.locator('#receipt-key').count()) !== 1) complain(`no receipt: ${(await page.innerText('main')).slice(0, 300)}`);
}

async function signInByKeys(page, complain) {
  await page.goto('/en/sign-in');
  await tabTo(page, (at) => at.what === 'login', complain);
  await page.keyboard.type(withRole('coordinator', 'coordinator_lead'));
  await tabTo(page, (at) => at.what === 'password', complain);
  await page.keyboard.type(PASSWORD);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const answer = await page.goto('/en/cases');
  if (answer.status() !== 200) throw new Error(`the list of cases answered ${answer.status()}`);
  await tabTo(page, (at) => /\/cases\/[^/?]+$/.test(at.href), complain);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  if (!/\/cases\/[^/]+$/.test(page.url())) complain(`Enter led to ${page.url()}`);
  await tabTo(page, (at) => /TEXTAREA|BUTTON|INPUT/.test(at.tag) && at.what !== 'q', complain, 400);
}

export default async function run(browser, { base }) {
  const { context, page } = await openReader(browser, base);
  await test('the first Tab leads past the navigation to the content', (complain) => skipLink(page, complain));
  await test('a report is handed in by keyboard alone', (complain) => reportByKeys(page, complain));
  await test('one signs in, opens a case and reaches what it asks by keyboard alone', (complain) => signInByKeys(page, complain));
  await context.close();
}
