// main.mjs - the whole of the end-to-end tests; see run.sh.
import fs from 'node:fs';
import path from 'node:path';
import { walkA } from './case_a.mjs';
import { walkB } from './case_b.mjs';
import { makeCast, VENDORS } from './cast.mjs';
import { walkDirect } from './direct.mjs';
import { closeAll, count } from './http.mjs';
import { finish, must, skip, test } from './runner.mjs';
import { newDatabase, root, Server } from './server.mjs';

const stores = ['sqlite', 'postgresql'];
const wanted = process.argv.slice(2);
const wants = (name) => !wanted.some((x) => stores.includes(x)) || wanted.includes(name);
const part = (name) => !wanted.some((x) => !stores.includes(x)) || wanted.includes(name);
const cases = fs.readdirSync(path.join(root, 'demo/cases')).sort();
const demo = (start) => JSON.parse(fs.readFileSync(path.join(root, 'demo/cases', cases.find((f) => f.startsWith(start))), 'utf8'));

async function runOn(name, database) {
  const server = new Server(database);
  const env = { name, demo, names: {}, orgs: {} };
  try {
    let tokens;
    await test(`${name}: an installation and its people are made at the command line`, async () => {
      tokens = await makeCast(server);
      for (const v of VENDORS) {
        const org = JSON.parse(await server.run(['org', 'show', v, '--json']));
        env.orgs[v] = org.id;
        env.names[v] = { ja: org.name_ja, en: org.name_en };
      }
      await server.start(['--no-limits']);
    });
    must(server.port, 'the server runs');
    env.nothingPublic = async () => {};
    if (part('case-b')) await walkB(server, tokens, env);
    if (part('direct')) await walkDirect(server, tokens, env);
    if (part('case-a')) await walkA(server, tokens, env);
    await test(`${name}: SIGTERM ends it with 0`, async (complain) => {
      const code = await server.stop();
      if (code !== 0) complain(`it ended with ${code}: ${server.said}`);
    });
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
