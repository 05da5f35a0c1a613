// case_a.mjs - a finder's report of a real vulnerability: every coordinated step but 0.2.1 and
// 4.3.1 to 4.3.3, with an affected vendor and one that is not, to the public page in both languages.
import { badAnswers, editConflicts } from './bad_input.mjs';
import { must, short, test } from './runner.mjs';
import { attach, exchange, refused } from './talk.mjs';
import { Walk } from './walk.mjs';

const YES = { complete: true, consistent: true, in_scope: true, vulnerability: true, unknown: true };
const inFuture = (ms) => new Date(Date.now() + ms).toISOString();

// The finder's report of the demo, each text with a mark.
export async function sendReport(w, o = {}) {
  const r = w.demo.report, t = (audience, words) => w.text(audience, words, '', '', 'report');
  const json = {
    kind: 'product', lang: r.language, name: t('identity', r.finder.name), email: r.finder.mail || 'finder@finder.example',
    product: r.product, maker: r.maker, environment: t('report', r.environment), steps: t('report', r.steps),
    result: t('report', r.result), threat: t('report', r.threat), workaround: t('report', r.workaround || '-'),
    tell_vendor: false, direct_contact: false, publish_name: false, told_others: false, personal_data: true, ...o,
  };
  const got = await w.server.ask('POST', '/api/v1/reports', { json, lang: 'ja', bearer: w.source && w.tokens[w.source] });
  must(got.status === 201, `a report is taken: ${got.status} ${short(got.text)}`);
  return got.json;
}

export async function enter(w, receipt, key) {
  const got = await w.server.ask('POST', '/api/v1/track', { json: { receipt, key } });
  must(got.status === 200, `receipt and key open the report: ${got.status} ${short(got.text)}`);
  w.finderToken = got.json.token;
  const own = await w.ask('finder', 'GET', '/track');
  w.reportId = own.json.id;
}

async function findLanes(w) {
  const list = await w.ask('coordinator', 'GET', `/cases/${w.id}/vendors`);
  const items = list.json.items || list.json;
  for (const v of w.vendors) {
    const found = items.find((x) => x.name === w.names[v].en);
    must(found, `${v} stands among the vendors: ${short(list.text)}`);
    w.lanes[v] = found.lane;
  }
}

export async function accept(w) {
  const seen = await w.ask('reception', 'GET', `/reports/${w.reportId}`);
  must(seen.status === 200, `reception reads the report: ${seen.status}`);
  const answers = { ...YES, note: w.text('reception', '検証用のファイルで確認しました。', '', '0.1.1'), to_finder: w.text('finder', '届出を受理しました。', '', '0.1.1') };
  const r = await w.ask('reception', 'POST', `/reports/${w.reportId}/accept`, { json: answers, headers: { 'If-Match': seen.headers.etag } });
  must(r.status === 200, `reception accepts: ${r.status} ${short(r.text)}`);
  w.id = r.json.case_id;
  const c = await w.ask('coordinator', 'GET', `/cases/${w.id}`);
  w.number = c.json.number.replace(/\D/g, '');
  w.now.facts.add('accepted');
  w.now.done.add('/0.1.1');
  w.acts.add('0.1.1');
}

// The coordinator gives the case a title in both languages, the finder's words not among them.
export async function setTitle(w) {
  const seen = await w.ask('coordinator', 'GET', `/cases/${w.id}`);
  const json = { title_ja: w.text('title', w.demo.title.ja, '', '', 'case'), title_en: w.text('title', w.demo.title.en, '', '', 'case') };
  const r = await w.ask('coordinator', 'PUT', `/cases/${w.id}/title`, { json, headers: { 'If-Match': seen.headers.etag } });
  must(r.status === 200, `the coordinator sets the title: ${r.status} ${short(r.text)}`);
}

export async function notify(w) {
  await w.perform('coordinator', '', '1.1', 1, { reason: 'office' }, { vendors: w.vendors.map((v) => w.orgs[v]) });
  await findLanes(w);
}

