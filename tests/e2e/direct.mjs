// direct.mjs - a finder reports to the vendor itself: all twenty direct steps, with the
// coordinator as go-between, and the vendor's own report to reception in the end.
import { enter, fix, sendReport } from './case_a.mjs';
import { must, short } from './runner.mjs';
import { Walk } from './walk.mjs';

const V = 'yokogawa';
const poc = `${V}.poc`, design = `${V}.design`;

async function begin(w) {
  await w.beat('1.1.1 the finder reports to the vendor alone', `${poc}:1.1.1`, async () => {
    const made = await sendReport(w, { recipient: V, tell_vendor: true, direct_contact: true });
    await enter(w, made.receipt, made.key);
    const cases = await w.ask(poc, 'GET', '/cases?flow=direct');
    must(cases.json.items.length === 1, `the contact has the case: ${short(cases.text)}`);
    w.id = cases.json.items[0].id;
    w.number = cases.json.items[0].number.replace(/\D/g, '');
    const seen = await w.ask(poc, 'GET', `/cases/${w.id}/steps/1.1.1`);
    const list = await w.ask(poc, 'GET', `/cases/${w.id}/steps`);
    w.lanes[V] = list.json.items.find((s) => s.step === '2.1.1').lane;
    must(w.lanes[V], `the vendor has a lane: ${short(seen.text)}`);
    w.acts.add('1.1.1');
  }, true);
  await w.beat('1.1.1 the contact acknowledges, and spreads it to design and si_mfg', `${design}:2.1.1`, () =>
    w.perform(poc, V, '1.1.1', 2, { message: 'finder', note: 'internal' }, { spread: ['design', 'si_mfg'] }), true);
}

async function askForSupport(w) {
  const rest = `${design}:2.1.1`;
  await w.beat('1.2.1 the contact asks for support', `${rest} coordinator:1.2.2`, () =>
    w.perform(poc, V, '1.2.1', 1, { request: 'coordination', forwarded: 'coordination' }), true);
  await w.beat('1.2.2 the coordinator offers to mediate', `${rest} finder:1.2.2`, () =>
    w.perform('coordinator', V, '1.2.2', 1, { offer: 'finder' }, {}, false));
  await w.beat('1.2.2 the finder accepts', rest, async () => {
    await w.finder('1.2.2', 2, {}, { accept: 'yes' }, true);
    w.now.facts.add('mediated');
  }, true);
}

async function clarify(w) {
  const rest = `${design}:2.1.1`;
  await w.beat('2.3.1 design asks', `${rest} ${poc}:2.3.1`, () => w.perform(design, V, '2.3.1', 1, { question: 'internal' }, {}, false));
  await w.beat('2.3.1 the contact words the question', `${rest} coordinator:2.3.1`, () => w.perform(poc, V, '2.3.1', 2, { question: 'finder' }, {}, false));
  await w.beat('2.3.1 the coordinator passes it on', `${rest} finder:2.3.2`, () => w.perform('coordinator', V, '2.3.1', 3, { note: 'coordination' }));
  await w.beat('2.3.2 the finder answers', `${rest} coordinator:2.3.2`, () => w.finder('2.3.2', 1, { answer: 'finder' }));
  await w.beat('2.3.2 the coordinator passes it on', `${rest} ${poc}:2.3.2`, () => w.perform('coordinator', V, '2.3.2', 2, { note: 'coordination' }, {}, false));
  await w.beat('2.3.2 design has the answer', rest, () => w.perform(poc, V, '2.3.2', 3, { answer: 'internal' }));
}

const inquire = async (w, kind) => {
  const r = await w.ask('finder', 'POST', '/track/inquiries', { json: { kind } });
  must(r.status === 200, `the finder asks: ${r.status} ${short(r.text)}`);
};

async function investigate(w) {
  await w.beat('2.1.1 design reproduces it', `${design}:2.2.1 ${design}:2.4.1`, () =>
    w.perform(design, V, '2.1.1', 1, { environment: 'internal', result: 'internal' }, { reproduced: 'yes', inform: ['quality'] }));
  await w.beat('2.2.1 design finds the cause', `${design}:2.4.1`, () =>
    w.perform(design, V, '2.2.1', 1, { cause: 'internal', conditions: 'internal' }, { cwe: 'CWE-79', avoidable: 'no' }));
  await w.beat('2.4.1 design names the products', `${design}:2.5.1`, () =>
    w.perform(design, V, '2.4.1', 1, { grounds: 'internal' }, { affected: 'yes', products: [{ name: 'FAST/TOOLS', versions: 'R9.01 to R10.04', status: 'affected' }] }));
  await w.beat('2.5.1 design assesses it', `${design}:3.1.1`, () =>
    w.perform(design, V, '2.5.1', 1, { impact: 'internal', assessment: 'internal' }, { trigger: 'medium', difficulty: 'medium', vector: w.demo.vulnerabilities[0].cvss[0].vector }));
  await w.beat('2.6.1 the finder asks for the findings', `${design}:3.1.1 ${poc}:2.6.1`, () => inquire(w, 'asked_findings'));
  await w.beat('2.6.1 the contact reports them', `${design}:3.1.1 coordinator:2.6.1`, () =>
    w.perform(poc, V, '2.6.1', 1, { findings: 'finder' }, {}, false));
  await w.beat('2.6.1 the coordinator passes them on', `${design}:3.1.1`, () =>
    w.perform('coordinator', V, '2.6.1', 2, { note: 'coordination' }), true);
}

