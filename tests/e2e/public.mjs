// public.mjs - what anybody can fetch, signed in or not: before publication nothing of a case,
// afterwards the advisory in both languages and nothing else.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import { must, short, test } from './runner.mjs';
import { binary } from './server.mjs';

const PAGES = ['', '/advisories', '/advisories.csv', '/advisories.json', '/feed.atom', '/statistics', '/about', '/policy', '/process',
  '/vendor-registration', '/machine-readable', '/report'];
const PLAIN = ['/sitemap.xml', '/robots.txt', '/healthz', '/readyz',
  '/api/v1/openapi.json', '/api/v1/advisories', '/api/v1/reports/fields/product'];
const enc = encodeURIComponent;

const CSAF = { '2.0': '/.well-known/csaf/v2.0/white', '2.1': '/.well-known/csaf/v2.1/clear' };

// The files follow what is committed by a moment; then all of them are of one generation.
async function csafIndex(server, folder, number) {
  for (const end = Date.now() + 120000; ;) {
    const r = await server.ask('GET', `${folder}/index.txt`);
    const lines = r.status === 200 ? r.text.trim().split('\n').filter((l) => l.includes(number)) : [];
    if (lines.length === 2) return lines;
    must(Date.now() < end, `${folder}/index.txt has no two documents of ${number}: ${r.status} ${short(r.text)}`);
    await new Promise((go) => setTimeout(go, 200));
  }
}

// As a provider's reader finds it: listed, valid by our own validator, its hash right, and the
// same as the command line builds.
async function checkCsaf(server, w, version, complain) {
  const number = w.advisory.number.replace(/\D/g, ''), folder = CSAF[version];
  for (const line of await csafIndex(server, folder, number)) {
    const lang = line.endsWith('-en.json') ? 'en' : 'ja';
    const doc = await server.ask('GET', `${folder}/${line}`), hash = await server.ask('GET', `${folder}/${line}.sha512`);
    const sum = crypto.createHash('sha512').update(doc.text).digest('hex');
    if (hash.text !== `${sum}  ${line.split('/')[1]}\n`) complain(`${line}: another hash: ${short(hash.text)}`);
    if (doc.headers['content-type'] !== 'application/json') complain(`${line}: ${doc.headers['content-type']}`);
    const title = JSON.parse(doc.text).document.title;
    if (title !== w.advisory[lang].title) complain(`${line}: titled ${title}`);
    const built = await server.run(['csaf', 'build', w.number, '--version', version, '--lang', lang]);
    if (built !== doc.text) complain(`${line} is not what the command line builds`);
    const told = spawnSync(binary, ['csaf', 'validate', '--json', '--profile', 'basic', '-'], { input: doc.text, encoding: 'utf8' });
    if (told.status !== 0) complain(`${line} is not valid: ${short(told.stdout + told.stderr)}`);
  }
  const feed = await server.ask('GET', `${folder}/csaf-feed-tlp-${folder.split('/').at(-1)}.json`);
  if (JSON.parse(feed.text).feed.entry.filter((e) => e.id.includes(number)).length !== 2) complain(`the feed lacks ${number}`);
}

// Everything public, and what searches for these words find.
async function fetchAll(server, words) {
  const paths = [...PLAIN];
  for (const lang of ['ja', 'en']) {
    for (const page of PAGES) paths.push(`/${lang}${page}`);
    for (const q of words) paths.push(`/${lang}/advisories?q=${enc(q)}`);
  }
  for (const q of words) paths.push(`/api/v1/search?q=${enc(q)}`);
  const got = {};
  await Promise.all(paths.map(async (p) => { got[p] = await server.ask('GET', p); }));
  return got;
}

// An answer to "is it there?" says the same as for what was never there, but for ids and times.
const plain = (r, number) => `${r.status} ${r.text.replaceAll(number, 'N').replace(/[0-9a-f]{16}/g, 'R').replace(/\d{2}:\d{2}(:\d{2})?/g, 'T')}`;

async function isAbsent(server, path, number, complain) {
  const never = '00000000';
  const [there, not] = await Promise.all([server.ask('GET', path(number)), server.ask('GET', path(never))]);
  if (there.status !== 404 || plain(there, number) !== plain(not, never)) complain(`${path(number)} is answered unlike what was never there: ${there.status}`);
}

// Nothing of a case is public: no mark of its texts, no number, no name, no CVE.
export async function checkNothing(server, w, complain) {
  const cve = w.demo.vulnerabilities[0].cve, title = w.demo.title;
  const words = [w.texts[0].mark, w.texts.at(-1).mark, cve, title.ja.slice(0, 12), title.en, w.number];
  const got = await fetchAll(server, words);
  for (const [path, r] of Object.entries(got)) {
    if (r.status !== 200) complain(`${path}: ${r.status}`);
    const asked = decodeURIComponent(path.split('?q=')[1] || '');
    const text = asked ? r.text.replaceAll(asked, '').replaceAll(enc(asked), '') : r.text;
    for (const t of w.texts) if (text.includes(t.mark)) complain(`${path} holds ${t.mark}, a text for ${t.audience}`);
    for (const word of [w.number, w.id, title.ja, title.en, cve]) if (asked !== word && text.includes(word)) complain(`${path} holds "${word}"`);
  }
  for (const folder of Object.values(CSAF)) {
    const index = await server.ask('GET', `${folder}/index.txt`);
    for (const word of [w.number, w.advisory?.number.replace(/\D/g, '')]) if (word && index.text.includes(word)) complain(`${folder}/index.txt holds ${word}`);
  }
  const numbers = [w.number, w.advisory?.number.replace(/\D/g, '')].filter(Boolean);
  for (const n of numbers)
    for (const path of [(x) => `/ja/advisories/${x}`, (x) => `/en/advisories/${x}`, (x) => `/api/v1/advisories/${x}`])
      await isAbsent(server, path, n, complain);
}