const products = (w, status) => w.demo.products.filter((p) => p.status === status)
  .map((p) => ({ name: p.name.en, versions: p.versions.en, status: 'affected' }));

async function begin(w) {
  await w.beat('0.1.1 the finder reports, reception accepts', 'coordinator:1.1', async () => {
    const made = await sendReport(w);
    await enter(w, made.receipt, made.key);
    w.key = made.key;
    await accept(w);
    await setTitle(w);
  }, true);
  await w.beat('1.1 the coordinator selects two vendors', 'coordinator:1.2.1 coordinator:1.2.1', () => notify(w));
  await w.beat('1.2.1 omron gets the overview', 'coordinator:1.2.1 omron.poc:1.3.1', () =>
    w.perform('coordinator', 'omron', '1.2.1', 1, { overview: 'overview', note: 'coordination' }));
  await w.beat('1.2.1 yokogawa gets the overview', 'omron.poc:1.3.1 yokogawa.poc:1.3.1', () =>
    w.perform('coordinator', 'yokogawa', '1.2.1', 1, { overview: 'overview', note: 'coordination' }));
  await w.beat('1.3.1 omron spreads it to design and rnd, and tells quality', 'omron.design:1.3.1 omron.rnd:1.3.1* yokogawa.poc:1.3.1', () =>
    w.perform('omron.poc', 'omron', '1.3.1', 1, { note: 'internal' }, { spread: ['design', 'rnd'], tell: ['quality'] }, false));
  await w.beat('1.3.1 rnd signs', 'omron.design:1.3.1 yokogawa.poc:1.3.1', () => w.sign('omron', 'rnd', '1.3.1'));
  await w.beat('1.3.1 design wants the details', 'omron.poc:1.4.1 yokogawa.poc:1.3.1', () =>
    w.perform('omron.design', 'omron', '1.3.1', 2, { reason: 'internal' }, { details: 'yes' }));
  await w.beat('1.4.1 omron requests the details', 'coordinator:1.5.1 yokogawa.poc:1.3.1', () =>
    w.perform('omron.poc', 'omron', '1.4.1', 1, { request: 'coordination' }));
  await w.beat('1.5.1 omron gets the details', 'omron.poc:1.5.2 yokogawa.poc:1.3.1', () =>
    w.perform('coordinator', 'omron', '1.5.1', 1, { details: 'details', note: 'coordination' }));
  await w.beat('1.5.2 omron spreads them to design and si_mfg', 'omron.design:2.1.1 yokogawa.poc:1.3.1', () =>
    w.perform('omron.poc', 'omron', '1.5.2', 1, { note: 'internal' }, { spread: ['design', 'si_mfg'] }), true);
  await w.beat('messages reach their own readers', 'omron.design:2.1.1 yokogawa.poc:1.3.1', () => exchange(w), true);
  await test(`${w.name}: nobody writes where it has no part`, (complain) => refused(w, complain));
  await test(`${w.name}: a file in the talk is for its readers, byte for byte`, (complain) => attach(w, complain));
  await test(`${w.name}: answers that make no sense are refused at their questions`, async (complain) => {
    await badAnswers(w, 'omron.design', 'omron', '2.1.1', complain);
    await badAnswers(w, 'yokogawa.poc', 'yokogawa', '1.3.1', complain);
  });
  await test(`${w.name}: an edit of what changed meanwhile is refused`, (complain) => editConflicts(w, complain));
}

