// spine_test.mjs - one report by clicking, from the finder's form to the public page in both languages.
// Everybody has a window of their own; what waits for somebody is found in that person's inbox.
import { openReader, shoot, signIn } from './lib/browser.mjs';
import { facts, openTrack, sendReport } from './lib/finder.mjs';
import { inDepartment, personOf, withRole } from './lib/people.mjs';
import { test } from './lib/report.mjs';

const VENDOR = 'omron', VENDOR_NAME = 'オムロン株式会社';
const CVE = 'CVE-2022-43509', VECTOR = 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', CWE = 'CWE-787';
const title = { ja: 'CX-Programmer における境界外書き込みの脆弱性（試験）', en: 'Out-of-bounds write in CX-Programmer (test)' };
const people = {
  reception: withRole('reception', 'reception_lead'), coordinator: withRole('coordinator', 'coordinator_lead'),
  second: personOf('coordinator', (p) => p.roles.includes('coordinator') && !p.roles.includes('coordinator_lead')),
  ...Object.fromEntries(['poc', 'design', 'si_mfg', 'care', 'pr'].map((k) => [k, inDepartment(VENDOR, k)])),
};
const local = (ms) => new Date(Date.now() + 9 * 3600e3 + ms).toISOString().slice(0, 16); // as the form has it, in Japan's time

const product = { name: 'CX-Programmer', versions: 'Ver.9.78 およびそれ以前', status: 'affected' };
// SI of both sides is one department there, and signs once.  Who answers which step in that order, and what is chosen; texts that are required are filled in.
const beforeDraft = [
  ['coordinator', '1.1', { vendors: [VENDOR_NAME] }], ['coordinator', '1.2.1'],
  ['poc', '1.3.1', { spread: ['design'] }], ['design', '1.3.1', { details: 'yes' }], ['poc', '1.4.1'], ['coordinator', '1.5.1'],
  ['poc', '1.5.2', { spread: ['design'] }], ['design', '2.1.1', { reproduced: 'yes' }], ['design', '2.2.1', { cwe: CWE, avoidable: 'no' }],
  ['design', '2.4.1', { affected: 'yes', products: [product] }], ['design', '2.5.1', { trigger: 'medium', difficulty: 'low', vector: VECTOR }],
  ['poc', '2.6.1', { status: 'affected', products: [product] }], ['poc', '3.1.1'], ['design', '3.1.1'], ['si_mfg', '3.1.1'],
  ['coordinator', '3.1.1', { agree: 'yes' }],
  ...['3.2.1', '3.2.2'].flatMap((step) => ['design', 'si_mfg', 'care'].map((who) => [who, step])),
  ['design', '3.3.1', { verified: 'yes' }], ['poc', '4.1.1', { customers: 'unspecified', publish: 'yes' }], ['care', '4.1.1'], ['poc', '4.1.2'],
  ['poc', '4.2.1'], ['coordinator', '4.2.1', { agree: 'no' }],
  ['poc', '4.4.1', { date: () => local(7 * 86400e3) }], ['pr', '4.4.1'], ['coordinator', '4.4.1', { agree: 'yes' }], ['poc', '4.4.2'],
];

const told = '公表したことをお知らせします。';
const agreement = [['poc', '5.2.1', { agree: 'yes' }], ['poc', '5.1.1', { url: 'https://www.fa.omron.example/security/' }], ['pr', '5.1.1']];
const afterwards = [['reception', '5.2.3', { message: told }]];

async function fill(page, form, given) {
  for (const e of await form.locator('textarea[required]').all()) if (!(await e.inputValue())) await e.fill('試験のための本文です。');
  for (const [name, value] of Object.entries(given)) await put(page, form, name, typeof value === 'function' ? value() : value);
}

async function put(page, form, name, value) {
  if (name === 'products') return fillProducts(form, value);
  const e = form.locator(`[name="${name}"]`).first(), type = (await e.getAttribute('type')) ?? (await e.evaluate((x) => x.tagName));
  if (type === 'checkbox') {
    for (const v of [value].flat())
      await form.locator(`input[name="${name}"][value="${v}"], label:has-text("${v}") input[name="${name}"]`).or(form.getByLabel(v, { exact: false })).first().check();
  } else if (type === 'radio') await form.locator(`input[name="${name}"][value="${value}"]`).check();
  else if (type === 'SELECT') await e.selectOption(value);
  else await e.fill(value);
  return undefined;
}

async function fillProducts(form, rows) {
  for (const [i, row] of rows.entries())
    for (const [column, value] of Object.entries(row)) {
      const e = form.locator(`[name="products.${i}.${column}"], [name="products-${i}-${column}"], [name="products_${i}_${column}"]`).first();
      if ((await e.evaluate((x) => x.tagName)) === 'SELECT') await e.selectOption(value); else await e.fill(value);
    }
}

