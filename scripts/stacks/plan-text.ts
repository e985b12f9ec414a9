/** How a plan tells what becomes of a resource, or what became of it meanwhile. Reading data changes nothing. */
const CHANGE = /^ {2}# (\S+(?: \(deposed object \w+\))?) ((?:will be (?!read)|must be |is tainted|has ).*)$/gm;

/** How a plan sums itself up; one that changes nothing but outputs does not. */
const SUMMARY = /^Plan: (.*)\.$/m;

/** Where Terraform begins to say what is wrong, with or without the box that it draws. */
const FIRST_ERROR = /^(?:\u2577\n)?(?:\u2502 )?Error: /m;

const OUTPUTS = /^Changes to Outputs:\n((?: .*\n?)*)/m;

/** A resource that a plan names, and Terraform's words on what becomes of it. */
export interface NamedChange {
  readonly address: string;
  readonly what: string;
}

/** What becomes of an output: added, removed, or changed. */
export interface OutputChange {
  readonly name: string;
  readonly sign: "+" | "-" | "~";
}

/** How many resources a plan touches. One that is replaced counts as nothing else. */
export interface Counts {
  readonly import: number;
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/** All that `terraform plan` names. */
export function namedChanges(printed: string): NamedChange[] {
  return [...printed.matchAll(CHANGE)].map(([, address = "", what = ""]) => ({ address, what }));
}

/** What is wrong, of a plan that failed: without what was planned until then. All of it where nothing is found. */
export function errorsIn(printed: string): string {
  return printed.slice(FIRST_ERROR.exec(printed)?.index ?? 0).trim();
}

/**
 * What a plan gives to an attribute of a resource that it creates; undefined where it creates none of this address, or the
 * value is no text, or known only once the plan is applied.
 */
export function createdText(printed: string, address: string, attribute: string): string | undefined {
  const [, after = ""] = `\n${printed}`.split(`\n  # ${address} will be created\n`);
  const [block = ""] = after.split(/^ {4}\}$/m);
  return [...block.matchAll(/^ {6}\+ (\w+) += "([^"\\]*)"$/gm)].find(([, name]) => name === attribute)?.[2];
}

/** As Terraform sums its plan up: `1 to add, 0 to change, 0 to destroy`; nothing where only outputs change. */
export function terraformSummary(printed: string): string | undefined {
  return SUMMARY.exec(printed)?.[1];
}

export const isReplaced = ({ what }: NamedChange): boolean => /\breplaced\b/.test(what);

export const isDestroyed = ({ what }: NamedChange): boolean => what === "will be destroyed";

export function countsOf(printed: string): Counts {
  const summary = terraformSummary(printed) ?? "";
  const replace = namedChanges(printed).filter(isReplaced).length;
  const count = (word: string) => Number(new RegExp(`(\\d+) to ${word}`).exec(summary)?.[1] ?? 0);
  return {
    import: count("import"),
    add: count("add") - replace,
    change: count("change"),
    replace,
    destroy: count("destroy") - replace,
  };
}

export function outputChanges(printed: string): OutputChange[] {
  const [, lines = ""] = OUTPUTS.exec(printed) ?? [];
  return [...lines.matchAll(/^ {2}([+~-]) (\S+) +=/gm)].map(([, sign, name = ""]) => ({
    name,
    sign: sign === "+" || sign === "-" ? sign : "~",
  }));
}
