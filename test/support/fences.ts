import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..", "..");

/** The documents, by their paths from the project's root. */
export const PAGES: readonly string[] = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "findings/README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/**
 * A block of a document between lines of backticks. The first of them says what the block is: its language, by which GitHub
 * colours it, then a mark, and after a colon the reason for it.
 */
export interface Fence {
  readonly page: string;
  /** Of its first line of backticks. */
  readonly line: number;
  readonly language: string;
  /** Empty where there is none; so is the reason. */
  readonly mark: string;
  readonly reason: string;
  /** What stands in it, without the indentation that a list gives it. */
  readonly text: string;
}

export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

export function fencesOf(page: string): Fence[] {
  const text = pageText(page);
  return [...text.matchAll(/^( *)```(.*)\n([\s\S]*?)^\1```$/gm)].map(
    ({ index, 1: indent = "", 2: info = "", 3: block = "" }) => {
      const [, language = "", mark = "", reason = ""] = /^(\S*) ?([^:]*):?(.*)$/.exec(info) ?? [];
      return {
        page,
        line: text.slice(0, index).split("\n").length,
        language,
        mark: mark.trim(),
        reason: reason.trim(),
        text: block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      };
    },
  );
}

/** Where a person finds the block. */
export function placeOf({ page, line }: Fence): string {
  return `${page}:${line}`;
}

/** The block of a page that is read or run by tests, and holds a text. @throws Error where it is not one. */
export function fenceWith(page: string, text: string): Fence {
  const [fence, ...more] = fencesOf(page).filter(
    ({ mark, text: block }) => mark !== "" && mark !== "shown" && block.includes(text),
  );
  if (fence === undefined || more.length > 0) {
    throw new Error(`${page} has ${more.length === 0 ? "no block" : "several blocks"} with ${text}`);
  }
  return fence;
}

/** What a person fills in or adds, by the text in its place. */
export type Fillings = Readonly<Record<string, string>>;

/** Of a shell. */
export const COMMENT = /(^|\s)#.*$/gm;

/** What a person has to put something else for. */
const PLACEHOLDER = /\.\.\.|\b(NAME|SERVER|SYNC|PREFIX|BUCKET|LINE|COLUMN|FUNCTION)\b/;

/**
 * The commands of a block, ready to be run.
 * @throws Error where the block lacks what is to be filled in, or something is left to fill in.
 */
export function filledIn(fence: Fence, fillings: Fillings): string {
  const commands = Object.entries(fillings).reduce((text, [place, filling]) => {
    if (!text.includes(place)) {
      throw new Error(`${placeOf(fence)} has no ${place}`);
    }
    return text.replaceAll(place, () => filling);
  }, fence.text);
  const [left] = PLACEHOLDER.exec(commands.replaceAll(COMMENT, "")) ?? [];
  if (left !== undefined) {
    throw new Error(`${placeOf(fence)}: nothing is filled in for ${left}`);
  }
  return commands;
}
