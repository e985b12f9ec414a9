import puppeteer, { type Browser } from "puppeteer-core";
import { placeOnPath } from "./on-path";

/** Names under which systems install Chromium, and Chrome. */
const PROGRAMS: readonly string[] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Chromium's program, where this machine has one. */
export const CHROMIUM: string | undefined = PROGRAMS.map(placeOnPath).find((place) => place !== undefined);

/** Why tests in a browser are skipped. */
export const NO_CHROMIUM = `no Chromium on the PATH (${PROGRAMS.join(", ")})`;

/** Starts Chromium without a window; it has no sandbox as root, and opens nothing but pages of ours. */
export async function startBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) {
    throw new Error(NO_CHROMIUM);
  }
  return puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
}
