// bad_input.mjs - what people and programs send wrong: a message at the field in their language,
// and nothing half-written.
import { ask } from './http.mjs';
import { must, short, test } from './runner.mjs';
import { multipart } from './talk.mjs';

const GOOD = {
  kind: 'product', name: 'Hanako Rei', email: 'hanako@finder.example', product: 'Gateway X 2.4', environment: 'Linux',
  steps: '1. Send it.', result: 'It stops.', tell_vendor: true, direct_contact: false, publish_name: false, told_others: false, personal_data: true,
};
const REQUIRED = Object.keys(GOOD);
const TEXTS = ['name', 'email', 'product', 'maker', 'environment', 'steps', 'result', 'threat', 'workaround'];
const BOOLS = ['tell_vendor', 'direct_contact', 'publish_name', 'told_others', 'personal_data'];
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

export class BadInput {
  constructor(server, tokens, name, count) {
    Object.assign(this, { server, tokens, name, count });
  }

  // What the database holds, as far as people's work goes.
  async rows() {
    if (this.count) return this.count();
    const reports = await this.get('reception', '/reports?queue=intake&limit=1'), cases = await this.get('coordinator', '/cases?limit=1');
    return JSON.stringify([reports.json.total, cases.json.total]);
  }

  get(who, path, o = {}) {
    return this.server.ask('GET', `/api/v1${path}`, { bearer: this.tokens[who], ...o });
  }

  // Sent in both languages: a problem document with that field, a sentence of that language.
  async refuse(complain, what, send, field, statuses = [422]) {
    const said = {};
    for (const lang of ['ja', 'en']) {
      const r = await send(lang), e = r.json?.errors?.find((x) => x.field === field);
      if (!statuses.includes(r.status)) return complain(`${what}: ${r.status}, not ${statuses}: ${short(r.text, 200)}`);
      if (!/^application\/problem\+json/.test(r.headers['content-type'] || '')) return complain(`${what}: ${r.headers['content-type']}`);
      if (r.json.status !== r.status || !r.json.title || !r.json.type) complain(`${what}: not a problem document: ${short(r.text, 200)}`);
      if (field !== null && (!e || !e.code || !e.message)) return complain(`${what}: nothing is said at "${field}": ${short(r.text, 300)}`);
      said[lang] = e ? e.message : r.json.title;
    }
    if (!japanese.test(said.ja) || japanese.test(said.en)) complain(`${what}: "${said.ja}" / "${said.en}"`);
  }

  report(body, headers = {}) {
    return (lang) => this.server.ask('POST', '/api/v1/reports', { body, lang, headers: { 'Content-Type': 'application/json', ...headers } });
  }

  with(change) {
    return this.report(JSON.stringify({ ...GOOD, ...change }));
  }

  async all() {
    this.made = (await this.with({})('en')).json;
    const t = (what, body) => test(`${this.name}: ${what}`, async (complain) => {
      const before = await this.rows();
      await body(complain);
      const after = await this.rows();
      if (before !== after) complain(`something was written: ${before} became ${after}`);
    });
    await t('a report with a field missing, empty or of blanks is refused at that field', (c) => this.missing(c));
    await t('a field that is too long is refused at that field', (c) => this.tooLong(c));
    await t('a field of another type is refused at that field', (c) => this.wrongType(c));
    await t('bytes that are no UTF-8, and control characters, are refused', (c) => this.badBytes(c));
    await t('duplicate keys, broken and deep JSON and other types of body are refused', (c) => this.badBody(c));
    await t('10 MB of body are refused', (c) => this.tenMegabytes(c));
    await t('files of 0 bytes and of 100 MB are refused, and so is a form without a file', (c) => this.files(c));
    await t('a form on a page comes back with what is wrong at its field, in its language', (c) => this.form(c));
    await t('wrong keys, receipts and tokens are refused alike', (c) => this.keys(c));
    await t('a parameter that makes no sense is refused by its name', (c) => this.parameters(c));
    await this.once();
    await this.html();
  }

