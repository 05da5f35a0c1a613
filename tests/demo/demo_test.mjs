// demo_test.mjs - The demo cases are well formed, keep secrets, and state published facts.
// Run: node tests/demo/demo_test.mjs.  The facts are compared with the published advisories where
// KAKEHASHI_TESTDATA names a folder that has real-advisories/; without it that part is skipped.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const read = (...p) => fs.readFileSync(path.join(root, ...p), 'utf8');
const orgsFile = JSON.parse(read('demo/orgs.json'));
const orgs = new Map(orgsFile.organisations.map((o) => [o.id, o]));
const people = new Map();
for (const o of orgs.values()) for (const p of o.people) people.set(p.login, { ...p, org: o.id });
const cases = fs.readdirSync(path.join(root, 'demo/cases')).filter((f) => f.endsWith('.json')).sort()
  .map((file) => ({ file, text: read('demo/cases', file), ...JSON.parse(read('demo/cases', file)) }));

let passed = 0, failed = 0, skipped = 0, complaints;
const complain = (why) => complaints.push(why);
function test(name, body) {
  complaints = [];
  try { body(); } catch (e) { complain(e.message); }
  if (complaints.length) { failed++; console.log(`not ok - ${name}`); for (const c of complaints.slice(0, 20)) console.log(`    ${c}`); }
  else { passed++; console.log(`ok - ${name}`); }
}
const skip = (name, why) => { skipped++; console.log(`skip - ${name}: ${why}`); };
const each = (v, f, at = '') => {
  if (typeof v === 'string') f(v, at);
  else if (v && typeof v === 'object') for (const k of Object.keys(v)) each(v[k], f, `${at}/${k}`);
};
const prose = (c, f) => { const { text, file, ...doc } = c; each(doc, f); };
const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/;
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const known = (who) => who === 'finder' || who === 'all' || who === 'coordinator' || people.has(who) || orgs.has(who);
const allActs = (c) => [...(c.acts || []).map((a) => [c.flow, a]), ...(c.handover?.acts || []).map((a) => ['coordinated', a])];

// the process, as the program loads it
const rows = (file) => {
  const lines = read('process', file).split('\n').filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t'));
  const head = lines.shift();
  return lines.map((l) => Object.fromEntries(head.map((h, i) => [h, l[i] === '-' ? '' : l[i]])));
};

test('every login is unique, in ASCII, and belongs to a department of its organisation', () => {
  const seen = new Set();
  for (const o of orgs.values()) for (const p of o.people) {
    if (seen.has(p.login)) complain(`${p.login} twice`);
    seen.add(p.login);
    if (!/^[a-z][a-z.]{2,30}$/.test(p.login)) complain(`login ${p.login}`);
    if (!p.name.ja || !p.name.en || !p.language || !p.timezone) complain(`${p.login} is incomplete`);
    if (p.department && !o.departments.some((d) => d.id === p.department)) complain(`${p.login} in ${p.department}`);
  }
});

test('every vendor has all kinds of department that a step must ask, staffed, and two people at its contact', () => {
  for (const o of orgs.values()) {
    if (o.kind !== 'vendor') continue;
    const kinds = new Set(o.departments.flatMap((d) => d.kinds));
    for (const k of ['poc', 'design', 'quality', 'si_mfg', 'si_sys', 'care', 'sales', 'risk_legal', 'pr'])
      if (!kinds.has(k)) complain(`${o.id} has no ${k}`);
    for (const d of o.departments) if (!o.people.some((p) => p.department === d.id)) complain(`${o.id}/${d.id} is empty`);
    for (const r of ['poc_responsible', 'poc_window']) if (!o.people.some((p) => p.roles.includes(r))) complain(`${o.id} has no ${r}`);
  }
});

test('there are at least 16 cases from published advisories, both flows, each under 40 kB', () => {
  if (cases.filter((c) => c.source).length < 16) complain('too few');
  for (const f of ['coordinated', 'direct']) if (!cases.some((c) => c.flow === f)) complain(`none is ${f}`);
  for (const c of cases) if (Buffer.byteLength(c.text) > 40000) complain(`${c.file} is too big`);
  if (new Set(cases.map((c) => c.number)).size !== cases.length) complain('a number is used twice');
});

test('the coordinated and the direct cases stand in every phase', () => {
  for (const [flow, first] of [['coordinated', 0], ['direct', 1]]) {
    const seen = new Set(cases.filter((c) => c.flow === flow).map((c) => c.until[0]));
    for (let p = first; p <= 5; p++) if (!seen.has(String(p))) complain(`${flow}: nothing stands in phase ${p}`);
  }
});

