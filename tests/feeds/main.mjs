// main.mjs - every feed of the demo portal, read by three programs that are not ours: what they
// read is what the portal says of each advisory.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, startServer } from '../browser/lib/server.mjs';
import { sums, test } from '../browser/lib/report.mjs';

const require = createRequire(path.join(root, 'build/feeds/package.json'));
const RssParser = require('rss-parser');
const { parseFeed } = require('feedsmith');

const MYJVN = '/myjvn?method=getVulnOverviewList&feed=hnd&rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n&lang=';
// rss: with the members of JVNRSS; some: only the newest, or those of one kind;
// plain: without scores.
const feeds = (lang) => [
  { name: 'file feed of changes (JVNRSS 2.0)', at: `/${lang}/rss/jvndb.rdf`, rss: true },
  { name: 'file feed of new entries (JVNRSS 2.0)', at: `/${lang}/rss/jvndb_new.rdf`, rss: true, some: true },
  { name: 'own feed of advisories (RSS 1.0)', at: `/${lang}/rss/jvn.rdf`, rss: true, some: true, plain: true },
  { name: 'answer of the API (JVNRSS 3.2)', at: `${MYJVN}${lang}`, rss: true },
  { name: 'Atom feed', at: `/${lang}/feed.atom`, some: true },
];

// ---- the three readers: [{title, link, time, id, cves, scores}] ----

const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
const attribute = (x, name) => x?.$?.[name] ?? x?.[`@${name}`];

async function byRssParser(text) {
  const sec = ['identifier', 'references', 'cvss'].map((n) => [`sec:${n}`, n, { keepArray: true }]);
  const parser = new RssParser({ customFields: { item: [...sec, ['dcterms:modified', 'modified']] } });
  const feed = await parser.parseString(text);
  return feed.items.map((i) => ({
    title: i.title,
    link: i.link,
    time: i.modified || i.pubDate || i.isoDate,
    cves: list(i.references).filter((r) => attribute(r, 'source') === 'CVE').map((r) => attribute(r, 'id')),
    scores: list(i.cvss).map((c) => attribute(c, 'score')),
  }));
}

function byFeedsmith(text) {
  const { feed } = parseFeed(text);
  return (feed.items || feed.entries).map((i) => ({
    title: i.title?.value ?? i.title,
    link: typeof i.link === 'string' ? i.link : i.links?.[0]?.href,
    time: i.dcterms?.modified?.[0] ?? i.dcterms?.modified ?? i.dc?.dates?.[0] ?? i.dc?.date ?? i.updated,
  }));
}

// timestamp, title, link, content, content type, id, author, enclosure, category
function bySfeed(text) {
  const r = spawnSync('sfeed', [], { input: text, encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`sfeed ended with ${r.status ?? r.error}: ${r.stderr}`);
  return r.stdout.trim().split('\n').map((l) => l.split('\t')).map((c) => ({ title: c[1], link: c[2], time: new Date(Number(c[0]) * 1000).toISOString() }));
}

const readers = { 'rss-parser': byRssParser, feedsmith: byFeedsmith, sfeed: bySfeed };

// ---- what the portal says ----

async function get(server, at) {
  const r = await fetch(server.base + at);
  if (r.status !== 200) throw new Error(`${at}: ${r.status}`);
  return r.text();
}

// By the link to its page: title, day of its last change, CVEs, scores.
async function portal(server, lang) {
  const all = new Map();
  for (let cursor = ''; cursor !== null;) {
    const page = JSON.parse(await get(server, `/api/v1/advisories?lang=${lang}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
    for (const line of page.items) {
      const one = JSON.parse(await get(server, `/api/v1/advisories/${line.number}?lang=${lang}`));
      all.set(line.number, { ...line, whole: one });
    }
    cursor = page.next ?? null;
  }
  return all;
}

const numberOf = (link) => /advisories\/(\d+)/.exec(link || '')?.[1];
const minute = (time) => Math.floor(new Date(time).getTime() / 60000);

function compare(item, truth, feed, lang, reader, complain) {
  const one = truth.get(numberOf(item.link));
  if (!one) return complain(`${reader} reads the link "${item.link}", which is of no advisory`);
  if (!item.link.includes(`/${lang}/advisories/`)) complain(`${reader}: ${item.link} is not in ${lang}`);
  // Atom puts the number before the title.
  if (feed.rss ? item.title.trim() !== one.title : !item.title.endsWith(` ${one.title}`)) complain(`${reader} reads the title "${item.title}", not "${one.title}"`);
  // Of the two instants of an Atom entry, these readers show the first.
  const when = !feed.rss && reader !== 'feedsmith' ? one.published : one.updated;
  if (minute(item.time) !== minute(when)) complain(`${reader} reads ${item.time}, not ${when} of ${one.number}`);
  if (reader !== 'rss-parser' || !feed.rss) return null;
  const cves = one.whole.vulnerabilities.map((v) => v.cve).filter(Boolean).sort();
  if ([...new Set(item.cves)].sort().join() !== cves.join()) complain(`${reader} reads the CVEs ${item.cves}, not ${cves} of ${one.number}`);
  const said = new Set(one.whole.vulnerabilities.flatMap((v) => v.vectors.map((x) => Number(x.score))));
  for (const s of item.scores) if (!said.has(Number(s))) complain(`${reader} reads the score ${s} of ${one.number}, which has ${[...said]}`);
  const old = one.whole.vulnerabilities.some((v) => v.vectors.some((x) => /^(CVSS:3|AV:)/.test(x.vector)));
  if (!feed.plain && old && item.scores.length === 0) complain(`${reader} reads no score of ${one.number}`);
  return null;
}

async function run(server) {
  for (const lang of ['ja', 'en']) {
    const truth = await portal(server, lang);
    for (const feed of feeds(lang)) {
      const text = await get(server, feed.at);
      for (const [reader, read] of Object.entries(readers))
        await test(`${reader} reads the ${feed.name} in ${lang}`, async (complain) => {
          const items = await read(text);
          if (items.length === 0 || (!feed.some && items.length !== truth.size)) complain(`${items.length} items, ${truth.size} advisories`);
          for (const item of items) compare(item, truth, feed, lang, reader, complain);
        });
    }
  }
}

const server = await startServer();
let good = false;
try {
  await run(server);
} finally {
  const code = await server.stop();
  if (code !== 0) console.log(`the server ended with ${code}:\n${server.log().slice(-2000)}`);
  good = sums() && code === 0;
}
process.exit(good ? 0 : 1);
