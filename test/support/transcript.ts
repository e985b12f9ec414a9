import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Fence, fencesOf, pageText, placeOf } from "./fences";

const ROOT = resolve(__dirname, "..", "..");

/** A command that a page shows, and what the page says that it prints. */
interface Exchange {
  readonly command: string;
  readonly printed: string;
}

export interface TranscriptOptions {
  readonly page: string;
  /** Of the blocks that are replayed. */
  readonly mark: string;
  /** What stands in the page for what is elsewhere here: a host for an address and port, `/` for a folder. In this order. */
  readonly standIns: readonly (readonly [shown: string, here: string])[];
  /** Runs what a person types. @returns what is printed, errors too. */
  run(command: string): Promise<string>;
}

/** Lines that come every few seconds, some of them in any order; on a terminal it is one that moves, or a screenful. */
const PROGRESS = [
  /^\S+ \/ \S+: (started|\d+ s|SUCCEEDED).*\n/gm,
  /^\S+ {2}\S+: (Creat|Still|Destr|Modif|Read|Refresh|Provision).*\n/gm,
];

/** What differs from one call to the next, and the widths that follow from it. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/SHA256:[\w+/]{43}/g, "SHA256:X"],
  [/\bAAAA[\w+/]+\.\.\./g, "KEY"],
  [/\b\d{8}T\d{9}Z-[0-9a-f]{6}\b/g, "RUN"],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?=\d)/g, ""],
  [/\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?/g, "DATE"],
  [/\b\d{4}-\d\d\b/g, "MONTH"],
  [/\b(672|696|720|744)\b/g, "HOURS"],
  [/\$\d[\d,.]*/g, "$N"],
  [/\b\d+(\.\d+)? (ms|s|min|h|seconds?|minutes?|hours?|days?)\b/g, "TIME"],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "ID"],
  [/\bc-[0-9a-f]{17}\b/g, "c-ID"],
  [/(:secret:[\w/-]+)-\w{6}\b/g, "$1-ID"],
  [/\d+ KiB {2}sha256 \S+/g, "ZIP"],
  [/\b[0-9a-f]{7,40}\b/g, "ID"],
  [/[─-]{2,}/g, "-"],
  [/[ \t]+/g, " "],
  [/ $/gm, ""],
];

/** The commands of a page's blocks with one mark, replayed in the order in which a reader meets them. */
export class Transcript {
  constructor(private readonly options: TranscriptOptions) {}

  get blocks(): readonly Fence[] {
    const { page, mark } = this.options;
    return fencesOf(page).filter((fence) => fence.language === "console" && fence.mark === mark);
  }

  /**
   * Runs a block's commands.
   * @returns the block as the page has it and as it is now, both without what varies: they are to be equal.
   */
  async replay(fence: Fence): Promise<{ readonly shown: string; readonly now: string }> {
    const replayed: Exchange[] = [];
    for (const { command } of exchangesOf(fence)) {
      replayed.push({ command, printed: this.asShown(await this.options.run(this.asHere(command))) });
    }
    const now = replayed.map(({ command, printed }) => `$ ${command}\n${printed}`).join("");
    if (process.env.TRANSCRIPTS === "write") {
      rewrite(fence, now);
    }
    return { shown: withoutVarying(fence.text), now: withoutVarying(now) };
  }

  private asHere(text: string): string {
    return this.options.standIns.reduce((before, [shown, here]) => before.replaceAll(shown, () => here), text);
  }

  private asShown(text: string): string {
    const still = PROGRESS.reduce((before, lines) => before.replaceAll(lines, ""), text);
    const short = still.replaceAll(/\b(AAAA[\w+/]{24})[\w+/]{30,}=*/g, "$1...");
    const shown = this.options.standIns.reduce(
      (before, [stands, here]) => before.replaceAll(here, () => stands),
      short,
    );
    return `${shown.replaceAll(/ +$/gm, "").trimEnd()}\n`.replace(/^\n$/, "");
  }
}

/** A line that begins with `$` is a command, and one that ends with a backslash goes on. */
function exchangesOf({ text }: Fence): Exchange[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((exchange) => {
      const [, command = "", printed = ""] = /^((?:.*\\\n)*.*)\n?([\s\S]*)$/.exec(exchange) ?? [];
      return { command, printed };
    });
}

function withoutVarying(text: string): string {
  return VARYING.reduce((before, [pattern, standIn]) => before.replaceAll(pattern, standIn), text);
}

/** For `npm run generate:transcripts`. */
function rewrite(fence: Fence, now: string): void {
  const text = pageText(fence.page);
  const at = text.indexOf(fence.text);
  if (at < 0) {
    throw new Error(`${placeOf(fence)} is indented`);
  }
  writeFileSync(join(ROOT, fence.page), text.slice(0, at) + now + text.slice(at + fence.text.length));
}
