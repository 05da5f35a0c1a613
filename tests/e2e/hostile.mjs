// hostile.mjs - malformed HTTP (tests/http/hostile/) against the release binary.
import fs from 'node:fs';
import path from 'node:path';
import { sendRaw } from './http.mjs';
import { root } from './server.mjs';

const folder = path.join(root, 'tests/http');
const rows = () => fs.readFileSync(path.join(folder, 'hostile.tsv'), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));

// A refusal, or the end of the connection; 200 only where the table allows it.  What only the
// server's patience ends takes as long as that; all wait together.
export async function sendHostile(server, complain) {
  const list = rows();
  const got = await Promise.all(list.map(([name]) => sendRaw(server.port, fs.readFileSync(path.join(folder, 'hostile', `${name}.http`)), 180000)));
  list.forEach(([name, want, what], i) => {
    const { status, closed } = got[i];
    const refused = status >= 400 || (status === 0 && closed);
    if (!refused && !want.split(' ').includes(String(status))) complain(`${name} (${what}): ${status || 'no answer'}`);
  });
  if (list.length < 60) complain(`there are only ${list.length}`);
  const r = await server.ask('GET', '/readyz');
  if (r.status !== 200) complain(`afterwards the server answers ${r.status}`);
}
