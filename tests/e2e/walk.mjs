// walk.mjs - one case, act by act over HTTP; after each act every person of the cast looks at it.
//
// Each text that somebody writes carries a mark of its own ("KXA0012Q").  What a person's answers
// hold is compared with seed.mjs: every mark that its readers must find, and no other.
import { KINDS, login, rows, Standing } from './seed.mjs';
import { must, same, short, Stop, test } from './runner.mjs';

const MARK = /KX[A-Z]\d{4}Q/g;
const marksOf = (...answers) => new Set(answers.flatMap((a) => a.text.match(MARK) || []));

export class Walk {
  // o: name, letter, flow, vendors (slugs), demo (a case of demo/cases).
  constructor(server, tokens, o) {
    Object.assign(this, { server, tokens, ...o });
    this.people = Object.keys(tokens);
    this.now = new Standing(o.flow, o.vendors);
    this.texts = [];
    this.lanes = { '': '' };
    this.orgs = {};
    this.acts = new Set();
    this.fresh = new Set(); // steps acted on since everybody looked
    this.broken = false;
  }

  ask(who, method, path, o = {}) {
    const bearer = who === 'finder' ? this.finderToken : this.tokens[who];
    return this.server.ask(method, `/api/v1${path}`, { bearer, ...o });
  }

  // A sentence of its own for a reader and for search, with its mark.
  text(audience, at, vendor = '', step = '', where = 'steps') {
    const mark = `KX${this.letter}${String(this.texts.length + 1).padStart(4, '0')}Q`;
    this.texts.push({ mark, audience, vendor, step, where });
    return `${at} ${mark}`;
  }

  // What the demo's people wrote at this place, else a plain word of what it is.
  words(vendor, step, hop, field) {
    const act = (this.demo.acts || []).find((a) => a.step === step && a.hop === hop && a.answers?.[field]);
    const own = act && (!act.vendor || act.vendor === vendor) ? act.answers[field] : '';
    return own.startsWith('@') || !own ? `${step} ${field}, ${vendor || 'case'}:` : own;
  }

  // --- acts ------------------------------------------------------------------------------------

  async step(who, vendor, step) {
    const lane = vendor ? `?lane=${this.lanes[vendor]}` : '';
    return this.ask(who, 'GET', `/cases/${this.id}/steps/${step}${lane}`);
  }

  // who performs a hop: say {field: audience} are its texts, pick its other answers.
  async perform(who, vendor, step, hop, say = {}, pick = {}, ends = true) {
    const answers = { ...pick };
    for (const [field, audience] of Object.entries(say))
      answers[field] = this.text(audience, this.words(vendor, step, hop, field), vendor, step);
    const seen = await this.step(who, vendor, step);
    must(seen.status === 200, `${who} sees ${step}: ${seen.status} ${short(seen.text)}`);
    must(seen.json.may_perform || seen.json.again, `${who} may perform ${step}: it is ${seen.json.state}, hop ${seen.json.hop}`);
    const body = { round: seen.json.again && !seen.json.may_perform ? seen.json.round + 1 : seen.json.round, hop, answers };
    if (vendor) body.lane = this.lanes[vendor];
    await this.refuseOthers(who, step, body);
    const path = `/cases/${this.id}/steps/${step}`, headers = { 'Idempotency-Key': `${this.letter}-${this.texts.length}-${step}-${hop}-${vendor}` };
    const r = await this.ask(who, 'POST', path, { json: body, headers });
    must(r.status === 200 || r.status === 204, `${who} performs ${step}/${hop}: ${r.status} ${short(r.text)}`);
    this.note(vendor, step, pick, ends);
    await this.clickAgain(who, path, body, headers, r);
  }

  // The same request again is answered as before; without its key it comes too late.
  async clickAgain(who, path, json, headers, first) {
    const same = await this.ask(who, 'POST', path, { json, headers }), late = await this.ask(who, 'POST', path, { json });
    must(same.status === first.status && same.text === first.text, `a second click is the first: ${same.status} ${short(same.text)}`);
    must([403, 404, 409, 422].includes(late.status), `it is done once: ${late.status} ${short(late.text)}`);
  }

  // Somebody who is not asked sends the same: it is refused, whoever it is.
  async refuseOthers(who, step, body) {
    this.turn = ((this.turn || 0) + 1) % this.people.length;
    const other = this.people[this.turn];
    const kind = (x) => x.split('.')[0];
    if (other === who || kind(other) === kind(who)) return;
    const r = await this.ask(other, 'POST', `/cases/${this.id}/steps/${step}`, { json: body });
    const want = [...this.now.knows(), this.source].includes(other) ? [403, 404, 409] : [404];
    must(want.includes(r.status), `${other} performs ${step} in place of ${who}: ${r.status} ${short(r.text)}`);
  }

