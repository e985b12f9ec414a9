import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { expect } from "chai";
import type { Browser, Page } from "puppeteer-core";
import { reportPage } from "../../../scripts/commands/aws/runs/report-page";
import { installationOverview } from "../../../scripts/commands/overview/installation-overview";
import { overviewPage } from "../../../scripts/commands/overview/page/overview-page";
import { CHROMIUM, NO_CHROMIUM, startBrowser } from "../../support/browser";
import { writeSampleInstallation } from "../../support/sample-installation";
import { tempFolder } from "../../support/temp-folder";
import { madeHostile } from "./hostile";
import { REPORT } from "./sample-report";

const MOST_BYTES = 1_000_000;

const SCHEMES = ["light", "dark"] as const;
/** Width and colours of the window. */
const WINDOWS = [
  [1280, "light"],
  [400, "dark"],
] as const;

/** A page that is open, and what it did. */
interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

const has = CHROMIUM === undefined ? describe.skip : describe;

has(`pages in a browser${CHROMIUM === undefined ? ` (skipped: ${NO_CHROMIUM})` : ""}`, () => {
  let browser: Browser;

  before(async () => {
    browser = await startBrowser();
  });

  after(() => browser?.close());

  const files = new Map<string, Promise<string>>();

  /** The file of an overview, made once. */
  function overviewOf(servers: number): Promise<string> {
    const made = files.get(`${servers}`) ?? writeOverview(servers);
    files.set(`${servers}`, made);
    return made;
  }

  async function open(file: string): Promise<Opened> {
    const page = await browser.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return { page, requests, complaints };
  }

  for (const servers of [1, 20, 300]) {
    it(`shows ${servers} servers without a request, a complaint or a horizontal scrollbar`, async () => {
      const file = await overviewOf(servers);
      const { page, requests, complaints } = await open(file);
      for (const [width, colours] of WINDOWS) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: colours }]);
        await page.setViewport({ width, height: 800 });
        await page.evaluate(
          "document.querySelectorAll('details:nth-child(-n+5)').forEach((one) => { one.open = true; })",
        );
        const beyond = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        expect(beyond, `${width}`).to.be.at.most(0);
      }
      expect(requests.filter((url) => !url.startsWith("data:"))).to.deep.equal([pathToFileURL(file).href]);
      expect(complaints).to.deep.equal([]);
      await page.close();
    });
  }

  for (const colours of SCHEMES) {
    it(`is accessible, ${colours}`, async () => {
      const report = join(tempFolder(), "report.html");
      writeFileSync(report, reportPage({ report: REPORT }, "s3://results/report.json"));
      for (const file of [await overviewOf(3), report]) {
        const { page } = await open(file);
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: colours }]);
        await page.evaluate(axe.source);
        const found: unknown = await page.evaluate(
          "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
        );
        expect(found, file).to.deep.equal([]);
        await page.close();
      }
    });
  }

  it("filters by the keyboard, says how many are left, and shows all again", async () => {
    const { page } = await open(await overviewOf(300));
    const shown = () =>
      page.evaluate("[...document.querySelectorAll('details.server')].filter((one) => one.checkVisibility()).length");
    const result = () => page.evaluate("document.getElementById('filter-result').textContent");
    await page.focus("#filter-words");
    await page.keyboard.type("tanaka-parts-3 invoices");
    expect([await shown(), await result()]).to.deep.equal([1, "1 of 300 servers"]);
    await page.keyboard.press("Escape");
    expect(await result()).to.equal("");
    await page.keyboard.type("no such server");
    expect([await shown(), await result()]).to.deep.equal([0, "0 of 300 servers"]);
    await page.close();
  });

  it("reaches every link, field and server by the keyboard, in their order", async () => {
    const { page } = await open(await overviewOf(20));
    const reached: unknown[] = [];
    for (let press = 0; press < 13; press += 1) {
      await page.keyboard.press("Tab");
      reached.push(await page.evaluate("document.activeElement.id || document.activeElement.tagName"));
    }
    expect(reached).to.deep.equal([
      ...["A", "A", "A", "A", "A", "A", "A", "A"],
      ...["filter-words", "open-all", "close-all", "SUMMARY", "SUMMARY"],
    ]);
    await page.close();
  });

  it("runs no script but its own, whatever definitions hold", async () => {
    const folder = join(tempFolder(), "servers");
    writeSampleInstallation(folder, 3);
    const file = join(tempFolder(), "overview.html");
    writeFileSync(file, overviewPage(madeHostile(await installationOverview({ folder }))));
    const { page, complaints } = await open(file);
    expect(await page.evaluate("document.scripts.length + document.images.length")).to.equal(1);
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it("is read without scripts: the field that filters is not there", async () => {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(pathToFileURL(await overviewOf(20)).href);
    const tree = JSON.stringify(await page.accessibility.snapshot());
    expect(tree).to.contain("Servers and syncs").and.not.contain("searchbox");
    await page.close();
  });
});

async function writeOverview(servers: number): Promise<string> {
  const folder = join(tempFolder(), "servers");
  writeSampleInstallation(folder, servers);
  const html = overviewPage(await installationOverview({ folder }));
  expect(Buffer.byteLength(html)).to.be.below(MOST_BYTES);
  const file = join(tempFolder(), "overview.html");
  writeFileSync(file, html);
  return file;
}
