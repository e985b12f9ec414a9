// Preloaded into a measured process and those that it starts: writes how much memory each had at most.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

process.on("exit", () => {
  const folder = process.env.BENCH_PEAK_MEMORY;
  if (folder !== undefined) {
    writeFileSync(join(folder, String(process.pid)), String(process.resourceUsage().maxRSS * 1024));
  }
});