// The vendor that is not affected: it takes the details, looks, and says so.
async function otherVendor(w) {
  const rest = 'omron.design:2.1.1';
  await w.beat('1.3.1 yokogawa spreads the overview to design', `${rest} yokogawa.design:1.3.1`, () =>
    w.perform('yokogawa.poc', 'yokogawa', '1.3.1', 1, { note: 'internal' }, { spread: ['design'] }, false));
  await w.beat('1.3.1 yokogawa wants the details, too', `${rest} yokogawa.poc:1.4.1`, () =>
    w.perform('yokogawa.design', 'yokogawa', '1.3.1', 2, { reason: 'internal' }, { details: 'yes' }));
  await w.beat('1.4.1 yokogawa requests the details', `${rest} coordinator:1.5.1`, () =>
    w.perform('yokogawa.poc', 'yokogawa', '1.4.1', 1, { request: 'coordination' }));
  await w.beat('1.5.1 yokogawa gets the details', `${rest} yokogawa.poc:1.5.2`, () =>
    w.perform('coordinator', 'yokogawa', '1.5.1', 1, { details: 'details' }));
  await w.beat('1.5.2 yokogawa spreads them to design', `${rest} yokogawa.design:2.1.1`, () =>
    w.perform('yokogawa.poc', 'yokogawa', '1.5.2', 1, {}, { spread: ['design'] }));
  await w.beat('2.1.1 yokogawa does not reproduce it', `${rest} yokogawa.design:2.4.1`, () =>
    w.perform('yokogawa.design', 'yokogawa', '2.1.1', 1, { environment: 'internal', result: 'internal' }, { reproduced: 'no' }));
  await w.beat('2.4.1 yokogawa is not affected', `${rest} yokogawa.poc:2.6.1`, () =>
    w.perform('yokogawa.design', 'yokogawa', '2.4.1', 1, { grounds: 'internal' }, { affected: 'no', products: [{ name: 'FAST/TOOLS', versions: 'R10', status: 'not_affected' }] }));
  await w.beat('2.6.1 yokogawa reports that it is not affected', rest, () =>
    w.perform('yokogawa.poc', 'yokogawa', '2.6.1', 1, { reproduction: 'coordination' }, { status: 'not_affected' }));
}

// 2.3.1 and 2.3.2: from design to the finder and back, each hop a text of its own.
async function clarify(w) {
  const rest = 'omron.design:2.1.1';
  const ask = (who, hop, audience, ends) => w.perform(who, 'omron', '2.3.1', hop, { question: audience }, {}, ends);
  const tell = (who, hop, audience, ends) => w.perform(who, 'omron', '2.3.2', hop, { answer: audience }, {}, ends);
  await w.beat('2.3.1 design asks', `${rest} omron.poc:2.3.1`, () => ask('omron.design', 1, 'internal', false));
  await w.beat('2.3.1 the contact passes it on', `${rest} coordinator:2.3.1`, () => ask('omron.poc', 2, 'coordination', false));
  await w.beat('2.3.1 the coordinator passes it on', `${rest} reception:2.3.1`, () => ask('coordinator', 3, 'reception', false));
  await w.beat('2.3.1 reception asks the finder', `${rest} finder:2.3.2`, () => ask('reception', 4, 'finder', true));
  await w.beat('2.3.2 the finder answers with the key alone', `${rest} reception:2.3.2`, () => w.finder('2.3.2', 1, { answer: 'finder' }));
  await w.beat('2.3.2 reception passes the answer on', `${rest} coordinator:2.3.2`, () => tell('reception', 2, 'reception', false));
  await w.beat('2.3.2 the coordinator passes it on', `${rest} omron.poc:2.3.2`, () => tell('coordinator', 3, 'coordination', false));
  await w.beat('2.3.2 design has the answer', rest, () => tell('omron.poc', 4, 'internal', true));
}

