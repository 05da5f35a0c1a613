// csaf_npm.mjs - documents a second that the npm package @secvisogram/csaf-validator-lib checks.
// Usage: node csaf_npm.mjs LIB_FOLDER PRESET DIR SECONDS TURNS FORMS_BENCH   PRESET: schema basic full
// In memory, reading included, by processor time, warm; only CSAF 2.0.  Our forms_bench and the package
// take turns of so many seconds: the figures are those of the pair of turns with the median ratio, which a
// spell of a slow or fast machine does not move; beside them the best turn of each.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [lib, preset, dir, seconds, turns, bench] = process.argv.slice(2);
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
const ourTurn = () => JSON.parse(execFileSync(bench, [dir, seconds, preset])).documents_per_s;
await turn(Number(seconds));
const pairs = [];
for (let i = 0; i < Number(turns); i++) pairs.push({ ours: ourTurn(), theirs: await turn(Number(seconds)) });
const best = (who) => Math.round(Math.max(...pairs.map((p) => p[who])));
pairs.sort((a, b) => a.ours / a.theirs - b.ours / b.theirs);
const ratio = (p) => Number((p.ours / p.theirs).toFixed(2));
const middle = pairs[Math.floor(pairs.length / 2)];
console.log(
  JSON.stringify({
    preset,
    files: texts.length,
    ours: Math.round(middle.ours),
    theirs: Math.round(middle.theirs),
    pairs: pairs.length,
    pairs_least: ratio(pairs[0]),
    pairs_most: ratio(pairs[pairs.length - 1]),
    best_ours: best("ours"),
    best_theirs: best("theirs"),
  }),
);
