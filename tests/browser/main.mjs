// main.mjs - runs the browser tests that are named, or all.
import { launch } from './lib/browser.mjs';
import { sums } from './lib/report.mjs';
import { startServer } from './lib/server.mjs';

const all = ['pages', 'plain', 'keyboard', 'spine', 'beside'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;
const server = await startServer();
const browser = await launch();
let good = false;
try {
  for (const name of wanted) {
    const { default: run } = await import(`./${name}_test.mjs`);
    await run(browser, server);
  }
} finally {
  await browser.close();
  const code = await server.stop();
  if (code !== 0) console.log(`the server ended with ${code}`);
  good = sums() && code === 0;
}
process.exit(good ? 0 : 1);
