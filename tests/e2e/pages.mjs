// pages.mjs - the same cases as people see them in a browser: who reads what, on every page.
import { must, test } from './runner.mjs';

const form = (fields) => ({ body: new URLSearchParams(fields).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });

// The session's cookie of somebody who signs in.
async function signIn(server, who, password) {
  const r = await server.ask('POST', '/en/sign-in', form({ login: who, password }));
  must(r.status === 303, `${who} signs in: ${r.status}`);
  const set = (r.headers['set-cookie'] || []).join('\n');
  must(/HttpOnly/i.test(set) && /SameSite/i.test(set), `a session's cookie: ${set}`);
  return set.split('\n').map((c) => c.split(';')[0]).join('; ');
}

// Everybody's own pages, and those of each case that they may know of.
async function read(server, Cookie, walks, lang) {
  const get = async (path) => ({ path, r: await server.ask('GET', path, { lang, headers: { Cookie } }) });
  const out = await Promise.all(['/inbox', '/cases', '/cases.json', '/clocks', '/reports'].map((p) => get(`/${lang}${p}`)));
  for (const w of walks) {
    const of = `/${lang}/cases/${w.number}`, first = await get(of);
    out.push(first);
    const links = [...new Set([...first.r.text.matchAll(/href="([^"#]*\/cases\/[^"#]*)"/g)].map((m) => m[1].replaceAll('&amp;', '&')))].filter((p) => p.startsWith(of));
    out.push(...(await Promise.all([`${of}/history`, `${of}/messages`, `${of}/advisory`, ...links].map(get))));
  }
  return out;
}

export async function checkPages(server, walks, name, password) {
  const people = ['reception', 'coordinator', 'certx', 'auditor', ...['poc', 'design', 'quality', 'care', 'risk-legal'].flatMap((k) => [`omron.${k}`, `yokogawa.${k}`, `hitachi-energy.${k}`])];
  for (const who of people)
    await test(`${name}: pages show ${who} its own part of the cases and no more`, async (complain) => {
      const lang = who.length % 2 ? 'ja' : 'en';
      const got = await read(server, await signIn(server, who, password), walks, lang);
      for (const { path, r } of got) {
        for (const w of walks) {
          const knows = w.now.knows().includes(who) || w.source === who;
          if (path === `/${lang}/cases/${w.number}` && r.status !== (knows ? 200 : 404)) complain(`${path}: ${r.status}`);
          if (!knows && r.text.includes(w.id)) complain(`${path} names a case that is not there for ${who}`);
          for (const t of w.texts) {
            const may = w.now.readers(t).includes(who) || (w.source === who && w.now.readers(t).includes('finder'));
            if (!may && !t.audience.startsWith('draft') && r.text.includes(t.mark)) complain(`${path} holds ${t.mark}, a text for ${t.audience} of ${t.vendor} ${t.step}`);
          }
        }
        if (r.status >= 500) complain(`${path}: ${r.status}`);
        if (r.status === 200 && !/no-store|private/.test(r.headers['cache-control'] || '')) complain(`${path} may be kept: ${r.headers['cache-control']}`);
      }
    });
}
