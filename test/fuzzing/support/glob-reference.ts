import fc from "fast-check";

/** A glob as docs/globs.md describes it, taken apart. `folders`: `**` as a level of its own. */
type Atom =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" | "one" }
  | { readonly kind: "class"; readonly characters: string; readonly isNegated: boolean }
  | { readonly kind: "list"; readonly texts: readonly string[] }
  | { readonly kind: "group"; readonly sign: "?" | "*" | "+" | "@"; readonly texts: readonly string[] };

/** `not`: `!(a|b)` with a text behind it is a level by itself. */
type Level =
  | { readonly kind: "folders" }
  | { readonly kind: "name"; readonly atoms: readonly Atom[] }
  | { readonly kind: "not"; readonly texts: readonly string[]; readonly end: string };

export type Glob = readonly Level[];

const letters = fc.constantFrom("a", "b", "ab", "A", ".", "-", "é", "1", "(", "*", "日", "x y");
const words = fc.constantFrom("a", "b", "ab", "csv", "1", "-", "tmp");

const atom: fc.Arbitrary<Atom> = fc.oneof(
  { weight: 5, arbitrary: letters.map((text) => ({ kind: "text" as const, text })) },
  { weight: 3, arbitrary: fc.constantFrom("any" as const, "one" as const).map((kind) => ({ kind })) },
  fc.record({
    kind: fc.constant("class" as const),
    characters: fc.constantFrom("ab", "a-c", "0-9", "b1"),
    isNegated: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("list" as const), texts: fc.array(words, { minLength: 2, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant("group" as const),
    sign: fc.constantFrom("?" as const, "*" as const, "+" as const, "@" as const),
    texts: fc.array(words, { minLength: 1, maxLength: 2 }),
  }),
);

/** No star beside another one: two would be `**`. Nor is a name only dots, which definitions refuse. */
const isPlain = (atoms: readonly Atom[]) =>
  atoms.every((one, index) => one.kind !== "any" || atoms[index + 1]?.kind !== "any") &&
  atoms.some((one) => one.kind !== "text" || one.text !== ".") &&
  // `)?` makes a bracket optional.
  atoms.every((one, index) => one.kind !== "group" || atoms[index + 1]?.kind !== "one") &&
  // `*(`, `?(`: a sign before a bracket is another one.
  atoms.every((one, index) => !["any", "one"].includes(one.kind) || atoms[index + 1]?.kind !== "group");

const level: fc.Arbitrary<Level> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(atom, { minLength: 1, maxLength: 4 })
      .filter(isPlain)
      .map((atoms): Level => ({ kind: "name", atoms })),
  },
  { weight: 2, arbitrary: fc.constant<Level>({ kind: "folders" }) },
  fc.record({
    kind: fc.constant("not" as const),
    texts: fc.array(words, { minLength: 1, maxLength: 2 }),
    end: fc.constantFrom("", ".csv"),
  }),
);

export const globs: fc.Arbitrary<Glob> = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .filter((levels) => levels.every((one, index) => one.kind !== "folders" || levels[index + 1]?.kind !== "folders"));

const escaped = (text: string) => text.replaceAll(/[(*]/g, "\\$&");

function atomText(atom: Atom): string {
  switch (atom.kind) {
    case "text":
      return escaped(atom.text);
    case "any":
      return "*";
    case "one":
      return "?";
    case "class":
      return `[${atom.isNegated ? "!" : ""}${atom.characters}]`;
    case "list":
      return `{${atom.texts.join()}}`;
    case "group":
      return `${atom.sign}(${atom.texts.join("|")})`;
  }
}

/** As a person writes it. */
export function globText(glob: Glob): string {
  return glob.map(levelText).join("/");
}

function levelText(level: Level): string {
  switch (level.kind) {
    case "folders":
      return "**";
    case "not":
      return `!(${level.texts.join("|")})${level.end}`;
    case "name":
      return level.atoms.map(atomText).join("");
  }
}

/** The places at which an atom can end that begins at one. */
function ends(atom: Atom, name: string, at: number): number[] {
  const after = (texts: readonly string[], from: number) =>
    texts.filter((text) => name.startsWith(text, from)).map((text) => from + text.length);
  switch (atom.kind) {
    case "text":
      return after([atom.text], at);
    case "list":
      return after(atom.texts, at);
    case "any":
      return Array.from({ length: name.length - at + 1 }, (_, more) => at + more);
    case "one":
      return at < name.length ? [at + 1] : [];
    case "class":
      return at < name.length && isInClass(atom.characters, name.charAt(at)) !== atom.isNegated ? [at + 1] : [];
    case "group": {
      const once = after(atom.texts, at);
      if (atom.sign === "@" || atom.sign === "?") {
        return atom.sign === "@" ? once : [at, ...once];
      }
      const reached = new Set(atom.sign === "*" ? [at, ...once] : once);
      for (const place of reached) {
        for (const next of after(atom.texts, place)) {
          reached.add(next);
        }
      }
      return [...reached];
    }
  }
}

function isInClass(characters: string, character: string): boolean {
  const [from = "", sign, to = ""] = characters;
  return sign === "-" ? character >= from && character <= to : characters.includes(character);
}

function matchesName(level: Exclude<Level, { kind: "folders" }>, name: string): boolean {
  if (level.kind === "not") {
    const rest = name.slice(0, name.length - level.end.length);
    return name.endsWith(level.end) && !level.texts.includes(rest);
  }
  let places = [0];
  for (const one of level.atoms) {
    places = [...new Set(places.flatMap((at) => ends(one, name, at)))];
  }
  return places.includes(name.length);
}

/** Whether a path is taken, tried in every way one after the other. */
export function takes(glob: Glob, path: readonly string[]): boolean {
  const [first, ...others] = glob;
  const [name, ...below] = path;
  if (first === undefined || name === undefined) {
    return first === undefined && name === undefined;
  }
  if (first.kind === "folders") {
    // At the end it stands for the files below; elsewhere for folders, also none.
    return others.length === 0 || path.some((_, folders) => takes(others, path.slice(folders)));
  }
  return matchesName(first, name) && takes(others, below);
}
