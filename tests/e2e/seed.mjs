// seed.mjs - the process as the source texts draw it, and who may read a text by the matrix of
// audiences: the expected values of the walks.  Nothing here is read from the program.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './server.mjs';

const table = fs.readFileSync(path.join(root, 'tests/domain/steps_expected.tsv'), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
const head = table.shift();
export const rows = table.map((r) => Object.fromEntries(head.map((name, i) => [name, r[i] ?? ''])));
const byId = new Map(rows.map((r) => [`${r.flow} ${r.step}`, r]));
const find = (flow, step) => byId.get(`${flow} ${step}`);

export const KINDS = ['poc', 'design', 'rnd', 'quality', 'si_mfg', 'si_sys', 'care', 'sales', 'risk_legal', 'pr'];

// "rnd?,si?" → those that always take part, and those that may be asked to.  "si" is either side.
function parse(cell) {
  const always = [], maybe = [];
  for (const word of cell.split(',').filter(Boolean)) {
    const kind = word.replace('?', '');
    const kinds = (kind === 'si' ? ['si_mfg', 'si_sys'] : [kind]).filter((k) => KINDS.includes(k));
    (word.endsWith('?') ? maybe : always).push(...kinds);
  }
  return { always, maybe };
}

for (const r of rows) Object.assign(r, { takes: parse(r.with), tells: parse(r.share) });
const withOf = (flow, step) => find(flow, step).takes;
const shareOf = (flow, step) => find(flow, step).tells;

// Departments whose own work a step is: it leads, or begins a message.
function leads(flow, step) {
  const r = find(flow, step);
  return KINDS.filter((k) => k !== 'poc' && (r.lead === k || r.from === k));
}

// Results that the people of an open step read, beside their own.
const INPUTS = {
  coordinated: {
    '1.4.1': '1.3.1', '2.1.1': '1.5.2 2.3.2', '2.2.1': '2.1.1 2.3.2', '2.3.1': '2.1.1',
    '2.4.1': '2.1.1 2.2.1 2.3.2', '2.5.1': '2.1.1 2.2.1 2.4.1', '2.6.1': '2.1.1 2.2.1 2.4.1 2.5.1',
    '3.1.1': '2.5.1', '3.2.1': '2.2.1 2.4.1 2.5.1 3.1.1', '3.2.2': '2.2.1 2.4.1 2.5.1 3.1.1',
    '3.3.1': '3.2.1 3.2.2', '4.1.1': '2.5.1 3.3.1', '4.1.2': '4.1.1', '4.2.1': '4.1.1',
    '4.2.2': '3.2.1 3.2.2 4.1.1', '4.3.1': '4.1.1', '4.3.2': '3.2.1 3.2.2 4.1.1', '4.4.1': '4.1.1',
    '4.4.2': '4.4.1', '5.1.1': '2.4.1 3.2.1 3.2.2 4.4.1',
  },
  direct: {
    '2.1.1': '1.1.1 2.3.2', '2.2.1': '2.1.1 2.3.2', '2.3.1': '2.1.1', '2.4.1': '2.1.1 2.2.1 2.3.2',
    '2.5.1': '2.1.1 2.2.1 2.4.1', '2.6.1': '2.1.1 2.2.1 2.4.1 2.5.1', '3.1.1': '2.2.1 2.4.1 2.5.1',
    '3.2.1': '2.2.1 2.4.1 2.5.1 3.1.1', '3.2.2': '2.2.1 2.4.1 2.5.1 3.1.1', '3.3.1': '3.2.1 3.2.2',
    '4.1.1': '2.5.1 3.3.1', '4.2.1': '3.2.1 3.2.2 4.1.1', '4.3.1': '4.1.1', '4.3.2': '4.3.1',
    '5.1.1': '2.4.1 3.2.1 3.2.2 4.3.1',
  },
};
export const login = (vendor, kind) => `${vendor}.${kind.replace('_', '-')}`;

// What has happened so far, as the test itself knows it.  Steps are "vendor/step" or "/step".
export class Standing {
  constructor(flow, vendors) {
    Object.assign(this, { flow, vendors, open: new Set(), done: new Set(), chosen: new Set() });
    this.facts = new Set(); // accepted came_from_overseas mediated draft_asked handed_over
  }

  is(set, vendor, step) {
    return this[set].has(`${vendor}/${step}`);
  }

  // The departments that have a part in a step: they lead it or take part, and it is open or done.
  takePart(vendor, step) {
    const w = withOf(this.flow, step);
    if (!this.is('open', vendor, step) && !this.is('done', vendor, step)) return [];
    if (step === '1.3.1') return this.spread(vendor, step); // only those that the contact picked
    return KINDS.filter((k) => leads(this.flow, step).includes(k) && !w.maybe.includes(k)
      || w.always.includes(k) || this.chosen.has(`${vendor}/${step} with ${k}`));
  }

  // And those that are told the result once it is there.
  told(vendor, step) {
    if (step === '1.3.1' || !this.is('done', vendor, step)) return []; // there only that something came
    const s = shareOf(this.flow, step), chosen = (word, k) => this.chosen.has(`${vendor}/${step} ${word} ${k}`);
    return KINDS.filter((k) => s.always.includes(k) || chosen('tell', k) || (s.maybe.includes(k) && chosen('spread', k)));
  }

  steps() {
    return (this.all ??= rows.filter((r) => r.flow === this.flow).map((r) => r.step));
  }

  spread(vendor, step) {
    return KINDS.filter((k) => this.chosen.has(`${vendor}/${step} spread ${k}`));
  }

  // Vendors that have the overview, by which their contacts are in the case.
  reached() {
    return this.flow === 'direct' ? this.vendors : this.vendors.filter((v) => this.is('done', v, '1.2.1'));
  }

  departments(vendor) {
    const all = new Set();
    for (const step of this.steps())
      for (const k of [...this.takePart(vendor, step), ...this.told(vendor, step), ...this.spread(vendor, step)]) all.add(k);
    for (const k of KINDS) if (this.chosen.has(`${vendor}/1.3.1 tell ${k}`)) all.add(k);
    return KINDS.filter((k) => all.has(k));
  }

  // Who may know that there is a case, but for the finder.
  knows() {
    const all = this.flow === 'coordinated' ? ['reception'] : [];
    if (this.flow === 'coordinated' ? this.facts.has('accepted') : this.is('done', this.vendors[0], '1.2.1')) all.push('coordinator');
    for (const v of this.reached()) all.push(login(v, 'poc'), ...this.departments(v).filter((k) => k !== 'poc').map((k) => login(v, k)));
    return all;
  }

  internal(vendor, step) {
    const kinds = new Set(['poc', ...this.takePart(vendor, step), ...this.told(vendor, step)]);
    for (const [open, inputs] of Object.entries(INPUTS[this.flow]))
      if (this.is('open', vendor, open) && inputs.split(' ').includes(step))
        for (const k of this.takePart(vendor, open)) kinds.add(k);
    return [...kinds].map((k) => login(vendor, k));
  }

  // Of those who may read a text, who must also find it: an overview or details that went to
  // another vendor are the same right, shown nowhere twice; a report comes to departments as a
  // source of what waits for them.
  finders(t) {
    const all = this.readers(t);
    if (t.audience === 'report') return all.filter((who) => !who.includes('.') || who.endsWith('.poc'));
    if (t.audience !== 'overview' && t.audience !== 'details') return all;
    return all.filter((who) => who === 'coordinator' || who.startsWith(`${t.vendor}.`));
  }

  // The readers of a text: {audience, vendor, step}.
  readers(t) {
    const pocs = this.reached().map((v) => login(v, 'poc'));
    const spread = (...steps) => this.reached().flatMap((v) => steps.flatMap((s) => this.spread(v, s).map((k) => login(v, k))));
    const participants = (v, s) => [...this.takePart(v, s), ...this.told(v, s)].map((k) => login(v, k));
    const coordinator = this.facts.has('accepted') ? ['coordinator'] : [];
    if (this.flow === 'direct') {
      const v = this.vendors[0], poc = login(v, 'poc');
      const mediator = this.facts.has('mediated') ? ['coordinator'] : [];
      switch (t.audience) {
        case 'report': return ['finder', poc, ...spread('1.1.1')]; // what was sent is the details here
        case 'identity': return ['finder', poc];
        case 'finder': return ['finder', poc, ...mediator];
        case 'overview': case 'details': return [poc, ...spread('1.1.1')];
        case 'title': return [poc, ...spread('1.1.1'), ...this.owners(v), ...mediator];
        case 'coordination': return [poc, ...(this.is('done', v, '1.2.1') ? ['coordinator'] : [])];
        case 'notice': return [poc, ...participants(v, '4.2.1')];
        case 'vendor_draft': return [poc, ...participants(v, '5.1.1'), ...(this.facts.has('handed_over') ? ['reception', 'coordinator'] : [])];
        default: return this.internal(v, t.step);
      }
    }
    // what an overseas coordinator sends comes to the coordinator itself, who talks with it
    switch (t.audience) {
      case 'report': return ['finder', 'reception', ...coordinator];
      case 'identity': return ['finder', 'reception', ...(this.facts.has('came_from_overseas') ? coordinator : [])];
      case 'finder': return ['finder', 'reception', ...(this.facts.has('came_from_overseas') ? coordinator : [])];
      case 'reception': return ['reception', ...coordinator];
      case 'office': return ['coordinator'];
      case 'overview': return ['reception', ...coordinator, ...pocs, ...spread('1.3.1', '1.5.2')];
      case 'title': return ['reception', ...coordinator, ...pocs, ...spread('1.3.1', '1.5.2'), ...this.reached().flatMap((v) => this.owners(v))];
      case 'details': return ['reception', ...coordinator,
        ...this.vendors.filter((v) => this.is('done', v, '1.5.1')).map((v) => login(v, 'poc')), ...spread('1.5.2')];
      case 'all': return ['coordinator', ...pocs];
      case 'coordination': return ['coordinator', ...(this.reached().includes(t.vendor) ? [login(t.vendor, 'poc')] : [])];
      case 'notice': return [login(t.vendor, 'poc'), ...participants(t.vendor, t.step)];
      case 'vendor_draft': return [login(t.vendor, 'poc'), ...participants(t.vendor, '5.1.1')];
      case 'draft': return ['reception', 'coordinator', ...(this.facts.has('draft_asked') ? this.onPortal(pocs) : [])];
      case 'draft_own': return ['coordinator', login(t.vendor, 'poc'), ...participants(t.vendor, '5.2.1')];
      default: return this.internal(t.vendor, t.step);
    }
  }

  onPortal(pocs) {
    return [...pocs, ...this.reached().flatMap((v) => [...this.takePart(v, '5.2.1'), ...this.told(v, '5.2.1')].map((k) => login(v, k)))];
  }

  // Departments that lead a step or take part in it: they may read what the case is called.
  owners(vendor) {
    return this.steps().flatMap((s) => this.takePart(vendor, s)).map((k) => login(vendor, k));
  }
}