test('every case has a title and an overview in both languages and a complete report', () => {
  for (const c of cases) {
    for (const t of ['title', 'overview']) for (const l of ['ja', 'en']) if (!c[t]?.[l]) complain(`${c.file} ${t}.${l}`);
    for (const k of ['kind', 'language', 'finder', 'consents', 'steps', 'result', 'reproducibility', 'threat', 'other_organisations'])
      if (!c.report[k]) complain(`${c.file} report.${k}`);
    if (c.report.kind === 'website' ? !c.report.url : !(c.report.product && c.report.version && c.report.environment)) complain(`${c.file} report`);
    if (Object.values(c.report.consents).length !== 3) complain(`${c.file} consents`);
  }
});

test('everybody and every organisation that a case names exists', () => {
  for (const c of cases) {
    for (const [, a] of allActs(c)) { if (a.by && !known(a.by)) complain(`${c.file} ${a.step} by ${a.by}`); if (a.vendor && !orgs.has(a.vendor)) complain(`${c.file} ${a.vendor}`); }
    for (const m of c.messages) if (!known(m.from) || !known(m.to)) complain(`${c.file} message ${m.from} > ${m.to}`);
    for (const v of [...c.vendors, ...(c.customers || [])]) if (!orgs.has(v.org)) complain(`${c.file} ${v.org}`);
    for (const p of c.products) if (!orgs.has(p.vendor)) complain(`${c.file} ${p.vendor}`);
  }
});

test('acts and messages come in order of time, after the report and before the case stands still', () => {
  for (const c of cases) for (const list of [c.acts || [], c.messages, c.handover?.acts || []]) {
    let last = c.reported;
    for (const a of list) {
      if (!instant.test(a.at)) complain(`${c.file} ${a.at}`);
      if (Date.parse(a.at) < Date.parse(last)) complain(`${c.file} ${a.step || a.from} at ${a.at} before ${last}`);
      last = a.at;
    }
    if (c.as_of && Date.parse(last) > Date.parse(c.as_of)) complain(`${c.file} goes beyond ${c.as_of}`);
  }
});

if (fs.existsSync(path.join(root, 'process/questions.tsv'))) {
  const steps = Object.fromEntries(['coordinated', 'direct'].map((f) => [f, new Map(rows(`${f}.tsv`).map((s) => [s.step, s]))]));
  const questions = rows('questions.tsv');
  const asked = (flow, step, hop) => questions.filter((q) => (q.flow === '*' || q.flow === flow) && q.step === step && Number(q.hop) === hop);
  test('every act is an act of its step, and answers what that act asks', () => {
    for (const c of cases) for (const [flow, a] of allActs(c)) {
      if (a.fact) continue;
      const s = steps[flow]?.get(a.step), at = `${c.file} ${a.vendor || ''} ${a.step}.${a.hop || 'skip'}`;
      if (!s) { complain(`${at}: no such step`); continue; }
      if ((s.scope === 'lane') !== Boolean(a.vendor)) complain(`${at}: wrong scope`);
      if (a.skip) { if (!s.skip) complain(`${at}: nobody may skip it`); continue; }
      if (a.hop > s.hops.split(' ').length) complain(`${at}: no such hop`);
      const qs = asked(flow, a.step, a.hop);
      for (const q of qs) {
        const v = a.answers?.[q.field];
        if (q.required === 'yes' && (v === undefined || v.length === 0)) complain(`${at}: ${q.field} is missing`);
        if (v !== undefined && q.type === 'choice' && !q.options.split(';').some((o) => o.split('=')[0] === v)) complain(`${at}: ${q.field} is ${v}`);
        if (v !== undefined && q.type === 'departments') for (const k of v.split(',')) if (!q.options.split(';').includes(k)) complain(`${at}: ${q.field} has ${k}`);
        if (v !== undefined && q.type === 'vendors') for (const k of v.split(',')) if (orgs.get(k)?.kind !== 'vendor') complain(`${at}: ${q.field} has ${k}`);
        if (v !== undefined && typeof v !== 'string') complain(`${at}: ${q.field} is not a string`);
        if (v !== undefined && q.type === 'instant' && !instant.test(v)) complain(`${at}: ${q.field} is ${v}`);
      }
      for (const k of Object.keys(a.answers || {})) if (!qs.some((q) => q.field === k)) complain(`${at}: nobody asks ${k}`);
    }
  });
  test('a direct case ends where it says, and so does a coordinated one', () => {
    for (const c of cases) {
      if (!c.acts?.length) continue;
      if (!c.acts.some((a) => a.step === c.until)) complain(`${c.file} never comes to ${c.until}`);
    }
  });
} else skip('every act answers what the process asks', 'process/questions.tsv is not there');

