// pages_test.mjs - every page that somebody can reach by links: it works, fits, is light and open to all.
import { axe, openReader, overflow, shoot, signIn, weigh } from './lib/browser.mjs';
import { inDepartment, withRole } from './lib/people.mjs';
import { test } from './lib/report.mjs';

const WEIGHT = 60_000; // bytes, packed, of all that a first visit loads
const readers = {
  public: null,
  reception: withRole('reception', 'reception'),
  coordinator: withRole('coordinator', 'coordinator'),
  overseas: withRole('cert-overseas', 'overseas'),
  poc: inDepartment('yokogawa', 'poc'),
  design: inDepartment('mitsubishi', 'design'),
  admin: withRole('coordinator', 'administrator'),
  auditor: withRole('coordinator', 'auditor'),
  operator: withRole('mihon-library', 'operator'),
};
const isId = /^([0-9a-f]{8}-[0-9a-f-]{27}|\d{4,}|[A-Z]+#?\d+|[A-Za-z0-9_-]{20,})$/;
// What looks alike whoever is signed in, and is looked at once.
const sameForAll = /^\/(account|report|notify|organisations?)(\/|$)/;
// One kind of page, whichever case, person or number it is about.
const isNamed = /^(to|vendors|organisations|orgs|people|settings)$/;
const kindOf = (u) => u.pathname.replace(/^\/(ja|en)(?=\/|$)/, '').split('/').map((s, i, all) => (isId.test(s) || /\d/.test(s) || isNamed.test(all[i - 1] ?? '') ? '{}' : s)).join('/') || '/';
const isFile = (u) => /\.(csv|json|svg|xml|atom|txt)$/.test(u.pathname) || /\/(feed|files|attachments|static)(\/|$)/.test(u.pathname);

async function linksOf(page, base) {
  const hrefs = await page.$$eval('a[href]', (as) => as.map((a) => a.href));
  return hrefs.map((h) => new URL(h)).filter((u) => u.origin === base);
}

// Windows between a phone's and a desk's: no page is wider than these, either.
async function narrow(page, says) {
  for (const width of [1280, 1100, 820]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await overflow(page);
    if (wide) says(`at ${width}: ${wide}`);
  }
}

async function look(reader, name, kind, url, complain) {
  const { page, errors } = reader;
  errors.length = 0;
  const says = (why) => complain(`${url.pathname}${url.search}: ${why}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  const { response, wire, packed } = await weigh(page, url.href);
  if (!response || response.status() !== 200) { says(`answered ${response?.status()}`); return []; }
  const weight = name === 'public' ? wire : packed;
  if (weight > WEIGHT) says(`weighs ${weight} bytes`);
  const links = await linksOf(page, url.origin);
  for (const v of await axe(page)) says(`axe, ja, light, 1280: ${v}`);
  await shoot(page, fileOf(name, kind, 'ja-light-1280'));
  // what is published in Japanese alone offers no English
  const english = await page.$eval('a[hreflang=en]', (a) => a.href).catch(() => '');
  if (english) {
    const en = await page.goto(english);
    if (en.status() !== 200) says(`in English answered ${en.status()}`);
  } else if (!/^\/ja\/advisories\/./.test(url.pathname)) {
    says('offers no English');
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await narrow(page, says);
  await page.setViewportSize({ width: 360, height: 800 });
  const wide = await overflow(page);
  if (wide) says(wide);
  for (const v of await axe(page)) says(`axe, en, dark, 360: ${v}`);
  await shoot(page, fileOf(name, kind, 'en-dark-360'));
  for (const e of errors) says(e);
  return links;
}

const fileOf = (name, kind, how) => `${name}-${kind.replaceAll('/', '_').replaceAll('{}', 'X')}-${how}`;

// Where those who are signed in begin; the rest is reached from there.
const starts = (base) => ['/ja/inbox', '/ja/cases', '/ja/account'].map((p) => new URL(base + p));

// known: kinds of pages that need not be looked at again.
async function crawl(reader, base, name, known, complain) {
  const seen = new Map(), files = new Map();
  const open = known.size > 0 ? starts(base) : [new URL(base + '/ja/')];
  let visits = 0;
  while (open.length > 0) {
    const url = open.shift();
    if (!/^\/(ja|en)(\/|$)/.test(url.pathname) && !isFile(url)) continue;
    url.hash = '';
    const act = url.searchParams.get('act');
    const kind = kindOf(url) + (act ? `?act=${act}` : '');
    const store = isFile(url) ? files : seen;
    if (store.has(kind) || known.has(kind) || /sign-out/.test(kind)) continue;
    store.set(kind, url);
    if (isFile(url)) {
      const got = await reader.context.request.get(url.href);
      if (got.status() !== 200) complain(`${url.pathname}${url.search}: answered ${got.status()}`);
      continue;
    }
    visits++;
    open.push(...(await look(reader, name, kind, new URL(url.href.replace(/\/en(?=\/|$)/, '/ja')), complain)));
  }
  return { visits, seen };
}

export default async function run(browser, { base }) {
  const known = new Map();
  for (const [name, login] of Object.entries(readers))
    await test(`every page that ${name} can reach works, fits a phone, is light and open to all`, async (complain) => {
      const reader = await openReader(browser, base);
      if (login) await signIn(reader.page, login);
      const { visits, seen } = await crawl(reader, base, name, known, complain);
      for (const [kind, url] of seen) if (name === 'public' || sameForAll.test(kind)) known.set(kind, url);
      if (visits < 3) complain(`only ${visits} pages were found`);
      console.log(`  ${name}: ${visits} kinds of page`);
      await reader.context.close();
    });
}