async function submit(page, form, button = form.locator('button.btn').first()) {
  await button.click();
  await page.waitForLoadState();
  const wrong = page.locator('#problems, .errors');
  if ((await wrong.count()) > 0) throw new Error(`${page.url()}: ${await wrong.first().innerText()}`);
}

// Opens the step in the person's inbox, answers or signs it; complains when it stays there.
async function answer(desks, number, [who, step, given = {}]) {
  const page = await desks(who);
  await page.goto('/ja/inbox');
  const row = page.locator('tr', { hasText: number }).getByRole('link', { name: new RegExp(`^${step.replaceAll('.', '\\.')} `) }).first();
  if ((await row.count()) === 0) {
    await page.goto(`/ja/cases/${number}`);
    throw new Error(`${who} is not asked for ${step}: ${(await page.innerText('main')).slice(0, 1500)}`);
  }
  await row.click();
  const form = (await page.locator('form#answer').count()) > 0 ? page.locator('form#answer') : page.locator('main form[action$="/sign"]');
  await fill(page, form, given);
  await shoot(page, `spine-${step}-${who}`);
  await submit(page, form);
}

function desksOf(browser, base) {
  const open = new Map();
  const desks = async (who) => {
    if (!open.has(who)) {
      const reader = await openReader(browser, base);
      await signIn(reader.page, people[who]);
      open.set(who, reader);
    }
    return open.get(who).page;
  };
  desks.close = async () => { for (const r of open.values()) await r.context.close(); };
  return desks;
}

async function accept(desks, sent) {
  const page = await desks('reception');
  await page.goto('/ja/reports');
  await page.locator('tr', { hasText: sent.receipt }).locator('a').first().click();
  await page.getByRole('link', { name: '受理する' }).click();
  const form = page.locator('form', { has: page.locator('[name=complete]') });
  for (const name of ['complete', 'consistent', 'in_scope', 'vulnerability', 'unknown']) await form.locator(`[name=${name}]`).first().check();
  for (const e of await form.locator('textarea').all()) await e.fill('受理の試験です。');
  await form.locator('button.btn').first().click();
  await page.waitForLoadState();
  if ((await page.locator('.errors').count()) > 0) throw new Error(await page.innerText('.errors'));
  const link = await page.locator('main a[href*="/cases/"]').first().getAttribute('href');
  return /cases\/(\d+)/.exec(link)[1];
}

async function setTitle(desks, number) {
  const page = await desks('coordinator');
  await page.goto(`/ja/cases/${number}`);
  await page.locator('#manage a[href$="/title"]').click();
  const form = page.locator('main form[action$="/title"]');
  await form.locator('[name=title_ja]').fill(title.ja);
  await form.locator('[name=title_en]').fill(title.en);
  await submit(page, form);
}

async function addVulnerability(desks, number) {
  const page = await desks('coordinator');
  await page.goto(`/ja/cases/${number}/vulnerabilities`);
  const form = page.locator('main form').first();
  await form.locator('[name=cve]').fill(CVE);
  await form.locator('[name=cwe]').fill(CWE);
  await form.locator('[name="vectors.0.vector"]').fill(VECTOR);
  await submit(page, form);
}

const text = {
  title: [title.ja, title.en],
  overview: ['CX-Programmer には、境界外書き込みの脆弱性があります。', 'CX-Programmer contains an out-of-bounds write vulnerability.'],
  affected: ['- CX-Programmer Ver.9.78 およびそれ以前', '- CX-Programmer Ver.9.78 and earlier'],
  description: [`境界外書き込み（${CWE}）の脆弱性（${CVE}）があります。`, `There is an out-of-bounds write (${CWE}, ${CVE}).`],
  impact: ['細工されたファイルを開くと、コードが実行される可能性があります。', 'Opening a crafted file may run code.'],
  solution: ['開発者の情報をもとに、最新版に更新してください。', 'Update to the latest version, as the developer tells.'],
};

async function draft(desks, number) {
  const page = await desks('coordinator');
  await page.goto(`/ja/cases/${number}/advisory`);
  const form = page.locator('form', { has: page.locator('[name="ja.title"]') });
  for (const [part, [ja, en]] of Object.entries(text)) {
    await form.locator(`[name="ja.${part}"]`).fill(ja);
    await form.locator(`[name="en.${part}"]`).fill(en);
  }
  await submit(page, form, form.locator('button[name=do][value=ask]'));
}

async function bringForward(desks, number) {
  const page = await desks('coordinator');
  await page.goto(`/ja/cases/${number}`);
  await page.locator('#manage a[href$="/date"]').click();
  const form = page.locator('main form[action$="/date"]');
  await form.locator('[name=date]').fill(local(0));
  await form.locator('[name=reason]').fill('ほかで公表されたため、公表日を早めます。');
  await submit(page, form);
}

