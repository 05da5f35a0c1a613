// server.mjs - a release server with the demo cases, in a folder of its own, on a free port.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

// Resolves with {base, dir, stop()}; stop() resolves with the exit code.
export async function startServer({ demo = true, options = [] } = {}) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kakehashi-browser-'));
  const args = ['serve', '--data', path.join(dir, 'data'), '--listen', '127.0.0.1:0', ...options];
  fs.mkdirSync(path.join(dir, 'data'));
  const child = spawn(path.join(root, 'build/release/kakehashi'), demo ? [...args, '--demo'] : args,
    { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
  let text = '';
  const base = await new Promise((found, fail) => {
    const read = (chunk) => {
      text += chunk;
      const m = /listening on (http:\/\/\S+)/.exec(text);
      if (m) found(m[1].replace(/\/$/, ""));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    ended.then((code) => fail(new Error(`the server ended (${code}) before it listened:\n${text}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    fs.rmSync(dir, { recursive: true, force: true });
    return code;
  };
  return { base, dir, stop, log: () => text };
}
