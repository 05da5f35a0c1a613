// people.mjs - the demo's people by what they do; all have the demo's password.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './server.mjs';

export const PASSWORD = 'demo-kakehashi';
const { organisations } = JSON.parse(fs.readFileSync(path.join(root, 'demo/orgs.json'), 'utf8'));

export function personOf(org, wanted = () => true) {
  const o = organisations.find((x) => x.id === org);
  return o.people.find((p) => wanted(p, o)).login;
}
const departmentOf = (o, kind) => o.departments.find((d) => d.kinds.includes(kind)).id;
export const inDepartment = (org, kind) => personOf(org, (p, o) => p.department === departmentOf(o, kind));
export const withRole = (org, role) => personOf(org, (p) => p.roles.includes(role));
