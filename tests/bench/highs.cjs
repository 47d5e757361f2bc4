// HiGHS (npm package `highs`, found through NODE_PATH) on a free-MPS file: highs.cjs MODEL SECONDS SOLUTION [START].
// SECONDS: of CPU. START: a solution to begin from. SOLUTION receives a line "name value" for each column that is not 0, of each better solution in turn.
// Standard output: the solver's log, a line "TRACE cpu objective bound" now and then, and last a line of JSON.
const fs = require("fs");
const load = require("highs");

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function main([path, seconds, solution, start]) {
  const highs = await load({ print: (line) => console.log(line), printErr: (line) => console.error(line) });
  const model = highs.createModel({ format: "mps", data: fs.readFileSync(path) });
  const names = Array.from({ length: model.getDimensions().numCols }, (_, i) => model.getColName(i));
  const save = (values) => {
    const lines = names.map((name, i) => (Math.abs(values[i]) > 1e-9 ? `${name} ${values[i]}\n` : ""));
    fs.writeFileSync(solution, lines.join(""));
  };
  const trace = ({ mip_primal_bound: best, mip_dual_bound: bound }) =>
    console.log(`TRACE ${cpu().toFixed(1)} ${best} ${bound}`);
  const { mipImprovingSolution, mipLogging, mipInterrupt } = highs.constants.callbackType;
  model.options.set({ mip_rel_gap: 0, mip_abs_gap: 1e-6, output_flag: true });
  if (start) {
    const at = new Map(names.map((name, i) => [name, i]));
    const rows = fs.readFileSync(start, "utf8").trim().split("\n").map((line) => line.split(" "));
    model.setSolution({ indices: rows.map(([name]) => at.get(name)), values: rows.map(([, value]) => Number(value)) });
  }
  model.run({
    [mipImprovingSolution]({ data }) {
      save(data.mip_solution);
      trace(data);
    },
    [mipLogging]: ({ data }) => trace(data),
    [mipInterrupt](event) {
      if (cpu() > Number(seconds)) event.interrupt();
    },
  });
  const objective = model.getObjectiveValue();
  if (Number.isFinite(objective)) save(model.getSolution().colValue);
  console.log(
    JSON.stringify({
      solver: `HiGHS ${highs.version.string} (WebAssembly)`,
      optimal: model.getModelStatus() === highs.constants.modelStatus.optimal,
      objective,
      bound: model.info.get("mip_dual_bound"),
      cpu: cpu(),
      memory: process.resourceUsage().maxRSS / 1024,
    }),
  );
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`highs: ${error.message}`);
  process.exit(1);
});