async function investigate(w) {
  await w.beat('2.1.1 design reproduces it with rnd, quality to be told', 'omron.rnd:2.1.1*', () =>
    w.perform('omron.design', 'omron', '2.1.1', 1, { environment: 'internal', result: 'internal' },
      { reproduced: 'yes', take_part: ['rnd'], inform: ['quality'] }, false));
  await w.beat('2.1.1 rnd signs', 'omron.design:2.2.1 omron.design:2.4.1', () => w.sign('omron', 'rnd', '2.1.1', true));
  await w.beat('2.2.1 design finds the cause', 'omron.design:2.4.1', () =>
    w.perform('omron.design', 'omron', '2.2.1', 1, { cause: 'internal', conditions: 'internal' }, { cwe: 'CWE-787', avoidable: 'no' }));
  await w.beat('2.4.1 design names the affected products', 'omron.design:2.5.1', () =>
    w.perform('omron.design', 'omron', '2.4.1', 1, { grounds: 'internal' }, { affected: 'yes', products: products(w, 'affected') }));
  await w.beat('2.5.1 design assesses it, risk_legal to be told', 'omron.poc:2.6.1', () =>
    w.perform('omron.design', 'omron', '2.5.1', 1, { impact: 'internal', assessment: 'internal' },
      { trigger: 'medium', difficulty: 'low', vector: w.demo.vulnerabilities[0].cvss[0].vector, inform: ['risk_legal'] }));
  await w.beat('2.6.1 the contact reports the findings', 'omron.poc:3.1.1', () =>
    w.perform('omron.poc', 'omron', '2.6.1', 1, { reproduction: 'coordination', cause: 'coordination', assessment: 'coordination', timing: 'coordination' },
      { status: 'affected', products: products(w, 'affected') }), true);
}

async function plan(w) {
  const signs = (...kinds) => kinds.map((k) => `omron.${k}:3.1.1*`).join(' ');
  for (const [round, agree, after] of [[1, 'no', 'omron.poc:3.1.1'], [2, 'yes', 'omron.design:3.2.1 omron.design:3.2.2']]) {
    await w.beat(`3.1.1 the contact sends plan ${round}`, signs('design', 'si-mfg', 'si-sys'), () =>
      w.perform('omron.poc', 'omron', '3.1.1', 1, { plan: 'internal', plan_sent: 'coordination' }, {}, false));
    await w.beat(`3.1.1 design signs plan ${round}`, signs('si-mfg', 'si-sys'), () => w.sign('omron', 'design', '3.1.1'));
    await w.beat(`3.1.1 si_mfg signs plan ${round}`, signs('si-sys'), () => w.sign('omron', 'si_mfg', '3.1.1'));
    await w.beat(`3.1.1 si_sys signs plan ${round}`, 'coordinator:3.1.1', () => w.sign('omron', 'si_sys', '3.1.1'));
    await w.beat(`3.1.1 the coordinator says ${agree} to plan ${round}`, after, () =>
      w.perform('coordinator', 'omron', '3.1.1', 2, { note: 'coordination' }, { agree }, agree === 'yes'));
  }
  const rest = 'omron.design:3.2.1 omron.design:3.2.2';
  await w.beat('3.1.2 the finder asks how it stands', `${rest} coordinator:3.1.2`, async () => {
    const r = await w.ask('finder', 'POST', '/track/inquiries', { json: { kind: 'finder_asked' } });
    must(r.status === 200, `the finder asks: ${r.status} ${short(r.text)}`);
  });
  await w.beat('3.1.2 the coordinator tells reception the approach', `${rest} reception:3.1.2`, () =>
    w.perform('coordinator', 'omron', '3.1.2', 1, { approach: 'reception' }, {}, false));
  await w.beat('3.1.2 reception tells the finder', rest, () => w.perform('reception', 'omron', '3.1.2', 2, { approach: 'finder' }));
}

export async function fix(w, vendor) {
  const d = `${vendor}.design`;
  for (const [step, rest] of [['3.2.1', `${d}:3.2.2`], ['3.2.2', '']]) {
    const waits = (...kinds) => [...kinds.map((k) => `${vendor}.${k}:${step}*`), rest].join(' ').trim();
    await w.beat(`${step} design works it out`, waits('si-mfg', 'si-sys', 'care'), () =>
      w.perform(d, vendor, step, 1, { method: 'internal', limits: 'internal' }, {}, false));
    await w.beat(`${step} si_mfg signs`, waits('si-sys', 'care'), () => w.sign(vendor, 'si_mfg', step));
    await w.beat(`${step} si_sys signs`, waits('care'), () => w.sign(vendor, 'si_sys', step));
    await w.beat(`${step} care signs`, rest || `${d}:3.3.1`, () => w.sign(vendor, 'care', step, true));
  }
  await w.beat('3.3.1 design finds it sound, quality to be told', `${vendor}.poc:4.1.1`, () =>
    w.perform(d, vendor, '3.3.1', 1, { result: 'internal' }, { verified: 'yes', inform: ['quality'] }), true);
}

