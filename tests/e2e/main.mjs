// main.mjs - the whole of the end-to-end tests; see run.sh.
import fs from 'node:fs';
import path from 'node:path';
import { BadInput } from './bad_input.mjs';
import { walkA } from './case_a.mjs';
import { walkB } from './case_b.mjs';
import { makeCast, makeSecond, PASSWORD, VENDORS } from './cast.mjs';
import { walkDirect } from './direct.mjs';
import { sendHostile } from './hostile.mjs';
import { closeAll, count } from './http.mjs';
import { checkEnds } from './ends.mjs';
import { checkPages } from './pages.mjs';
import { checkNothing, checkPublished } from './public.mjs';
import { finish, must, skip, test } from './runner.mjs';
import { countRows, newDatabase, root, Server } from './server.mjs';

const stores = ['sqlite', 'postgresql'];
const wanted = process.argv.slice(2);
const wants = (name) => !wanted.some((x) => stores.includes(x)) || wanted.includes(name);
const part = (name) => !wanted.some((x) => !stores.includes(x)) || wanted.includes(name);
const cases = fs.readdirSync(path.join(root, 'demo/cases')).sort();
const demo = (start) => JSON.parse(fs.readFileSync(path.join(root, 'demo/cases', cases.find((f) => f.startsWith(start))), 'utf8'));

// A token that was good once.
async function revokedToken(server) {
  const made = JSON.parse(await server.run(['token', 'add', 'auditor', '--token-name', 'old', '--json']));
  await server.run(['token', 'revoke', 'auditor', made.id]);
  return made.token;
}

// The log of the whole run: JSON lines, each with its request, and no word of what was said.
function checkLog(server, tokens, walks, complain) {
  const log = server.logText();
  const lines = log.split('\n').filter(Boolean);
  if (lines.length < 100) complain(`it has ${lines.length} lines`);
  for (const line of lines) {
    try { JSON.parse(line); } catch { complain(`no JSON: ${line.slice(0, 200)}`); }
  }
  for (const mark of new Set(log.match(/KX[A-Z]\d{4}Q/g) || [])) complain(`it holds ${mark}`);
  const secrets = [...Object.values(tokens), PASSWORD, ...walks.flatMap((w) => [w.key, w.finderToken, w.demo.report.finder.name, w.demo.report.finder.mail])];
  for (const secret of secrets.filter(Boolean)) if (log.includes(secret)) complain(`it holds the secret ${secret.slice(0, 6)}…`);
}

async function runOn(name, database) {
  const server = new Server(database);
  const env = { name, demo, names: {}, orgs: {}, checkNothing };
  try {
    let tokens;
    await test(`${name}: an installation and its people are made at the command line`, async () => {
      tokens = await makeCast(server);
      env.second = await makeSecond(server);
      for (const v of VENDORS) {
        const org = JSON.parse(await server.run(['org', 'show', v, '--json']));
        env.orgs[v] = org.id;
        env.names[v] = { ja: org.name_ja, en: org.name_en };
      }
      await server.start(['--no-limits']);
    });
    await test(`${name}: it is ready, and says how it is confined`, async (complain) => {
      const r = await server.ask('GET', '/readyz');
      if (r.status !== 200) complain(`/readyz: ${r.status}`);
      for (const part of ['sandbox', 'jail', 'effects']) if (!r.json?.[part] || r.json[part] === 'off') complain(`${part}: ${r.json?.[part]}`);
    });
    must(server.port, 'the server runs');
    let refusals = [];
    const hostile = part('hostile') && !database ? sendHostile(server, (why) => refusals.push(why)) : null;
    const b = part('case-b') && await walkB(server, tokens, env);
    const d = part('direct') && await walkDirect(server, tokens, env);
    const a = part('case-a') && await walkA(server, tokens, env);
    if (a) await checkPublished(server, a, name);
    for (const [w, what] of [[b, 'case B'], [d, 'direct case']])
      if (w) await test(`${name}, ${what}: nothing of it is public, in any page, feed, list, search or answer`, (complain) => checkNothing(server, w, complain));
    if (a && b && d) await checkEnds(name, a, b, d);
    if (part('pages')) await checkPages(server, [a, b, d].filter(Boolean), name, PASSWORD);
    if (part('bad-input')) {
      const bad = new BadInput(server, tokens, name, database && (() => countRows(database)));
      bad.revoked = await revokedToken(server);
      await bad.all();
    }
    if (hostile) await test(`${name}: malformed HTTP is refused, and the server goes on`, async (complain) => {
      await hostile;
      refusals.forEach(complain);
    });
    await test(`${name}: what was derived agrees with the records`, async (complain) => {
      const r = await server.cli(['check']);
      if (r.code !== 0) complain(`kakehashi check: ${r.code} ${r.out}${r.err}`);
    });
    await test(`${name}: SIGTERM ends it with 0`, async (complain) => {
      const code = await server.stop();
      if (code !== 0) complain(`it ended with ${code}: ${server.said}`);
    });
    await test(`${name}: the log has no secret and no word of a case`, (complain) => checkLog(server, tokens, [a, b, d].filter(Boolean), complain));
  } finally {
    server.remove();
  }
}

if (wants('sqlite')) await runOn('sqlite', null);
if (process.env.KAKEHASHI_PG) {
  if (wants('postgresql')) await runOn('postgresql', newDatabase(process.env.KAKEHASHI_PG));
} else skip('postgresql', 'KAKEHASHI_PG is not set');
closeAll();
if (process.env.E2E_COUNT) console.log(`${count} requests`);
process.exit(finish() ? 0 : 1);