const sections = ['title', 'overview', 'affected', 'description', 'impact', 'solution', 'credit'];

// The advisory is there, in this language, with its sections, facts and vendors.
async function checkPage(server, w, lang, complain) {
  const number = w.advisory.number.replace(/\D/g, ''), other = lang === 'ja' ? 'en' : 'ja';
  const r = await server.ask('GET', `/${lang}/advisories/${number}`);
  must(r.status === 200, `/${lang}/advisories/${number}: ${r.status}`);
  const holds = (text) => { if (!r.text.includes(text)) complain(`/${lang}/advisories/${number} lacks "${text}"`); };
  for (const s of sections) holds(w.advisory[lang][s].match(/KX[A-Z]\d{4}Q/)[0]);
  for (const s of sections) if (r.text.includes(w.advisory[other][s].match(/KX[A-Z]\d{4}Q/)[0]) && s !== 'title') complain(`the ${lang} page holds the ${other} ${s}`);
  const v = w.demo.vulnerabilities[0];
  for (const fact of [`<html lang="${lang}"`, `hreflang="${other}"`, v.cve, v.cwe, '7.8', w.names.omron[lang], w.names.yokogawa[lang], w.demo.advisory[lang].references[0].url]) holds(fact);
  holds(lang === 'ja' ? '該当製品あり' : 'Affected');
  holds(lang === 'ja' ? '該当製品なし' : 'Not affected');
  const may = new Set(w.texts.filter((t) => t.audience === 'draft' || t.audience === 'draft_own').map((t) => t.mark));
  for (const mark of r.text.match(/KX[A-Z]\d{4}Q/g) || []) if (!may.has(mark)) complain(`the ${lang} page holds ${mark}, which was not for the portal`);
  if (r.text.includes(w.demo.report.finder.name)) complain('the finder, who wishes no name, is named');
  const list = await server.ask('GET', `/${lang}`), feed = await server.ask('GET', `/${lang}/feed.atom`), api = await server.ask('GET', `/api/v1/advisories/${number}`, { lang });
  const title = w.advisory[lang].title;
  if (!list.text.includes(title)) complain(`/${lang} does not list it`);
  if (!/application\/atom\+xml/.test(feed.headers['content-type']) || !feed.text.includes(title) || !feed.text.includes(`/${lang}/advisories/${number}`)) complain(`the ${lang} feed does not have it: ${short(feed.text)}`);
  if (!api.text.includes(title) || !api.text.includes(v.cve)) complain(`the API does not have it in ${lang}: ${short(api.text)}`);
}

export async function checkPublished(server, w, name) {
  for (const lang of ['ja', 'en'])
    await test(`${name}, case A: the public page, list, feed and API have it in ${lang}`, (complain) => checkPage(server, w, lang, complain));
  await test(`${name}, case A: it is found by its CVE, by two Japanese characters and by an English word`, async (complain) => {
    const number = w.advisory.number.replace(/\D/g, '');
    for (const [lang, q] of [['ja', w.demo.vulnerabilities[0].cve], ['ja', '境界'], ['en', 'CX-Programmer']]) {
      const page = await server.ask('GET', `/${lang}/advisories?q=${enc(q)}`), api = await server.ask('GET', `/api/v1/search?q=${enc(q)}`, { lang });
      if (!page.text.includes(`/${lang}/advisories/${number}`)) complain(`/${lang}/advisories?q=${q} does not find it`);
      if (!api.text.includes(number)) complain(`/api/v1/search?q=${q} does not find it: ${short(api.text)}`);
    }
    const secret = w.texts.find((t) => t.audience === 'internal').mark;
    const r = await server.ask('GET', `/api/v1/search?q=${secret}`);
    if (r.json.items?.length !== 0) complain(`a word of an internal text finds: ${short(r.text)}`);
  });
  for (const version of ['2.0', '2.1'])
    await test(`${name}, case A: its documents of CSAF ${version} are there, valid and the same by every door`, (complain) => checkCsaf(server, w, version, complain));
  await test(`${name}, case A: nothing else of it is public`, async (complain) => {
    const got = await fetchAll(server, []), may = new Set(w.texts.filter((t) => t.audience.startsWith('draft')).map((t) => t.mark));
    for (const [path, r] of Object.entries(got))
      for (const mark of r.text.match(/KX[A-Z]\d{4}Q/g) || []) if (!may.has(mark)) complain(`${path} holds ${mark}`);
  });
}