export async function decide(w, vendor, pick, after) {
  await w.beat('4.1.1 the contact decides with care and sales', `${vendor}.care:4.1.1* ${vendor}.sales:4.1.1*`, () =>
    w.perform(`${vendor}.poc`, vendor, '4.1.1', 1, { apply: 'internal', deploy: 'internal' }, { ...pick, take_part: ['sales'] }, false));
  await w.beat('4.1.1 care signs', `${vendor}.sales:4.1.1*`, () => w.sign(vendor, 'care', '4.1.1'));
  await w.beat('4.1.1 sales signs', after, () => w.sign(vendor, 'sales', '4.1.1', true));
}

async function customers(w) {
  await decide(w, 'omron', { customers: 'unspecified', publish: 'yes' }, 'omron.poc:4.1.2');
  const rest = 'omron.poc:4.4.1';
  await w.beat('4.1.2 the contact reports the policy', `${rest} omron.poc:4.2.1`, () =>
    w.perform('omron.poc', 'omron', '4.1.2', 1, { policy: 'coordination' }));
  await w.beat('4.2.1 the contact explains the advance notice', `${rest} coordinator:4.2.1`, () =>
    w.perform('omron.poc', 'omron', '4.2.1', 1, { intention: 'coordination' }, {}, false));
  await w.beat('4.2.1 the coordinator agrees', `${rest} omron.poc:4.2.2`, () =>
    w.perform('coordinator', 'omron', '4.2.1', 2, { note: 'coordination' }, { agree: 'yes' }));
  const waits = (...kinds) => [...kinds.map((k) => `omron.${k}:4.2.2*`), rest].join(' ');
  await w.beat('4.2.2 customers are noticed, pr to be told', waits('si-sys', 'care', 'sales'), () =>
    w.perform('omron.poc', 'omron', '4.2.2', 1, { recipients: 'internal', notice: 'notice' }, { nda: true, inform: ['pr'] }, false));
  await w.beat('4.2.2 si_sys signs', waits('care', 'sales'), () => w.sign('omron', 'si_sys', '4.2.2'));
  await w.beat('4.2.2 care signs', waits('sales'), () => w.sign('omron', 'care', '4.2.2'));
  await w.beat('4.2.2 sales signs', rest, () => w.sign('omron', 'sales', '4.2.2', true));
}

async function settleDate(w) {
  w.date = inFuture(7 * 86400000);
  await w.beat('4.4.1 the contact wishes a date', 'omron.pr:4.4.1*', () =>
    w.perform('omron.poc', 'omron', '4.4.1', 1, { opinion: 'internal', reason: 'coordination' }, { date: w.date }, false));
  await w.beat('4.4.1 pr signs', 'coordinator:4.4.1', () => w.sign('omron', 'pr', '4.4.1'));
  await w.beat('4.4.1 the coordinator agrees to the date', 'omron.poc:4.4.2', () =>
    w.perform('coordinator', 'omron', '4.4.1', 2, { note: 'coordination' }, { agree: 'yes', date: w.date }));
  await w.beat('4.4.2 the contact reports the date', 'omron.poc:5.1.1', () =>
    w.perform('omron.poc', 'omron', '4.4.2', 1, { report: 'coordination' }), true);
}

