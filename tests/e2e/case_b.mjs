// case_b.mjs - an overseas coordinator's report (0.2.1) of a vulnerability whose vendor knows all
// its customers: 4.3.1 to 4.3.3, and never a word of it in public.
import { decide, fix, notify, sendReport, setTitle } from './case_a.mjs';
import { must, short } from './runner.mjs';
import { Walk } from './walk.mjs';

const V = 'hitachi-energy';
const poc = `${V}.poc`, design = `${V}.design`;

// Of an overseas coordinator: it signs in, and the coordinator has the report at once.
async function begin(w) {
  await w.beat('0.2.1 the overseas coordinator notifies', 'coordinator:1.1', async () => {
    const made = await sendReport(w);
    must(!made.key, 'who signs in gets no key');
    const own = await w.ask('certx', 'GET', '/reports?queue=sent');
    must(own.status === 200 && own.json.items.length === 1, `it follows its report: ${own.status} ${short(own.text)}`);
    w.reportId = own.json.items[0].id;
    const cases = await w.ask('coordinator', 'GET', '/cases?limit=1');
    w.id = cases.json.items[0].id;
    w.number = cases.json.items[0].number.replace(/\D/g, '');
    must(cases.json.items[0].entry === 'overseas', `the case came from overseas: ${short(cases.text)}`);
    w.now.facts.add('accepted').add('came_from_overseas');
    w.now.done.add('/0.2.1');
    w.acts.add('0.2.1');
    await setTitle(w);
  }, true);
  await w.beat('1.1 the coordinator selects the vendor', 'coordinator:1.2.1', () => notify(w));
  await w.beat('1.2.1 it gets the overview', `${poc}:1.3.1`, () =>
    w.perform('coordinator', V, '1.2.1', 1, { overview: 'overview', note: 'coordination' }));
  await w.beat('1.3.1 the contact spreads it to design', `${design}:1.3.1`, () =>
    w.perform(poc, V, '1.3.1', 1, { note: 'internal' }, { spread: ['design'] }, false));
  await w.beat('1.3.1 design wants the details', `${poc}:1.4.1`, () =>
    w.perform(design, V, '1.3.1', 2, { reason: 'internal' }, { details: 'yes' }));
  await w.beat('1.4.1 the contact requests them', 'coordinator:1.5.1', () => w.perform(poc, V, '1.4.1', 1, { request: 'coordination' }));
  await w.beat('1.5.1 the vendor gets the details', `${poc}:1.5.2`, () =>
    w.perform('coordinator', V, '1.5.1', 1, { details: 'details' }));
  await w.beat('1.5.2 the contact spreads them to design', `${design}:2.1.1`, () =>
    w.perform(poc, V, '1.5.2', 1, { note: 'internal' }, { spread: ['design'] }), true);
}

const products = (w) => w.demo.products.map((p) => ({ name: p.name.en, versions: p.versions.en, status: 'affected' }));

async function investigate(w) {
  await w.beat('2.1.1 design reproduces it', `${design}:2.2.1 ${design}:2.4.1`, () =>
    w.perform(design, V, '2.1.1', 1, { environment: 'internal', result: 'internal' }, { reproduced: 'yes' }));
  await w.beat('2.2.1 design finds the cause', `${design}:2.4.1`, () =>
    w.perform(design, V, '2.2.1', 1, { cause: 'internal', conditions: 'internal' }, { cwe: w.demo.vulnerabilities[0].cwe, avoidable: 'no' }));
  await w.beat('2.4.1 design names the products', `${design}:2.5.1`, () =>
    w.perform(design, V, '2.4.1', 1, {}, { affected: 'yes', products: products(w) }));
  await w.beat('2.5.1 design assesses it', `${poc}:2.6.1`, () =>
    w.perform(design, V, '2.5.1', 1, { impact: 'internal', assessment: 'internal' }, { trigger: 'low', difficulty: 'medium', vector: w.demo.vulnerabilities[0].cvss[0].vector }));
  await w.beat('2.6.1 the contact reports the findings', `${poc}:3.1.1`, () =>
    w.perform(poc, V, '2.6.1', 1, { reproduction: 'coordination' }, { status: 'affected' }));
  const signs = (...kinds) => kinds.map((k) => `${V}.${k}:3.1.1*`).join(' ');
  await w.beat('3.1.1 the contact sends the plan', signs('design', 'si-mfg', 'si-sys'), () =>
    w.perform(poc, V, '3.1.1', 1, { plan: 'internal', plan_sent: 'coordination' }, {}, false));
  await w.beat('3.1.1 all sign', 'coordinator:3.1.1', async () => {
    for (const kind of ['design', 'si_mfg', 'si_sys']) await w.sign(V, kind, '3.1.1');
  });
  await w.beat('3.1.1 the coordinator agrees', `${design}:3.2.1 ${design}:3.2.2`, () =>
    w.perform('coordinator', V, '3.1.1', 2, {}, { agree: 'yes' }));
}

async function leavePortal(w) {
  await decide(w, V, { customers: 'all_known', publish: 'no' }, `${poc}:4.1.2`);
  await w.beat('4.1.2 the contact reports the policy', `${poc}:4.3.1`, () => w.perform(poc, V, '4.1.2', 1, { policy: 'coordination' }));
  await w.beat('4.3.1 the contact explains that every customer can be notified', 'coordinator:4.3.1', () =>
    w.perform(poc, V, '4.3.1', 1, { explanation: 'coordination' }, {}, false));
  await w.beat('4.3.1 the coordinator agrees', `${poc}:4.3.2`, () =>
    w.perform('coordinator', V, '4.3.1', 2, { note: 'coordination' }, { agree: 'yes' }));
  const waits = (...kinds) => kinds.map((k) => `${V}.${k}:4.3.2*`).join(' ');
  await w.beat('4.3.2 every customer is notified, pr to be told', waits('si-sys', 'care', 'sales'), () =>
    w.perform(poc, V, '4.3.2', 1, { recipients: 'internal', notice: 'notice' }, { inform: ['pr'] }, false));
  await w.beat('4.3.2 si_sys signs', waits('care', 'sales'), () => w.sign(V, 'si_sys', '4.3.2'));
  await w.beat('4.3.2 care signs', waits('sales'), () => w.sign(V, 'care', '4.3.2'));
  await w.beat('4.3.2 sales signs', 'coordinator:4.3.3', () => w.sign(V, 'sales', '4.3.2', true), true);
  await w.beat('4.3.3 the coordinator explains it to reception', 'reception:4.3.3', () =>
    w.perform('coordinator', '', '4.3.3', 1, { explanation: 'reception' }, {}, false));
  await w.beat('4.3.3 reception explains it to the source', '', () =>
    w.perform('reception', '', '4.3.3', 2, { explanation: 'finder' }), true);
}

export async function walkB(server, tokens, env) {
  const w = new Walk(server, tokens, { name: `${env.name}, case B`, letter: 'B', flow: 'coordinated', vendors: [V], demo: env.demo('11-'), names: env.names });
  Object.assign(w, { orgs: env.orgs, source: 'certx' });
  await begin(w);
  await investigate(w);
  await fix(w, V);
  await leavePortal(w);
  return w;
}