  async missing(complain) {
    for (const field of REQUIRED) {
      const { [field]: _, ...rest } = GOOD;
      await this.refuse(complain, `without ${field}`, this.report(JSON.stringify(rest)), field);
    }
    for (const field of TEXTS.filter((f) => REQUIRED.includes(f)))
      for (const value of ['', ' \n\t', null]) await this.refuse(complain, `${field} is ${JSON.stringify(value)}`, this.with({ [field]: value }), field);
    await this.refuse(complain, 'personal data not confirmed', this.with({ personal_data: false }), 'personal_data');
    const r = await this.report('{}')('en');
    if (r.status !== 422) complain(`{} gets ${r.status}`);
    const all = await this.report(JSON.stringify({ kind: 'product' }))('en');
    for (const field of REQUIRED.slice(1)) if (!all.json.errors.some((e) => e.field === field)) complain(`${field} is not named among all that is missing`);
  }

  async tooLong(complain) {
    for (const field of TEXTS) await this.refuse(complain, `a long ${field}`, this.with({ [field]: field === 'email' ? `${'a'.repeat(400)}@finder.example` : '長'.repeat(150000) }), field);
    await this.refuse(complain, 'a long recipient', this.with({ recipient: 'x'.repeat(1000) }), 'recipient');
    await this.refuse(complain, 'no such recipient', this.with({ recipient: 'nobody' }), 'recipient');
  }

  async wrongType(complain) {
    for (const field of TEXTS) for (const value of [7, true, {}, []]) await this.refuse(complain, `${field} is ${JSON.stringify(value)}`, this.with({ [field]: value }), field);
    for (const field of BOOLS) for (const value of ['maybe', 7, {}, ['yes']]) await this.refuse(complain, `${field} is ${JSON.stringify(value)}`, this.with({ [field]: value }), field);
    await this.refuse(complain, 'no such kind', this.with({ kind: 'other' }), 'kind');
    await this.refuse(complain, 'kind is a number', this.with({ kind: 1 }), 'kind');
    await this.refuse(complain, 'no address', this.with({ email: 'nobody' }), 'email');
    await this.refuse(complain, 'no choice', this.with({ reproducibility: 'often' }), 'reproducibility');
    await this.refuse(complain, 'no language', this.with({ lang: 'fr' }), 'lang');
  }

