// server.mjs - the release binary on a free port with a folder and a database of its own.
import { execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './http.mjs';
import { must } from './runner.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = path.resolve(root, process.env.KAKEHASHI || 'build/release/kakehashi');

// psql of PostgreSQL 15, or what PATH has.
const psqlBinary = ['/usr/lib/postgresql/15/bin/psql', '/usr/pgsql-15/bin/psql'].find(fs.existsSync) || 'psql';
export const psql = (url, sql) => execFileSync(psqlBinary, ['-X', '-A', '-t', '-q', '-d', url, '-c', sql], { encoding: 'utf8' }).trim();

// A new database beside that of the URL: the URL of it.
export function newDatabase(pg) {
  const name = `e2e_${process.pid}`;
  psql(pg, `CREATE DATABASE ${name}`);
  return pg.replace('/postgres?', `/${name}?`);
}

// What people's work has left behind: [reports, every table but those that count and log].
const NOT_WORK = "'throttle', 'session', 'pulse', 'once', 'secret'";
export function countRows(url) {
  const list = psql(url, `SELECT string_agg(t.table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', t.table_name), false, true, '')))[1]::text, ',' ORDER BY t.table_name) FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND t.table_name NOT IN (${NOT_WORK})`);
  const rows = Object.fromEntries(list.split(',').map((x) => x.split(' ')));
  return JSON.stringify([Number(rows.report), rows]);
}

export class Server {
  constructor(database) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kakehashi-e2e-'));
    this.data = path.join(this.folder, 'data');
    this.log = path.join(this.folder, 'log');
    this.database = database;
    this.store = ['--data', this.data, ...(database ? ['--database', database] : [])];
  }

  // A command on this installation; input: what it reads.  Resolves to {code, out, err}.
  cli(args, input = '') {
    return new Promise((resolve) => {
      const child = execFile(binary, [...args, ...this.store], { encoding: 'utf8' }, (e, out, err) =>
        resolve({ code: e ? e.code ?? -1 : 0, out, err }));
      child.stdin.on('error', () => {}); // it may end without reading
      child.stdin.end(input);
    });
  }

  // The same where nothing else will do.
  async run(args, input) {
    const r = await this.cli(args, input);
    must(r.code === 0, `kakehashi ${args.join(' ')}: exit ${r.code}: ${r.err || r.out}`);
    return r.out;
  }

  async start(options = []) {
    this.child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--log', this.log, ...options, ...this.store],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    this.child.stderr.on('data', (part) => { this.said += part; });
    this.exit = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve(signal || code)));
    this.port = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('serve says no address in 120 s')), 120000);
      let out = '';
      this.child.stdout.on('data', (part) => {
        out += part;
        const m = /listening on http:\/\/127\.0\.0\.1:(\d+)\//.exec(out);
        if (m) { clearTimeout(timer); resolve(Number(m[1])); }
      });
      this.exit.then((code) => { clearTimeout(timer); reject(new Error(`serve ended with ${code}: ${this.said}`)); });
    });
  }

  ask(method, url, o) {
    return ask(this.port, method, url, o);
  }

  // SIGTERM to this process alone; its exit code, or the signal that ended it.
  async stop() {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 120000);
    const code = await this.exit;
    clearTimeout(late);
    return code;
  }

  logText() {
    return fs.readFileSync(this.log, 'utf8') + this.said;
  }

  remove() {
    if (this.child && this.child.exitCode === null) this.child.kill('SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
