// kill.mjs - the server is killed while people write: what was acknowledged is there, once.
//
// Usage: node kill.mjs SECONDS BINARY [DATABASE_URL]      (without one: SQLite)
// Clients send reports and messages, each with an Idempotency-Key, and send the same again until
// they get an answer; meanwhile the server is killed by SIGKILL again and again.  Afterwards every
// answered report is opened with its key and has its text and its messages, each once, and there
// is not one report more.  Act and answer are one write (docs/adr/0013), so the second try always
// gets the answer, and a report its key.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import http from "node:http";

const [seconds, binary, database] = [Number(process.argv[2]), process.argv[3], process.argv[4]];
const data = mkdtempSync(join(tmpdir(), "kakehashi-soak-"));
const store = ["--data", data, ...(database ? ["--database", database] : [])];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const CLIENTS = 12;

let server, port = 0, kills = 0, slowest = 0;
const wrong = [];
function check(holds, what) {
  if (!holds && wrong.length < 20) wrong.push(what);
  return holds;
}

// --- the server -----------------------------------------------------------------------------

async function start() {
  const began = Date.now();
  const child = spawn(binary, ["serve", ...store, "--listen", `127.0.0.1:${port}`, "--demo", "--no-limits", "--log", join(data, "log")],
    { stdio: ["ignore", "pipe", "inherit"] });
  child.over = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
  const said = await new Promise((done) => {
    let text = "";
    child.stdout.on("data", (d) => { text += d; if (text.includes("\n")) done(text); });
    child.over.then(() => done(text));
  });
  const at = /listening on http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
  if (!at) throw new Error(`the server did not start: ${said}`);
  if (port) slowest = Math.max(slowest, Date.now() - began);
  port = Number(at[1]);
  server = child;
}

const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
const isAlive = (pid) => { try { return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")); } catch { return false; } };

async function kill() {
  const helpers = children(server.pid);
  server.kill("SIGKILL");
  await server.over;
  kills++;
  for (let i = 0; i < 100 && helpers.some(isAlive); i++) await sleep(20);
  check(helpers.length === 3 && !helpers.some(isAlive), `helpers outlive the server: ${helpers}`);
}

// --- a client -------------------------------------------------------------------------------

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
function ask(method, path, { body, token, key } = {}) {
  return new Promise((done, fail) => {
    const headers = { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }), ...(key && { "idempotency-key": key }) };
    const rq = http.request({ host: "127.0.0.1", port, method, path, headers, agent, timeout: 30000 }, (rs) => {
      let text = "";
      rs.setEncoding("utf8");
      rs.on("data", (d) => (text += d));
      rs.on("aborted", () => fail(new Error("cut off")));
      rs.on("end", () => { try { done({ status: rs.statusCode, json: text ? JSON.parse(text) : null }); } catch { fail(new Error("half an answer")); } });
    });
    rq.on("timeout", () => rq.destroy(new Error("no answer in 30 s")));
    rq.on("error", fail);
    rq.end(body && JSON.stringify(body));
  });
}

// Again until there is an answer.
async function insist(method, path, what) {
  for (;;) {
    let r;
    try { r = await ask(method, path, what); } catch { await sleep(20); continue; }
    if (r.status !== 503) return r;
    await sleep(20);
  }
}

const report = (n) => ({ kind: "product", name: `Finder ${n}`, email: "finder@soak.example", product: `Soak ${n}`, environment: "e".repeat(500),
  steps: `steps of ${n}`, result: "r", tell_vendor: true, direct_contact: false, publish_name: false, told_others: false, personal_data: true });

const sent = [];
let number = 0, running = true;

async function write() {
  while (running) {
    const n = ++number;
    const made = await insist("POST", "/api/v1/reports", { body: report(n), key: randomUUID() });
    check(made.status === 201, `report ${n}: ${made.status} ${JSON.stringify(made.json)}`);
    if (made.status !== 201) continue;
    const mine = { n, receipt: made.json.receipt, key: made.json.key, says: [] };
    sent.push(mine);
    if (n % 3) continue;
    const token = (await insist("POST", "/api/v1/track", { body: { receipt: mine.receipt, key: mine.key } })).json.token;
    for (let i = 0; i < 2; i++) {
      const said = await insist("POST", "/api/v1/track/messages", { body: { text: `word ${i} of ${n}` }, token, key: randomUUID() });
      check(said.status < 300, `message: ${said.status} ${JSON.stringify(said.json)}`);
      if (said.status < 300) mine.says.push(`word ${i} of ${n}`);
    }
  }
}

// --- afterwards -----------------------------------------------------------------------------

async function verify(mine) {
  const entered = await ask("POST", "/api/v1/track", { body: { receipt: mine.receipt, key: mine.key } });
  if (!check(entered.status < 300, `report ${mine.n} is lost`)) return;
  const { json } = await ask("GET", "/api/v1/track", { token: entered.json.token });
  const item = (name) => json.items.find((i) => i.field === name)?.value;
  check(item("product") === `Soak ${mine.n}` && item("steps") === `steps of ${mine.n}`, `report ${mine.n} has another text`);
  check(JSON.stringify(json.talk.map((t) => t.text)) === JSON.stringify(mine.says), `report ${mine.n}: messages ${JSON.stringify(json.talk)}`);
}

async function countReports(token) {
  let n = 0, next = "";
  do {
    const { json } = await ask("GET", `/api/v1/reports?limit=100${next ? `&after=${encodeURIComponent(next)}` : ""}`, { token });
    n += json.items.length;
    next = json.next;
  } while (next);
  return n;
}

const run = (...args) => execFileSync(binary, [...args, ...store], { encoding: "utf8" });

try {
  await start();
  const token = /kkh_\S+/.exec(run("token", "add", "okada.shun", "--token-name", "soak"))[0];
  const before = await countReports(token);
  const clients = Array.from({ length: CLIENTS }, write);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await sleep(100 + Math.random() * 1500);
    await kill();
    await start();
  }
  running = false;
  await Promise.race([Promise.all(clients), sleep(60000).then(() => { throw new Error("clients wait for answers for ever"); })]);
  await kill(); // what was answered last is not in anyone's memory any more
  await start();
  for (let i = 0; i < sent.length; i += CLIENTS) await Promise.all(sent.slice(i, i + CLIENTS).map(verify));
  const after = await countReports(token);
  check(after - before === sent.length, `${sent.length} reports were answered, ${after - before} are there`);
  check(/ 0 differences/.test(run("check")), "kakehashi check finds differences");
  server.kill("SIGTERM");
  const { code } = await server.over;
  check(code === 0, `SIGTERM ended it with ${code}`);
  check(!readFileSync(join(data, "log"), "utf8").includes('"crash"'), "the log tells of a crash");
  check(readdirSync(data).every((f) => !/\.tmp|spool/.test(f)), `left behind: ${readdirSync(data)}`);
} catch (e) {
  wrong.push(e.stack);
} finally {
  server?.kill("SIGKILL");
}
console.log(`${kills} kills, ${sent.length} reports and ${sent.reduce((n, m) => n + m.says.length, 0)} messages answered; the slowest new start took ${slowest} ms`);
for (const w of wrong) console.log(`wrong: ${w}`);
if (wrong.length === 0) rmSync(data, { recursive: true });
else console.log(`kept: ${data}`);
console.log(`${wrong.length ? 0 : 1} passed, ${wrong.length ? 1 : 0} failed`);
process.exit(wrong.length ? 1 : 0);