// One coordinator plans both languages; the other finds them in the inbox, looks, and approves.
async function planRelease(desks, number) {
  const page = await desks('coordinator');
  await page.goto('/ja/inbox');
  await page.locator('tr', { hasText: number }).getByRole('link', { name: /^5\.2\.2 / }).click();
  await page.locator('#step').getByRole('link', { name: '公表計画へ' }).click();
  for (const lang of ['ja', 'en']) {
    await page.locator(`#new-${lang}-first summary`).click();
    await submit(page, page.locator(`#new-${lang}-first form`));
  }
  await shoot(page, 'spine-plan');
  if ((await page.getByRole('button', { name: 'この公表を承認する' }).count()) > 0) throw new Error('who planned may approve');
}

async function approveRelease(desks, number) {
  const page = await desks('second');
  for (const lang of ['英語', '日本語']) {
    await page.goto('/ja/inbox');
    await shoot(page, `spine-approval-${lang}`);
    await page.locator('#approvals tr', { hasText: number }).getByRole('link', { name: new RegExp(`^${lang}`) }).click();
    const plan = page.locator('section.sec:target');
    await plan.locator('details', { hasText: '読む人に見える内容' }).locator('summary').first().click();
    await shoot(page, `spine-dry-${lang}`);
    await submit(page, plan, plan.getByRole('button', { name: 'この公表を承認する' }));
  }
  await page.goto('/ja/inbox');
  if ((await page.locator('#approvals tr', { hasText: number }).count()) > 0) throw new Error('what was approved waits still');
}

// The server looks every second.
async function released(desks, number) {
  const page = await desks('coordinator');
  for (let i = 0; i < 300; i++) {
    await page.goto(`/ja/cases/${number}/release`);
    if ((await page.locator('section', { has: page.locator('#h-past') }).getByText('公表済み').count()) >= 2) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`not released in 60 s: ${(await page.innerText('main')).slice(0, 1500)}`);
}

async function nothingPublic(browser, base, complain) {
  const { context, page } = await openReader(browser, base);
  for (const url of [`/ja/advisories?q=${CVE}`, '/ja/', '/en/']) {
    await page.goto(url);
    const seen = await page.innerText('body');
    if (seen.includes(title.ja) || seen.includes(title.en)) complain(`${url} shows the title before the release`);
  }
  await context.close();
}

async function isPublic(browser, base, complain) {
  const { context, page, errors } = await openReader(browser, base);
  for (const [at, lang] of ['ja', 'en'].entries()) {
    await page.goto(`/${lang}/`);
    await page.getByRole('link', { name: title[lang] }).first().click();
    const seen = await page.innerText('main');
    for (const part of ['title', 'overview', 'impact', 'solution']) if (!seen.includes(text[part][at])) complain(`the page in ${lang} lacks its ${part}`);
    await shoot(page, `spine-public-${lang}`);
    if (!seen.includes(CVE)) complain(`the page in ${lang} lacks ${CVE}`);
    if (await page.innerText('html').then((t) => t.includes(facts.steps))) complain('the finder\'s steps are public');
  }
  for (const e of errors) complain(e);
  await context.close();
}

export default async function run(browser, { base }) {
  const desks = desksOf(browser, base);
  const finder = await openReader(browser, base);
  let sent, number;
  await test('the finder reports, and reception accepts: a case is open', async () => {
    sent = await sendReport(finder.page, 'ja', { ...facts, product: 'CX-Programmer Ver.9.78' });
    number = await accept(desks, sent);
  });
  await test('everybody finds what waits in the inbox, and answers it, up to the agreed date', async () => {
    for (const act of beforeDraft) await answer(desks, number, act);
  });
  await test('the coordinator titles the case, records the vulnerability and drafts the advisory in both languages', async () => {
    await setTitle(desks, number);
    await addVulnerability(desks, number);
    await draft(desks, number);
  });
  await test('the vendor agrees to the text, and nothing is public before the release', async (complain) => {
    for (const act of agreement) await answer(desks, number, act);
    await nothingPublic(browser, base, complain);
  });
  await test('one coordinator plans, another approves, the server releases: everybody reads it in both languages', async (complain) => {
    await bringForward(desks, number);
    await planRelease(desks, number);
    await nothingPublic(browser, base, complain);
    await approveRelease(desks, number);
    await released(desks, number);
    for (const act of afterwards) await answer(desks, number, act);
    await isPublic(browser, base, complain);
  });
  await test('the finder is told, and reads it with the key', async (complain) => {
    await openTrack(finder.page, sent);
    const text = await finder.page.innerText('main');
    if (!text.includes(told)) complain(`the finder reads: ${text.slice(0, 600)}`);
    for (const e of finder.errors) complain(e);
  });
  await desks.close();
}