  async finder(step, hop, say, pick = {}, ends = false, vendor = this.vendors[0]) {
    const answers = { ...pick };
    for (const [field, audience] of Object.entries(say))
      answers[field] = this.text(audience, this.words(vendor, step, hop, field), vendor, step);
    const seen = await this.ask('finder', 'GET', `/track/steps/${step}`);
    must(seen.status === 200, `the finder sees ${step}: ${seen.status} ${short(seen.text)}`);
    const r = await this.ask('finder', 'POST', `/track/steps/${step}`, { json: { round: seen.json.round, hop: seen.json.hop, answers } });
    must(r.status === 204, `the finder performs ${step}: ${r.status} ${short(r.text)}`);
    must(seen.json.hop === hop, `the finder is at hop ${seen.json.hop} of ${step}`);
    this.note(vendor, step, pick, ends);
  }

  async sign(vendor, kind, step, ends = false) {
    const who = login(vendor, kind);
    const seen = await this.step(who, vendor, step);
    must(seen.status === 200 && seen.json.may_sign, `${who} may sign ${step}: ${seen.status} ${short(seen.text)}`);
    const r = await this.ask(who, 'POST', `/cases/${this.id}/steps/${step}`,
      { json: { lane: this.lanes[vendor], round: seen.json.round, hop: 0, answers: {} } });
    must(r.status === 200, `${who} signs ${step}: ${r.status} ${short(r.text)}`);
    this.note(vendor, step, {}, ends);
  }

  note(vendor, step, pick, ends) {
    const at = `${vendor}/${step}`, n = this.now;
    this.acts.add(step);
    this.fresh.add(step);
    if (ends) { n.done.add(at); n.open.delete(at); } else { n.open.add(at); n.done.delete(at); }
    for (const [field, word] of [['take_part', 'with'], ['inform', 'tell'], ['spread', 'spread'], ['tell', 'tell']])
      for (const kind of pick[field] || []) n.chosen.add(`${at} ${word} ${kind}`);
  }

  // --- looking ---------------------------------------------------------------------------------

  // What one person can fetch of the case: all, or what was acted on and what waits.
  async look(who, all) {
    const of = `/cases/${this.id}`;
    const got = { case: await this.ask(who, 'GET', of), answers: [], steps: [] };
    if (got.case.status !== 200) return got;
    got.answers.push(got.case);
    const list = await this.ask(who, 'GET', `${of}/steps`);
    got.answers.push(list);
    got.steps = list.json?.items || [];
    const now = got.steps.filter((s) => all || s.may_perform || s.may_sign || this.fresh.has(s.step));
    const wanted = now.map((s) => this.ask(who, 'GET', `${of}/steps/${s.step}${s.lane ? `?lane=${s.lane}` : ''}`));
    const more = all ? ['history', 'files', 'advisory', 'vulnerabilities', 'vendors'].map((x) => this.ask(who, 'GET', `${of}/${x}`)) : [];
    if (all) more.push(this.talk(who, of, got));
    got.answers.push(...(await Promise.all([...wanted, ...more])).filter(Boolean));
    return got;
  }

  async talk(who, of, got) {
    const first = await this.ask(who, 'GET', `${of}/messages?whole=1`);
    for (const t of first.json?.threads || [])
      got.answers.push(await this.ask(who, 'GET', `${of}/messages?whole=1&thread=${encodeURIComponent(t.key)}`));
    return first;
  }

  async lookAtReport(who, got) {
    const r = await this.ask(who, 'GET', `/reports/${this.reportId}`);
    got.report = r.status;
    if (r.status === 200) got.answers.push(r);
  }

  async lookAll(all) {
    const seen = {};
    await Promise.all(this.people.map(async (who) => {
      seen[who] = await this.look(who, all);
      if (this.reportId && (all || !who.includes('.'))) await this.lookAtReport(who, seen[who]);
    }));
    if (this.finderToken) {
      const own = await this.ask('finder', 'GET', '/track');
      const form = await Promise.all((own.json?.tasks || []).map((t) => this.ask('finder', 'GET', `/track/steps/${t.step}`)));
      seen.finder = { case: await this.ask('finder', 'GET', `/cases/${this.id}`), answers: [own, ...form], steps: [], own };
    }
    return seen;
  }

  // "coordinator:1.1 omron.care:3.2.1*": what waits, and for whom; * is a signature.
  waits(seen) {
    const all = [];
    for (const [who, got] of Object.entries(seen)) {
      for (const w of got.case.json?.waits_for || []) if (w.own) all.push(`${who}:${w.step}${w.hop === 0 ? '*' : ''}`);
      for (const t of got.own?.json?.tasks || []) all.push(`finder:${t.step}`);
    }
    return all.sort().join(' ');
  }

  // One act and all that is to be seen after it.  waits: as waits() says.  all: look at the talk,
  // the history, the files and the draft, too.
  async beat(name, waits, body, all = false) {
    if (this.broken) return;
    const done = await test(`${this.name}: ${name}`, async (complain) => {
      try {
        await body();
      } catch (e) {
        this.broken = true;
        throw e;
      }
      await this.after(waits, complain, all);
    });
    return done;
  }