// The advisory of the demo; its words become public with 5.2.2.
async function draft(w) {
  const json = {};
  for (const lang of ['ja', 'en']) {
    json[lang] = {};
    for (const part of ['title', 'overview', 'affected', 'description', 'impact', 'solution', 'credit'])
      json[lang][part] = w.text('draft', w.demo.advisory[lang][part], '', '', 'draft');
    json[lang].references = w.demo.advisory[lang].references.map((r) => `- [${r.text}](${r.url})`).join('\n');
  }
  const seen = await w.ask('coordinator', 'GET', `/cases/${w.id}/advisory`);
  const saved = await w.ask('coordinator', 'PUT', `/cases/${w.id}/advisory`, { json, headers: { 'If-Match': seen.headers.etag } });
  must(saved.status === 200, `the coordinator saves the draft: ${saved.status} ${short(saved.text)}`);
  w.advisory = saved.json;
  const old = await w.ask('coordinator', 'PUT', `/cases/${w.id}/advisory`, { json, headers: { 'If-Match': seen.headers.etag } });
  must(old.status === 412, `who saves over a newer draft is told: ${old.status} ${short(old.text)}`);
}

async function addVulnerability(w) {
  const v = w.demo.vulnerabilities[0];
  const r = await w.ask('coordinator', 'POST', `/cases/${w.id}/vulnerabilities`, {
    json: { cve: v.cve, cwe: v.cwe, title_ja: v.title.ja, title_en: v.title.en, vectors: [{ issuer: 'coordinator', vector: v.cvss[0].vector }] },
  });
  must(r.status === 201, `the coordinator records ${v.cve}: ${r.status} ${short(r.text)}`);
}

async function agree(w) {
  const rest = 'omron.poc:5.1.1';
  await w.beat('the coordinator drafts the advisory, for nobody else yet', rest, async () => {
    await addVulnerability(w);
    await draft(w);
  }, true);
  await w.beat('the coordinator asks for agreement', `${rest} omron.poc:5.2.1 yokogawa.poc:5.2.1`, async () => {
    const now = await w.ask('coordinator', 'GET', `/cases/${w.id}/advisory`);
    const r = await w.ask('coordinator', 'POST', `/cases/${w.id}/advisory/ask`, { json: {}, headers: { 'If-Match': now.headers.etag } });
    must(r.status === 200, `agreement is asked for: ${r.status} ${short(r.text)}`);
    w.now.facts.add('draft_asked');
  }, true);
  await w.beat('5.2.1 omron agrees, pr takes part', `${rest} omron.pr:5.2.1* yokogawa.poc:5.2.1`, () =>
    w.perform('omron.poc', 'omron', '5.2.1', 1, { comment: 'coordination', statement: 'draft_own' },
      { agree: 'yes', take_part: ['pr'], url: w.demo.vendors[0].advisory_url }, false));
  await w.beat('5.2.1 pr signs', `${rest} yokogawa.poc:5.2.1`, () => w.sign('omron', 'pr', '5.2.1', true));
  await w.beat('5.2.1 yokogawa agrees to stand there as not affected', rest, () =>
    w.perform('yokogawa.poc', 'yokogawa', '5.2.1', 1, { statement: 'draft_own' }, { agree: 'yes' }), true);
}

