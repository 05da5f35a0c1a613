// ends.mjs - how the cases stand in the end: which steps were taken, which do not apply and why.
import { rows } from './seed.mjs';
import { must, short, test } from './runner.mjs';

const ids = (flow) => rows.filter((r) => r.flow === flow).map((r) => r.step);

// Each step is done, but for those of the other branch, which do not apply; said to whom it concerns.
async function checkStates(w, who, vendor, absent, complain) {
  const states = await w.states(who, vendor);
  for (const step of ids(w.flow)) {
    const s = states[step], want = absent.includes(step) ? 'not_applicable' : 'done';
    if (s && s.state !== want) complain(`${step} is ${s.state} for ${who}, not ${want}`);
  }
  return states;
}

// conditions: {step: [who reads it, English, Japanese]}.
async function checkConditions(w, vendor, conditions, complain) {
  for (const [step, [who, en, ja]] of Object.entries(conditions))
    for (const [lang, want] of [['en', en], ['ja', ja]]) {
      const list = await w.ask(who, 'GET', `/cases/${w.id}/steps`, { lang });
      const s = list.json.items.find((x) => x.step === step && (!x.lane || x.lane === w.lanes[vendor]));
      if (!s || s.state !== 'not_applicable' || !s.conditions.join(' ').includes(want)) complain(`${step} does not say "${want}" to ${who}: ${short(JSON.stringify(s))}`);
    }
}

export async function checkEnds(name, a, b, d) {
  await test(`${name}: cases A and B walked all 33 coordinated steps, the direct case all 20`, (complain) => {
    for (const step of ids('coordinated')) if (!a.acts.has(step) && !b.acts.has(step)) complain(`${step} was never walked`);
    for (const step of ids('direct')) if (!d.acts.has(step)) complain(`direct ${step} was never walked`);
    for (const step of ['0.2.1', '4.3.1', '4.3.2', '4.3.3']) if (a.acts.has(step)) complain(`${step} was walked in A`);
    if (ids('coordinated').length !== 33 || ids('direct').length !== 20) complain('the table has other numbers');
  });
  await test(`${name}, case A: the other branch does not apply, and says why`, async (complain) => {
    const absent = ['0.2.1', '4.3.1', '4.3.2', '4.3.3'];
    for (const who of ['coordinator', 'reception', 'omron.poc']) await checkStates(a, who, 'omron', absent, complain);
    await checkConditions(a, 'omron', {
      '0.2.1': ['coordinator', 'an overseas coordinator sent it', '海外の調整機関から通知された'],
      '4.3.1': ['omron.poc', 'all customers are known', '全顧客を把握している'],
      '4.3.3': ['coordinator', 'no vendor remains for publication', '公表する製品開発者がいない'],
    }, complain);
  });
  await test(`${name}, case B: the other branch does not apply, and says why`, async (complain) => {
    const v = 'hitachi-energy';
    const absent = ['0.1.1', '2.3.1', '2.3.2', '3.1.2', '4.2.1', '4.2.2', '4.4.1', '4.4.2', '5.1.1', '5.2.1', '5.2.2', '5.2.3'];
    for (const who of ['coordinator', 'reception', `${v}.poc`]) await checkStates(b, who, v, absent, complain);
    await checkConditions(b, v, {
      '0.1.1': ['coordinator', 'a finder reported it to reception', '発見者が受付機関に届け出た'],
      '4.2.1': [`${v}.poc`, 'the customers are unspecified', '利用者が不特定多数'],
      '5.2.2': ['coordinator', 'a vendor remains for publication', '公表する製品開発者がいる'],
    }, complain);
  });
  await test(`${name}, direct case: all steps are done, and it went on to reception without what was internal`, async (complain) => {
    await checkStates(d, 'yokogawa.poc', 'yokogawa', [], complain);
    await handOver(d, complain);
  });
}

// Reception has it as the vendor's own report; it becomes a coordinated case.
async function handOver(d, complain) {
  const list = await d.ask('reception', 'GET', '/reports?queue=intake&kind=own');
  must(list.json?.items.length === 1, `reception has the report: ${short(list.text)}`);
  const id = list.json.items[0].id;
  const report = await d.ask('reception', 'GET', `/reports/${id}`);
  if (report.json.source !== 'vendor') complain(`it comes from ${report.json.source}`);
  const open = d.texts.filter((t) => ['vendor_draft', 'title'].includes(t.audience)).map((t) => t.mark);
  for (const mark of report.text.match(/KX[A-Z]\d{4}Q/g) || []) if (!open.includes(mark)) complain(`reception reads ${mark}`);
  if (!report.text.includes(d.texts.find((t) => t.audience === 'vendor_draft').mark)) complain('reception lacks what the vendor published');
  const json = { complete: true, consistent: true, in_scope: true, vulnerability: true, unknown: true, to_finder: 'Accepted.' };
  const r = await d.ask('reception', 'POST', `/reports/${id}/accept`, { json, headers: { 'If-Match': report.headers.etag } });
  must(r.status === 200, `reception accepts it: ${r.status} ${short(r.text)}`);
  d.now.facts.add('handed_over');
  const waits = [];
  for (const who of d.people) {
    const c = await d.ask(who, 'GET', `/cases/${r.json.case_id}`);
    const may = ['reception', 'coordinator', 'yokogawa.poc'].includes(who);
    if ((c.status === 200) !== may) complain(`${who} gets ${c.status} of the coordinated case`);
    for (const x of c.json?.waits_for || []) if (x.own) waits.push(`${who}:${x.step}`);
  }
  if (waits.join(' ') !== 'coordinator:1.1') complain(`it waits for "${waits.join(' ')}"`);
}