  async after(waits, complain, all) {
    for (const w of waits.split(' ').filter(Boolean)) {
      const [who, step] = w.replace('*', '').split(':');
      const vendor = this.vendors.find((v) => who.startsWith(`${v}.`));
      if (vendor) this.now.open.add(`${vendor}/${step}`);
    }
    const seen = await this.lookAll(all);
    if (this.dump) this.dump(seen);
    const got = this.waits(seen), want = waits.split(' ').filter(Boolean).sort().join(' ');
    if (got !== want) complain(`waits for "${got}", not for "${want}"`);
    this.checkKnows(seen, complain);
    this.checkTexts(seen, complain, all);
    this.checkSteps(seen, complain);
    this.checkOthersWait(seen, want, complain);
    this.fresh.clear();
  }

  checkKnows(seen, complain) {
    const know = this.people.filter((p) => seen[p].case.status === 200);
    const want = this.people.filter((p) => this.now.knows().includes(p) || p === this.source);
    if (!same(know, want)) complain(`known to ${know.join(' ')}, not to ${want.join(' ')}`);
    for (const p of this.people) {
      const { status, text } = seen[p].case;
      if (status !== 200 && (status !== 404 || text.includes(this.number))) complain(`${p} gets ${status}: ${short(text)}`);
    }
    if (seen.finder && seen.finder.case.status === 200) complain('the finder reads the case itself');
  }

  checkTexts(seen, complain, all) {
    const has = Object.fromEntries(Object.entries(seen).map(([who, got]) => [who, marksOf(...got.answers)]));
    for (const t of this.texts) {
      const may = new Set(this.now.readers(t)), must = new Set(this.now.finders(t)), what = `${t.mark}, a text for ${t.audience} of ${t.vendor} ${t.step}`;
      for (const who of Object.keys(seen)) {
        const is = (set) => set.has(who) || (this.source === who && set.has('finder'));
        if (has[who].has(t.mark) && !is(may)) complain(`${who} reads ${what}`);
        if (!has[who].has(t.mark) && is(must) && this.shown(t, who, all)) complain(`${who} does not find ${what}`);
      }
    }
  }

  // Whether the answers that were fetched must hold a text of this place for somebody who may read it.
  shown(t, who, all) {
    if (t.where === 'talk-report') return who === 'finder' || (who === 'reception');
    if (all) return true;
    if (t.where === 'report') return !who.includes('.');
    return t.where === 'case' || (t.where === 'steps' && this.fresh.has(t.step));
  }

  // A vendor's people see their own lane alone, and of the case itself its beginning and its
  // publication; who does not know what it is about sees where it was told something; what waits
  // for somebody is there to be done.
  checkSteps(seen, complain) {
    const titled = new Set(this.now.readers({ audience: 'title' }));
    for (const [who, got] of Object.entries(seen)) {
      const vendor = this.vendors.find((v) => who.startsWith(`${v}.`));
      const kind = vendor && KINDS.find((k) => login(vendor, k) === who);
      const knows = titled.has(who);
      for (const s of got.steps) {
        if (vendor && s.lane && s.lane !== this.lanes[vendor]) complain(`${who} sees ${s.step} of another vendor`);
        if (vendor && !s.lane && !['0.1.1', '0.2.1', '5.2.2'].includes(s.step)) complain(`${who} sees ${s.step} of the case itself`);
        if (kind && !knows && s.lane && !this.concerns(s.step, kind)) complain(`${who} sees ${s.step}, which neither asks nor tells it`);
      }
      for (const w of got.case.json?.waits_for || [])
        if (w.own && !got.steps.some((s) => s.step === w.step && (s.lane || '') === (w.lane || '') && (s.may_perform || s.may_sign)))
          complain(`${w.step} waits for ${who}, who cannot do it`);
    }
  }

  // Whether the source names that kind at the step.
  concerns(step, kind) {
    const r = rows.find((x) => x.flow === this.flow && x.step === step);
    const words = [r.from, r.to, r.lead, r.with, r.share].join(',').replace(/\?/g, '').split(/[>,]/);
    return words.includes(kind) || (words.includes('si') && kind.startsWith('si_'));
  }

  // The coordinator is told by whom the case goes on, though not what goes on inside a vendor.
  checkOthersWait(seen, want, complain) {
    const list = seen.coordinator?.case.json?.waits_for;
    if (!list || this.flow !== 'coordinated') return;
    for (const v of this.now.reached()) {
      const vendorWaits = want.split(' ').some((w) => w.startsWith(`${v}.`));
      const said = list.some((w) => !w.own && w.lane === this.lanes[v]);
      if (vendorWaits && !said) complain(`the coordinator is not told that the case waits for ${v}`);
    }
  }

  // --- steps as they stand in the end ----------------------------------------------------------

  // {step: state} as somebody sees them, of the case and of one lane.
  async states(who, vendor) {
    const list = await this.ask(who, 'GET', `/cases/${this.id}/steps`);
    return Object.fromEntries(list.json.items.filter((s) => !s.lane || s.lane === this.lanes[vendor]).map((s) => [s.step, s]));
  }

  // One round: what each of the people of the list sees of who waits, as sentences.
  fail(why) {
    throw new Stop(why);
  }
}
