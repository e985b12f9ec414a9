import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installationOverview } from "../../scripts/commands/overview/installation-overview";
import { overviewPage } from "../../scripts/commands/overview/page/overview-page";
import { startBrowser } from "./browser";
import { writeSampleInstallation } from "./sample-installation";
import { tempFolder } from "./temp-folder";

const PICTURE = join(__dirname, "..", "..", "docs", "overview.png");

const SERVERS = 5;
/** Always the same one, so that the picture changes with the page alone. */
const NOW = new Date("2026-12-01T08:00:00Z");
/** About as wide as GitHub shows it. */
const WIDTH = 980;
const MARGIN = 16;
/** Of what a README may load. */
const MOST_BYTES = 150_000;

/** Draws the README's picture: a real overview of made-up partners, in Chromium. */
async function draw(): Promise<void> {
  const folder = join(tempFolder(), "servers");
  writeSampleInstallation(folder, SERVERS);
  const file = join(tempFolder(), "overview.html");
  writeFileSync(file, overviewPage(await installationOverview({ folder, now: NOW })));
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.setViewport({ width: WIDTH, height: WIDTH });
    await page.goto(pathToFileURL(file).href);
    const [begin, end] = await Promise.all(
      ["#glance", ".hours"].map(async (part) => (await page.$(part))?.boundingBox()),
    );
    if (!begin || !end) {
      throw new Error("The page has no figures, or no week");
    }
    const y = begin.y - MARGIN;
    await page.screenshot({ path: PICTURE, clip: { x: 0, y, width: WIDTH, height: end.y + end.height - y } });
  } finally {
    await browser.close();
  }
  const { size } = statSync(PICTURE);
  if (size > MOST_BYTES) {
    throw new Error(`${PICTURE} has ${size} bytes (allowed: ${MOST_BYTES})`);
  }
  console.log(`Written: ${PICTURE}, ${size} bytes`);
}

draw().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