// The coordinator brings the date forward; then the clock of the server itself opens 5.2.2.
async function bringForward(w) {
  const seen = await w.ask('coordinator', 'GET', `/cases/${w.id}`);
  const date = inFuture(4000);
  const json = { date, reason: w.text('all', 'It is already public elsewhere.', '', '', 'talk') };
  const r = await w.ask('coordinator', 'PUT', `/cases/${w.id}/date`, { json, headers: { 'If-Match': seen.headers.etag } });
  must(r.status === 200, `the coordinator moves the date: ${r.status} ${short(r.text)}`);
  const isOpen = async () => (await w.ask('coordinator', 'GET', `/cases/${w.id}`)).json.waits_for.some((x) => x.own && x.step === '5.2.2');
  const early = await isOpen();
  must(!early || Date.now() >= Date.parse(date), '5.2.2 is not open before its date');
  const until = Date.parse(date) + 120000;
  while (!(await isOpen())) {
    must(Date.now() < until, '5.2.2 is open within 120 s of its date');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const releases = (w) => `/cases/${w.id}/releases`;

async function refusedAlone(w) {
  const seen = await w.step('coordinator', '', '5.2.2');
  const body = { round: seen.json.round, hop: 1, answers: { checked: true } };
  const r = await w.ask('coordinator', 'POST', `/cases/${w.id}/steps/5.2.2`, { json: body });
  must(r.status === 422 && r.text.includes('release_needs_plan'), `5.2.2 without a plan: ${r.status} ${short(r.text)}`);
}

// Both for as soon as the date allows; who has no part in it is told that there is nothing.
async function planRelease(w) {
  for (const lang of ['ja', 'en']) {
    const r = await w.ask('coordinator', 'POST', releases(w), { json: { lang, kind: 'first', zone: 'Asia/Tokyo' } });
    must(r.status === 200 && r.json.state === 'planned', `the release in ${lang} is planned: ${r.status} ${short(r.text)}`);
  }
  for (const who of w.people.filter((p) => p !== 'coordinator')) {
    const r = await w.ask(who, 'GET', releases(w));
    must(r.status === 404, `${who} asks for the plans: ${r.status} ${short(r.text)}`);
  }
}

// Japanese last: it takes the English of the same instant with it.
async function approveRelease(w) {
  const plans = (await w.ask('second', 'GET', releases(w))).json.items;
  for (const p of plans.sort((x, y) => x.lang.localeCompare(y.lang))) {
    const at = `${releases(w)}/${p.id}`, dry = await w.ask('second', 'GET', `${at}/dry-run`);
    must(dry.json?.ready, `the dry run in ${p.lang} is free of errors: ${dry.status} ${short(dry.text, 2000)}`);
    const approve = (who) => w.ask(who, 'POST', `${at}/approve`, { json: { built: dry.json.built }, headers: { 'If-Match': `"${p.rev}"` } });
    const own = await approve('coordinator');
    must(own.status === 422 && own.text.includes('approver_is_planner'), `who planned does not approve: ${own.status} ${short(own.text)}`);
    const r = await approve('second');
    must(r.status === 200 && r.json.state !== 'planned', `another person approves: ${r.status} ${short(r.text)}`);
  }
  const until = Date.now() + 120000;
  while (!(await w.ask('second', 'GET', releases(w))).json.items.every((p) => p.state === 'released')) {
    must(Date.now() < until, 'the server releases both within 120 s');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  w.note('', '5.2.2', {}, true);
}

async function publish(w) {
  await w.beat('the date is brought forward, and reached', 'coordinator:5.2.2 omron.poc:5.1.1', () => bringForward(w));
  await w.beat('5.1.1 omron publishes its own announcement with pr', 'coordinator:5.2.2 omron.pr:5.1.1*', () =>
    w.perform('omron.poc', 'omron', '5.1.1', 1, { text: 'vendor_draft' }, { url: w.demo.vendors[0].advisory_url }, false));
  await w.beat('5.1.1 pr signs', 'coordinator:5.2.2', () => w.sign('omron', 'pr', '5.1.1', true));
  await test(`${w.name}: nobody publishes by one hand`, () => refusedAlone(w));
  await w.beat('the coordinator plans the release of both languages', 'coordinator:5.2.2', () => planRelease(w));
  await test(`${w.name}: nothing of it is public until another person approves`, (complain) => w.checkNothing(w.server, w, complain));
  await w.beat('5.2.2 another coordinator approves what was rehearsed, and the server publishes', 'reception:5.2.3', () => approveRelease(w), true);
  await w.beat('5.2.3 reception tells the finder', '', () => w.perform('reception', '', '5.2.3', 1, { message: 'finder' }), true);
}

export async function walkA(server, tokens, env) {
  const w = new Walk(server, tokens, { name: `${env.name}, case A`, letter: 'A', flow: 'coordinated', vendors: ['omron', 'yokogawa'], demo: env.demo('04-'), names: env.names, orgs: env.orgs });
  Object.assign(w, { orgs: env.orgs, checkNothing: env.checkNothing, tokens: { ...tokens, second: env.second } });
  await begin(w);
  await otherVendor(w);
  await clarify(w);
  await investigate(w);
  await plan(w);
  await fix(w, 'omron');
  await customers(w);
  await settleDate(w);
  await agree(w);
  await publish(w);
  return w;
}
