// talk.mjs - messages and files beside the steps: each reaches its own readers and nobody else.
import { must, short } from './runner.mjs';

export function multipart(parts) {
  const edge = 'kakehashi-e2e-edge', out = [];
  for (const p of parts)
    out.push(Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${p.name}"${p.file ? `; filename="${p.file}"\r\nContent-Type: ${p.type || 'text/plain'}` : ''}\r\n\r\n`), Buffer.from(p.body), Buffer.from('\r\n'));
  out.push(Buffer.from(`--${edge}--\r\n`));
  return { body: Buffer.concat(out), headers: { 'Content-Type': `multipart/form-data; boundary=${edge}` } };
}

async function say(w, who, to, audience, vendor, extra = {}) {
  const text = w.text(audience, `A word from ${who}:`, vendor, '', 'talk');
  const r = await w.ask(who, 'POST', `/cases/${w.id}/messages`, { json: { to, text, ...extra } });
  must(r.status === 201, `${who} writes to ${to}: ${r.status} ${short(r.text)}`);
}

// In case A: both vendors have the overview.
export async function exchange(w) {
  await say(w, 'coordinator', `coordination:${w.lanes.omron}`, 'coordination', 'omron');
  await say(w, 'omron.poc', `coordination:${w.lanes.omron}`, 'coordination', 'omron');
  await say(w, 'yokogawa.poc', `coordination:${w.lanes.yokogawa}`, 'coordination', 'yokogawa');
  await say(w, 'coordinator', 'all', 'all', '');
  await say(w, 'coordinator', 'reception', 'reception', '');
  await say(w, 'reception', 'reception', 'reception', '');
  await say(w, 'coordinator', 'office', 'office', '');
  const own = w.text('finder', 'A word from the finder:', '', '', 'talk-report');
  const r = await w.ask('finder', 'POST', '/track/messages', { json: { text: own } });
  must(r.status === 200, `the finder writes: ${r.status} ${short(r.text)}`);
}

// Nobody writes where it has no part.
export async function refused(w, complain) {
  const wrong = [['omron.poc', `coordination:${w.lanes.yokogawa}`], ['omron.poc', 'reception'], ['omron.poc', 'office'], ['omron.design', `coordination:${w.lanes.omron}`],
    ['reception', `coordination:${w.lanes.omron}`], ['omron.quality', 'all'], ['reception', 'office'], ['omron.care', 'all'], ['certx', 'all']];
  for (const [who, to] of wrong) {
    const r = await w.ask(who, 'POST', `/cases/${w.id}/messages`, { json: { to, text: 'KXZ9999Q' } });
    if (![403, 404, 422].includes(r.status)) complain(`${who} writes to ${to}: ${r.status} ${short(r.text)}`);
  }
}

// A file in the talk with omron: its readers can fetch it byte for byte, others do not see it.
export async function attach(w, complain) {
  const bytes = Buffer.from('\u0000\u0001 crash.cxp, a file of the exchange\n'.repeat(5000));
  const sent = await w.ask('omron.poc', 'POST', '/files', multipart([{ name: 'files', file: '再現 crash.cxp', type: 'application/octet-stream', body: bytes }]));
  must(sent.status === 201, `a file is taken: ${sent.status} ${short(sent.text)}`);
  await say(w, 'omron.poc', `coordination:${w.lanes.omron}`, 'coordination', 'omron', { attached: [sent.json.items[0].ticket] });
  for (const who of w.people) {
    const list = await w.ask(who, 'GET', `/cases/${w.id}/files`);
    const file = list.json?.items?.find((f) => f.name === '再現 crash.cxp'), may = ['coordinator', 'omron.poc'].includes(who);
    if (Boolean(file) !== may) complain(`${who} ${file ? 'sees' : 'does not see'} the file`);
    if (file) w.file = file;
    if (!file) continue;
    const got = await w.ask(who, 'GET', `/cases/${w.id}/files/${file.id}`);
    if (!got.bytes.equals(bytes)) complain(`${who} gets other bytes: ${got.status}`);
    if (!/^attachment/.test(got.headers['content-disposition'] || '') || got.headers['x-content-type-options'] !== 'nosniff') complain('the file could open in a browser');
  }
  must(w.file, 'the file is listed');
  for (const who of ['reception', 'omron.design', 'yokogawa.poc', 'certx']) {
    const got = await w.ask(who, 'GET', `/cases/${w.id}/files/${w.file.id}`);
    if (got.status !== 404) complain(`${who} gets ${got.status} of the file`);
  }
}
