// csaf_npm.mjs - documents a second that the npm package @secvisogram/csaf-validator-lib checks.
// Usage: node csaf_npm.mjs LIB_FOLDER PRESET DIR [SECONDS]   PRESET: schema basic full
// In memory, reading included, by processor time, warm, the best of five turns; only CSAF 2.0.
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [lib, preset, dir, seconds = "5"] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${lib}/${name}.js`).href);
const validate = (await load("validate")).default;
const tests = {
  schema: async () => [(await load("schemaTests")).csaf_2_0_strict],
  basic: async () => Object.values(await load("basic")),
  full: async () =>
    Object.values(await load("full")).filter((t) => !/_6_3_[678]$/.test(t.name)),
};
const chosen = await tests[preset]();
const texts = readdirSync(dir)
  .filter((name) => name.endsWith(".json"))
  .map((name) => readFileSync(`${dir}/${name}`, "utf8"))
  .filter((text) => JSON.parse(text).document?.csaf_version === "2.0");

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
async function turn(time) {
  const from = cpu();
  let n = 0;
  do {
    for (const text of texts) {
      await validate(chosen, JSON.parse(text));
      n++;
    }
  } while (cpu() - from < time);
  return n / (cpu() - from);
}
await turn(Number(seconds) / 5);
let best = 0;
for (let i = 0; i < 5; i++) best = Math.max(best, await turn(Number(seconds) / 5));
console.log(JSON.stringify({ bench: "npm", preset, files: texts.length, documents_per_s: Math.round(best) }));