test('each language is written in that language, and nobody shouts or apologises', () => {
  for (const c of cases) prose(c, (s, at) => {
    if (/\/en(\/|$)/.test(at) && japanese.test(s)) complain(`${c.file}${at}: ${s.slice(0, 40)}`);
    if (/\/ja$/.test(at) && /\/(title|overview)/.test(at) && !japanese.test(s)) complain(`${c.file}${at}: ${s.slice(0, 40)}`);
    if (/[！!](?!\[)|申し訳|お詫び|We apologi/.test(s)) complain(`${c.file}${at}: ${s.slice(0, 40)}`);
    if (/[\u0000-\u0009\u000b-\u001f]/.test(s)) complain(`${c.file}${at}: control character`);
  });
});

test('addresses that we invented end in .example', () => {
  for (const o of orgs.values()) if (o.mail && !o.mail.endsWith('.example')) complain(o.mail);
  for (const c of cases) each(c.report, (s, at) => { for (const m of s.match(/[\w.+-]+@[\w.-]+/g) || []) if (!m.endsWith('.example')) complain(`${c.file}${at} ${m}`); });
});

test('a case that is moved to today names no date in its prose', () => {
  const date = /\d{1,2}月(?!間)|20\d\d年|\b20\d\d-\d\d-\d\d\b|\b(January|February|April|June|July|August|September|October|November|December) \d/;
  for (const c of cases.filter((x) => x.as_of)) prose(c, (s, at) => {
    if (instant.test(s) || /\/(url|products|reference|advisory_url)/.test(at)) return;
    if (date.test(s)) complain(`${c.file}${at}: ${s.match(date)[0]}`);
  });
});

test('a finder who does not want to be named is named only in the report', () => {
  for (const c of cases) {
    const name = c.report.finder.name.replace(/（.*/, ''), { publish_name, share_with_vendor, share_with_operator } = c.report.consents;
    if (name === 'withheld' || c.report.kind === 'own') continue;
    const { report, text, file, ...rest } = c;
    if (!publish_name) each(rest.advisory || {}, (s, at) => { if (s.includes(name)) complain(`${c.file}${at}`); });
    if (!share_with_vendor && !share_with_operator) each(rest, (s, at) => { if (s.includes(name)) complain(`${c.file}${at}`); });
  }
});

test('overviews tell neither steps nor evidence', () => {
  for (const c of cases) for (const l of ['ja', 'en']) if (/(^|\n)\s*1\.|手順\d|step 1/i.test(c.overview[l])) complain(`${c.file} ${l}`);
});

test('what is published in a language has every section in that language', () => {
  for (const c of cases) for (const l of Object.keys(c.published || {})) {
    for (const k of ['title', 'overview', 'affected', 'description', 'impact', 'solution', 'credit']) if (!c.advisory?.[l]?.[k]) complain(`${c.file} ${l}.${k}`);
    if (!c.advisory?.[l]?.references?.length || !c.history?.length) complain(`${c.file} ${l}`);
    if (c.advisory[l].title !== c.title[l]) complain(`${c.file} ${l}: two titles`);
  }
});

const data = process.env.KAKEHASHI_TESTDATA && path.join(process.env.KAKEHASHI_TESTDATA, 'real-advisories');
const real = cases.filter((c) => c.source);
if (!data || !fs.existsSync(data)) skip('the facts are the published ones', 'KAKEHASHI_TESTDATA is not set');
else {
  const published = new Map(real.map((c) => [c.file, JSON.parse(fs.readFileSync(path.join(data, `${c.source.toLowerCase()}.json`), 'utf8'))]));
  const advisory = (c) => published.get(c.file);
  const tree = (a) => { const out = new Map(); (function walk(bs) { for (const b of bs || []) { if (b.product) out.set(b.product.product_id, `${b.name} ${b.product.name}`); walk(b.branches); } })(a.product_tree.branches); return out; };
  const words = (a) => JSON.stringify(a).replace(/\\"/g, '"').replace(/\s+/g, ' ');
  const same = (x, y) => JSON.stringify([...x].sort()) === JSON.stringify([...y].sort());

  test('CVE, CWE and CVSS are exactly those of the advisory', () => {
    for (const c of real) {
      const vs = advisory(c).vulnerabilities;
      if (!same(c.vulnerabilities.map((v) => v.cve), vs.map((v) => v.cve))) complain(`${c.file}: ${c.vulnerabilities.map((v) => v.cve)}`);
      for (const v of c.vulnerabilities) {
        const r = vs.find((x) => x.cve === v.cve);
        if (r?.cwe.id !== v.cwe || r?.cwe.name !== v.cwe_name.en) complain(`${c.file} ${v.cve} ${v.cwe}`);
        const want = new Set(r.scores.map((s) => s.cvss_v3 || s.cvss_v2).map((s) => `${s.version} ${s.vectorString} ${s.baseScore}`));
        if (!same(new Set(v.cvss.map((s) => `${s.version} ${s.vector} ${s.score}`)), want)) complain(`${c.file} ${v.cve} CVSS`);
      }
    }
  });
  test('every affected product of the advisory is listed once, and every version we name stands in it', () => {
    const version = /\b[RVv]?\d+(?:\.\d+)+[A-Z]?\b|\b1\.0\d[A-Z]\b|\bR\d+\b/g;
    for (const c of real) {
      const a = advisory(c), t = tree(a), w = words(a), ids = c.products.flatMap((p) => p.source_ids || []);
      const want = new Set(a.vulnerabilities.flatMap((v) => v.product_status?.known_affected || []));
      if (!same(ids, want)) complain(`${c.file}: ${ids} are not ${[...want]}`);
      for (const p of c.products) {
        if (!orgs.get(p.vendor).real) continue;
        for (const i of p.source_ids || []) if (!t.has(i)) complain(`${c.file} ${i}`);
        for (const s of [p.versions.en, p.versions.ja, p.range?.from || '', p.range?.to || '', c.advisory?.en?.solution || '', c.advisory?.ja?.affected || '', c.advisory?.en?.affected || ''])
          for (const n of s.match(version) || []) if (!w.includes(n.replace(/^[RVv](?=\d)/, (m) => (w.includes(n) ? m : '')))) complain(`${c.file}: ${n}`);
      }
    }
  });
  test('a product is called what the advisory calls it', () => {
    const bare = (s) => s.toLowerCase().replace(/[^a-z0-9□/]/g, '');
    for (const c of real) {
      const t = tree(advisory(c)), all = bare(words(advisory(c)));
      for (const p of c.products) for (const i of p.source_ids || []) {
        const name = bare(t.get(i)), parts = p.name.en.split(/[ (),;]+/).map(bare).filter((x) => x.length > 2);
        const hits = parts.filter((x) => name.includes(x) || all.includes(x)).length;
        if (hits < parts.length * 0.7) complain(`${c.file} ${i}: ${p.name.en} / ${t.get(i)}`);
      }
    }
  });
  test('the dates of publication and update are the published ones', () => {
    for (const c of real.filter((x) => x.published)) {
      const t = advisory(c).document.tracking;
      if (c.published.ja !== t.initial_release_date.slice(0, 10)) complain(`${c.file} ${c.published.ja}`);
      if (c.updated && c.updated.ja !== t.current_release_date.slice(0, 10)) complain(`${c.file} ${c.updated.ja}`);
      if (t.initial_release_date.slice(0, 10) !== t.current_release_date.slice(0, 10) && !c.updated) complain(`${c.file} has no update`);
    }
  });
  test('a published credit names those whom the advisory names', () => {
    for (const c of real.filter((x) => x.published)) for (const l of Object.keys(c.published))
      for (const k of advisory(c).document.acknowledgments || []) for (const n of [...(k.names || []), ...(k.organization ? [k.organization] : [])])
        if (!c.advisory[l].credit.includes(n.replace('Trend Mircos', 'Trend Micro'))) complain(`${c.file} ${l}: ${n}`);
  });
  test('links to real developers stand in the advisory, and every published case links to it', () => {
    for (const c of real) {
      const w = words(advisory(c));
      for (const v of c.vendors) if (v.advisory_url && !w.includes(v.advisory_url)) complain(`${c.file} ${v.advisory_url}`);
      if (c.published && !c.advisory.ja.references.some((r) => w.includes(r.url))) complain(c.file);
    }
  });
}

console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
