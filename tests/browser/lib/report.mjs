// report.mjs - names of tests as sentences, what failed, and the sums.
let passed = 0, failed = 0;

export async function test(name, body) {
  const complaints = [];
  const complain = (why) => complaints.push(why);
  try { await body(complain); } catch (e) { complain(e.stack.split('\n').slice(0, 8).join('\n    ')); }
  if (complaints.length === 0) { passed++; console.log(`ok - ${name}`); return; }
  failed++;
  console.log(`not ok - ${name}`);
  for (const c of complaints.slice(0, 40)) console.log(`    ${c}`);
}

export function sums() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}
