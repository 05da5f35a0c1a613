// cast.mjs - the people of the walks, made from the command line: one person for each part.
import fs from 'node:fs';
import path from 'node:path';
import { KINDS, login } from './seed.mjs';
import { must } from './runner.mjs';
import { root } from './server.mjs';

export const PASSWORD = 'nine-green-lanterns-2026';
const demo = JSON.parse(fs.readFileSync(path.join(root, 'demo/orgs.json'), 'utf8'));
const nameOf = (id) => demo.organisations.find((o) => o.id === id).name;

// omron is affected in case A, yokogawa is not, and takes reports itself; hitachi-energy has case B.
export const VENDORS = ['omron', 'yokogawa', 'hitachi-energy'];

async function each(list, atOnce, body) {
  const rest = [...list];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (rest.length > 0) await body(rest.shift());
  }));
}

async function makeOrganisations(server) {
  const cert = nameOf('cert-overseas');
  await server.run(['org', 'add', 'certx', '--kind', 'overseas', '--name-ja', cert.ja, '--name-en', cert.en, '--region', 'US']);
  await server.run(['org', 'add', 'lab', '--kind', 'analysis', '--name-ja', nameOf('analysis').ja, '--name-en', nameOf('analysis').en]);
  for (const v of VENDORS)
    await server.run(['org', 'add', v, '--kind', 'vendor', '--name-ja', nameOf(v).ja, '--name-en', nameOf(v).en,
      '--registration', 'general', '--takes-reports', v === 'yokogawa' ? 'yes' : 'no']);
  await each(VENDORS, 2, async (v) => {
    for (const kind of KINDS.slice(1))
      await server.run(['org', 'dept', v, '--name-ja', `${kind}の部`, '--name-en', `Department ${kind}`, '--kinds', kind]);
  });
}

// {login: token} of everybody.
export async function makeCast(server) {
  await server.run(['init', '--operator', 'root', '--password-file', '-', '--reception-ja', nameOf('reception').ja,
    '--reception-en', nameOf('reception').en, '--coordinator-ja', nameOf('coordinator').ja,
    '--coordinator-en', nameOf('coordinator').en], `${PASSWORD}\n`);
  await makeOrganisations(server);
  const people = [['reception', 'reception', 'reception'], ['coordinator', 'coordinator', 'coordinator'],
    ['certx', 'certx', 'overseas_coordinator'], ['analyst', 'lab', 'analysis'], ['auditor', '', '']];
  for (const v of VENDORS) for (const kind of KINDS) people.push([login(v, kind), v, kind]);
  const tokens = {};
  await each(people, 3, async ([who, org, dept]) => {
    const place = org ? ['--org', org, '--dept', dept, '--role', 'member'] : ['--is-auditor', 'yes'];
    await server.run(['user', 'add', who, '--name-ja', `${who} 担当`, '--name-en', `Person ${who}`, '--lang', 'en',
      '--password-file', '-', ...place], `${PASSWORD}\n`);
    await makeToken(server, who, tokens);
  });
  await makeToken(server, 'root', tokens);
  return tokens;
}

// A second coordinator: sees what the first one sees, and approves what that one plans.
export async function makeSecond(server) {
  const tokens = {};
  await server.run(['user', 'add', 'second', '--name-ja', '二人目 担当', '--name-en', 'Person second', '--lang', 'en',
    '--password-file', '-', '--org', 'coordinator', '--dept', 'coordinator', '--role', 'member'], `${PASSWORD}\n`);
  await makeToken(server, 'second', tokens);
  return tokens.second;
}

export async function makeToken(server, who, tokens) {
  const made = JSON.parse(await server.run(['token', 'add', who, '--token-name', 'e2e', '--json']));
  must(/^kkh_[\w-]{40,}$/.test(made.token), `a token for ${who}`);
  tokens[who] = made.token;
  return made;
}