  async badBytes(complain) {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe3, 0x81]]) {
      const text = JSON.stringify({ ...GOOD, steps: '@@' }), at = text.indexOf('@@');
      const body = Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bytes), Buffer.from(text.slice(at + 2))]);
      await this.refuse(complain, `bytes ${bytes.map((b) => b.toString(16))}`, this.report(body), null, [400, 422]);
    }
    for (const control of ['\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\ud800'])
      for (const field of ['steps', 'product'])
        await this.refuse(complain, `${JSON.stringify(control)} in ${field}`, this.report(`{${JSON.stringify({ ...GOOD, [field]: `a${control}b` }).slice(1)}`), '\ud800\u0000'.includes(control) ? null : field, [400, 422]);
  }

  async badBody(complain) {
    await this.refuse(complain, 'a key twice', this.report(`{"name":"A",${JSON.stringify(GOOD).slice(1)}`), null, [400, 422]);
    for (const [what, body] of [['no JSON', 'kind=product'], ['half', '{"kind":"product"'], ['an array', '[]'], ['a string', '"x"'], ['nothing', ''],
      ['deep', '['.repeat(100000)], ['a deep member', JSON.stringify({ ...GOOD }).slice(0, -1) + `,"x":${'['.repeat(50000)}${']'.repeat(50000)}}`]])
      await this.refuse(complain, what, this.report(body), null, [400, 422]);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', ''])
      await this.refuse(complain, `a body of type "${type}"`, this.report(JSON.stringify(GOOD), { 'Content-Type': type }), null, [400, 415, 422]);
    for (const [method, path] of [['PUT', '/api/v1/reports'], ['DELETE', '/api/v1/reports'], ['POST', '/api/v1/cases']]) {
      const r = await this.server.ask(method, path, { bearer: this.tokens.coordinator, json: {} });
      if (r.status !== 405 || !r.headers.allow) complain(`${method} ${path}: ${r.status} ${r.headers.allow}`);
    }
  }

  async tenMegabytes(complain) {
    const big = 'x'.repeat(10 << 20);
    for (const [path, bearer] of [['/api/v1/reports'], ['/api/v1/track'], ['/api/v1/reports/x/accept', this.tokens.reception]]) {
      const status = await sendBig(this.server.port, path, Buffer.from(JSON.stringify({ ...GOOD, steps: big })), { 'Content-Type': 'application/json', ...(bearer && { Authorization: `Bearer ${bearer}` }) });
      if (status !== 413 && status !== 'closed') complain(`10 MB to ${path}: ${status}`);
    }
  }

  async files(complain) {
    const send = (o) => (lang) => this.server.ask('POST', '/api/v1/files', { lang, ...o });
    await this.refuse(complain, 'a file of 0 bytes', send(multipart([{ name: 'files', file: 'empty.txt', body: '' }])), 'files');
    await this.refuse(complain, 'no file', send(multipart([{ name: 'other', body: 'x' }])), 'files');
    await this.refuse(complain, 'a form cut short', send({ ...multipart([{ name: 'files', file: 'a', body: 'x' }]), body: Buffer.from('--kakehashi-e2e-edge\r\nContent-Dispo') }), null, [400, 422]);
    const big = multipart([{ name: 'files', file: 'big.bin', body: Buffer.alloc(100 << 20, 'x') }]);
    await this.refuse(complain, 'a file of 100 MB', send(big), 'files', [413, 422]);
  }

  // The page of the same form, as a browser sends it.
  async form(complain) {
    const fields = { ...GOOD, tell_vendor: 'yes', direct_contact: 'no', publish_name: 'no', told_others: 'no', personal_data: 'yes' };
    delete fields.kind;
    for (const lang of ['ja', 'en']) {
      for (const [field, value] of [['email', ''], ['steps', ''], ['email', 'nobody'], ['steps', 'a\u0001b'], ['name', '長'.repeat(3000)]]) {
        const parts = Object.entries({ ...fields, [field]: value }).map(([name, body]) => ({ name, body }));
        const r = await this.server.ask('POST', `/${lang}/report/product`, { lang, ...multipart(parts) });
        const what = `/${lang}/report/product with ${field} ${JSON.stringify(value.slice(0, 10))}`;
        if (r.status !== 422) complain(`${what}: ${r.status}`);
        const at = new RegExp(`id="([^"]*${field}[^"]*)"[^>]*>([^<]+)`, 'g');
        if (!r.text.includes(`<html lang="${lang}"`) || !/aria-invalid="true"/.test(r.text)) complain(`${what}: no field is marked`);
        if (![...r.text.matchAll(at)].length) complain(`${what}: nothing is said at it`);
        if (!r.text.includes('Gateway X 2.4')) complain(`${what}: what was typed is gone`);
      }
      const twice = await this.server.ask('POST', `/${lang}/report/product`, { ...multipart([{ name: 'email', body: 'a@finder.example' }, ...Object.entries(fields).map(([name, body]) => ({ name, body }))]) });
      if (twice.status < 400) complain(`a field twice: ${twice.status}`);
      const utf8 = await this.server.ask('POST', `/${lang}/sign-in`, { body: 'login=%FF%FE&password=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
      if (utf8.status < 400 || utf8.status >= 500) complain(`%FF as a login: ${utf8.status}`);
    }
  }

  async keys(complain) {
    const { made } = this;
    const wrong = made.key.replace(/[A-Z2-7]/g, (c) => (c === 'A' ? 'B' : 'A'));
    const enter = (json) => (lang) => this.server.ask('POST', '/api/v1/track', { lang, json });
    await this.refuse(complain, 'a wrong key', enter({ receipt: made.receipt, key: wrong }), 'key', [401, 403, 422]);
    await this.refuse(complain, 'a key without a report', enter({ receipt: '00000000', key: made.key }), 'key', [401, 403, 422]);
    await this.refuse(complain, 'no key', enter({ receipt: made.receipt }), 'key');
    const a = await enter({ receipt: made.receipt, key: wrong })('en'), b = await enter({ receipt: '00000000', key: wrong })('en');
    if (a.status !== b.status || a.json.errors[0].message !== b.json.errors[0].message) complain('a wrong key and a wrong receipt differ');
    const own = await enter({ receipt: made.receipt, key: made.key.toLowerCase().replaceAll('-', ' ') })('en');
    if (own.status !== 200) complain(`the key typed otherwise is refused: ${own.status}`);
    for (const bearer of ['nonsense', 'kkh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', this.revoked, `${this.tokens.coordinator}x`])
      await this.refuse(complain, 'a token that does not hold', (lang) => this.server.ask('GET', '/api/v1/cases', { lang, bearer }), null, [401]);
    const r = await this.server.ask('GET', '/api/v1/cases', {});
    if (r.status !== 401) complain(`without a token: ${r.status}`);
    const q = await this.server.ask('GET', `/api/v1/track?key=${made.key}`, {});
    if (q.status !== 401) complain(`a key in the address: ${q.status}`);
  }

  async parameters(complain) {
    for (const [path, field] of [['/cases?limit=0', 'limit'], ['/cases?limit=many', 'limit'], ['/cases?limit=201', 'limit'], ['/cases?flow=other', 'flow'],
      ['/cases?phase=9', 'phase'], ['/cases?open=2', 'open'], ['/cases?order=up', 'order'], ['/reports?queue=x', 'queue']])
      await this.refuse(complain, path, (lang) => this.get(path.startsWith('/r') ? 'reception' : 'coordinator', path, { lang }), field);
    await this.refuse(complain, 'a broken cursor', (lang) => this.get('coordinator', '/cases?after=nonsense', { lang }), 'after', [400, 422]);
    for (const path of ['/cases/nonsense', '/cases/00000000-0000-7000-8000-000000000000', '/reports/nonsense', '/nothing'])
      await this.refuse(complain, path, (lang) => this.get('coordinator', path, { lang }), null, [404]);
    for (const path of ['/cases/%00', '/cases/%ff', '/cases/%2e%2e/%2e%2e']) {
      const r = await this.get('coordinator', path);
      if (r.status !== 400 && r.status !== 404) complain(`${path}: ${r.status}`);
    }
  }

  // A second click is the same act; the same key with other words is not.
  async once() {
    await test(`${this.name}: a second click on a report is the same report, and another body with its key is refused`, async (complain) => {
      const before = await this.rows();
      const headers = { 'Idempotency-Key': `e2e-${Date.now()}` };
      const [a, b] = await Promise.all([this.report(JSON.stringify(GOOD), headers)('en'), this.report(JSON.stringify(GOOD), headers)('en')]);
      const c = await this.report(JSON.stringify(GOOD), headers)('en');
      const receipts = new Set([a, b, c].filter((r) => r.status === 201).map((r) => r.json.receipt));
      if (receipts.size !== 1 || c.status !== 201) complain(`three clicks: ${[a, b, c].map((r) => `${r.status} ${r.json?.receipt}`)}`);
      if (c.json?.key !== a.json?.key && a.status === 201) complain('the key is another');
      const other = await this.report(JSON.stringify({ ...GOOD, result: 'Another.' }), headers)('en');
      if (other.status < 400 || other.status >= 500) complain(`the same key with another body: ${other.status}`);
      const [r0, r1] = [before, await this.rows()].map((x) => JSON.parse(x)[0]);
      if (Number(r1) !== Number(r0) + 1) complain(`${r0} reports became ${r1}`);
    });
  }

  // What looks like HTML is text: it comes back as it was, and escaped on a page.
  async html() {
    await test(`${this.name}: HTML is text, in an answer and on a page`, async (complain) => {
      const evil = '<script>alert(1)</script><img src=x onerror=alert(2)> & "quotes"';
      const made = (await this.with({ result: evil, steps: `[x](javascript:alert(3)) ${evil}`, product: '<b>Gateway</b>' })('en')).json;
      must(made?.key, 'it is taken');
      const token = (await this.server.ask('POST', '/api/v1/track', { json: { receipt: made.receipt, key: made.key } })).json.token;
      const own = await this.server.ask('GET', '/api/v1/track', { bearer: token });
      if (own.json.items.find((x) => x.field === 'result').value !== evil) complain('the answer changes it');
      const enter = await this.server.ask('POST', '/en/track', { body: new URLSearchParams({ receipt: made.receipt, key: made.key }).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
      const cookie = (enter.headers['set-cookie'] || []).map((c) => c.split(';')[0]).join('; ');
      const page = await this.server.ask('GET', '/en/track/report', { headers: { Cookie: cookie } });
      if (page.status !== 200 || !page.text.includes('&lt;script&gt;')) complain(`the page does not show it: ${page.status} ${enter.status}`);
      if (/<script>alert|<img src=x|href="javascript|<b>Gateway/.test(page.text)) complain('the page has it as markup');
      if (!/default-src 'none'|script-src 'self'/.test(page.headers['content-security-policy'] || '')) complain(`its policy: ${page.headers['content-security-policy']}`);
      for (const secret of [made.key, token]) if (page.text.includes(secret)) complain('the page holds a secret');
    });
  }
}

// A large body; the server may answer before it has all of it, and close.
function sendBig(port, path, body, headers) {
  return ask(port, 'POST', path, { body, headers }).then((r) => r.status, (e) => (/EPIPE|ECONNRESET|socket hang up/.test(e.message) ? 'closed' : e.message));
}

// On a case: each question of the step that waits, answered wrongly; then an edit of something
// that moved meanwhile.
export async function badAnswers(w, who, vendor, step, complain) {
  const of = `/cases/${w.id}`, seen = (await w.step(who, vendor, step)).json;
  const before = await w.ask(who, 'GET', of), history = await w.ask(who, 'GET', `${of}/history`);
  const send = async (answers, more = {}) => w.ask(who, 'POST', `${of}/steps/${step}`, { json: { lane: w.lanes[vendor], round: seen.round, hop: seen.hop, answers, ...more } });
  const need = async (what, answers, field, statuses = [422], more = {}) => {
    const r = await send(answers, more);
    if (!statuses.includes(r.status)) complain(`${step} ${what}: ${r.status} ${short(r.text, 200)}`);
    else if (field && !r.json.errors.some((e) => e.field === field && e.message)) complain(`${step} ${what}: nothing at ${field}: ${short(r.text, 300)}`);
  };
  for (const q of seen.questions) {
    const at = `answers.${q.name}`;
    if (q.required) await need(`without ${q.name}`, {}, at);
    if (q.type === 'text') {
      await need(`${q.name} a number`, { [q.name]: 7 }, at);
      await need(`${q.name} too long`, { [q.name]: '長'.repeat(100000) }, at);
      await need(`${q.name} with a control character`, { [q.name]: 'a\u0002b' }, at);
    }
    if (q.choices.length > 0) await need(`${q.name} no choice`, { [q.name]: q.type.endsWith('s') ? ['other'] : 'other' }, at);
  }
  await need('a field that nobody asks', { nobody_asks: 'x' }, null, [200, 422].slice(1));
  await need('another round', {}, null, [409, 422], { round: 99 });
  await need('another hop', {}, null, [403, 404, 409, 422], { hop: 9 });
  await need('a round of letters', {}, 'round', [422], { round: 'one' });
  await need('a lane that is none', {}, null, [404, 422], { lane: '00000000-0000-7000-8000-000000000000' });
  const after = await w.ask(who, 'GET', of), later = await w.ask(who, 'GET', `${of}/history`);
  if (before.headers.etag !== after.headers.etag || history.text !== later.text) complain('something was written');
}

export async function editConflicts(w, complain) {
  const path = `/cases/${w.id}/title`, seen = await w.ask('coordinator', 'GET', `/cases/${w.id}`);
  const titles = { title_ja: seen.json.title_lang === 'ja' ? seen.json.title : seen.json.other_title, title_en: seen.json.title_lang === 'en' ? seen.json.title : seen.json.other_title };
  const put = (tag, json = titles) => w.ask('coordinator', 'PUT', path, { json, headers: tag ? { 'If-Match': tag } : {} });
  const none = await put(null), weak = await put('nonsense'), first = await put(seen.headers.etag, { ...titles, title_en: `${titles.title_en}.` });
  const second = await put(seen.headers.etag, { ...titles, title_en: 'lost' });
  const now = await w.ask('coordinator', 'GET', `/cases/${w.id}`);
  if (none.status !== 428 || weak.status !== 412) complain(`without a tag ${none.status}, with nonsense ${weak.status}`);
  if (first.status !== 200 || second.status !== 412) complain(`the first edit gets ${first.status}, the second ${second.status}`);
  if (now.text.includes('lost')) complain('the second edit was written all the same');
  const back = await put(now.headers.etag);
  must(back.status === 200, `the title is set back: ${back.status}`);
}
