// runner.mjs - tests as sentences, with every complaint of each; the last line counts them.
let passed = 0, failed = 0, skipped = 0;

// body gets complain(text); what it throws is a complaint, too.  True: it passed.
export async function test(name, body) {
  const complaints = [];
  try {
    await body((why) => complaints.push(why));
  } catch (e) {
    complaints.push(e instanceof Stop ? e.message : e.stack || String(e));
  }
  if (complaints.length === 0) {
    passed++;
    console.log(`ok - ${name}`);
    return true;
  }
  failed++;
  console.log(`not ok - ${name}`);
  for (const c of complaints.slice(0, 25)) console.log(`    ${c}`);
  if (complaints.length > 25) console.log(`    … ${complaints.length - 25} more`);
  return false;
}

export function skip(name, why) {
  skipped++;
  console.log(`skipped: ${name}: ${why}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed === 0;
}

// An expectation without which the rest makes no sense.
export class Stop extends Error {}
export function must(ok, why) {
  if (!ok) throw new Stop(why);
}

export const same = (x, y) => JSON.stringify(x) === JSON.stringify(y);
export const short = (text, most = 400) => (text.length > most ? `${text.slice(0, most)}…` : text);