async function plan(w) {
  const signs = (...kinds) => kinds.map((k) => `${V}.${k}:3.1.1*`).join(' ');
  await w.beat('3.1.1 design plans with si', signs('si-mfg', 'si-sys'), () => w.perform(design, V, '3.1.1', 1, { plan: 'internal' }, {}, false));
  await w.beat('3.1.1 si_mfg signs', signs('si-sys'), () => w.sign(V, 'si_mfg', '3.1.1'));
  await w.beat('3.1.1 si_sys signs', `${design}:3.2.1 ${design}:3.2.2`, () => w.sign(V, 'si_sys', '3.1.1', true));
}

async function customers(w) {
  await w.beat('4.1.1 the contact decides with care', `${V}.care:4.1.1*`, () =>
    w.perform(poc, V, '4.1.1', 1, { apply: 'internal', deploy: 'internal' }, { customers: 'unspecified', publish: 'yes' }, false));
  await w.beat('4.1.1 care signs', `${poc}:4.2.1 ${poc}:4.3.1`, () => w.sign(V, 'care', '4.1.1', true));
  const waits = (...kinds) => [...kinds.map((k) => `${V}.${k}:4.2.1*`), `${poc}:4.3.1`].join(' ');
  await w.beat('4.2.1 customers are noticed', waits('si-sys', 'care', 'sales'), () =>
    w.perform(poc, V, '4.2.1', 1, { recipients: 'internal', notice: 'notice' }, {}, false));
  await w.beat('4.2.1 all sign', `${poc}:4.3.1`, async () => {
    for (const kind of ['si_sys', 'care']) await w.sign(V, kind, '4.2.1');
    await w.sign(V, 'sales', '4.2.1', true);
  });
}

async function publish(w) {
  const soon = new Date(Date.now() - 1000).toISOString();
  await w.beat('4.3.1 the contact settles the date with pr', `${V}.pr:4.3.1*`, () =>
    w.perform(poc, V, '4.3.1', 1, { reason: 'internal' }, { date: soon }, false));
  await w.beat('4.3.1 pr signs', `${poc}:5.1.1`, () => w.sign(V, 'pr', '4.3.1', true));
  await w.beat('4.3.2 the finder asks for the date', `${poc}:4.3.2 ${poc}:5.1.1`, () => inquire(w, 'asked_date'));
  await w.beat('4.3.2 the contact tells it', `${poc}:5.1.1 coordinator:4.3.2`, () => w.perform(poc, V, '4.3.2', 1, { date: 'finder' }, {}, false));
  await w.beat('4.3.2 the coordinator passes it on', `${poc}:5.1.1`, () => w.perform('coordinator', V, '4.3.2', 2, { note: 'coordination' }));
  await w.beat('5.1.1 the vendor publishes and asks for the portal', `${V}.pr:5.1.1*`, () =>
    w.perform(poc, V, '5.1.1', 1, { text: 'vendor_draft' }, { url: 'https://vendor.example/fast-tools', portal: 'yes' }, false));
  await w.beat('5.1.1 pr signs', `${poc}:5.1.2`, () => w.sign(V, 'pr', '5.1.1', true));
  await w.beat('5.1.2 the contact tells the finder', 'coordinator:5.1.2', () => w.perform(poc, V, '5.1.2', 1, { message: 'finder' }, {}, false));
  await w.beat('5.1.2 the coordinator passes it on', '', () => w.perform('coordinator', V, '5.1.2', 2, { note: 'coordination' }), true);
}

export async function walkDirect(server, tokens, env) {
  const w = new Walk(server, tokens, { name: `${env.name}, direct case`, letter: 'D', flow: 'direct', vendors: [V], demo: env.demo('08-'), names: env.names });
  await begin(w);
  await askForSupport(w);
  await clarify(w);
  await investigate(w);
  await plan(w);
  await fix(w, V);
  await customers(w);
  await publish(w);
  return w;
}
