import fc from "fast-check";

/** What breaks programs that read others' text. */
const TOKENS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\r",
  "\0",
  "\u001b[2J",
  "\u0085",
  "\u00a0",
  "\u200b",
  "\u2028",
  "\u202e",
  "\ud800",
  "\udc00",
  "\ufeff",
  "\ufffd",
  ".",
  "..",
  "/",
  "//",
  "/../",
  "\\",
  "%00",
  "%2e%2e",
  "%year%",
  "%",
  "null",
  "true",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "99999999999999999999999",
  "0x10",
  "\u0663",
  "\uff11",
  "caf\u00e9",
  "cafe\u0301",
  "\u0130",
  "\u00df",
  "日本語",
  "отчёты",
  "تقرير",
  "😀",
  "*",
  "**",
  "?",
  "[",
  "]",
  "{",
  "}",
  "(",
  ")",
  "|",
  "!",
  "&a",
  "*a",
  "<<",
  ":",
  ",",
  ";",
  "#",
  "@",
  '"',
  "'",
  "`",
  "$",
  `$${"{x}"}`,
  "{{",
  "=",
  "-",
] as const;

export const token: fc.Arbitrary<string> = fc.constantFrom(...TOKENS);

/** Any text: of any characters, of tokens, or of one that is repeated. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 3, arbitrary: fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join("")) },
  fc.tuple(token, fc.constantFrom(2, 17, 300)).map(([text, times]) => text.repeat(times)),
);

/** A change of a text: places are shares of its length, so that a shorter text still has them. */
interface Mutation {
  readonly kind: "cut" | "insert" | "repeat" | "swap" | "replace" | "end" | "nest";
  readonly from: number;
  readonly to: number;
  readonly times: number;
  readonly text: string;
}

const share = fc.nat({ max: 1000 }).map((part) => part / 1000);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("cut", "insert", "repeat", "swap", "replace", "end", "nest"),
  from: share,
  to: share,
  times: fc.constantFrom(2, 3, 40),
  text: fc.oneof({ weight: 4, arbitrary: token }, fc.string({ unit: "binary", minLength: 1, maxLength: 3 })),
});

/** A long text is not made longer still: what is tested is the kind of a text, and few of them are long. */
const MOST_CHARACTERS = 2000;

function mutate(before: string, { kind, from, to, times, text }: Mutation): string {
  const [start, end] = [from, to].map((at) => Math.floor(at * before.length)).sort((a, b) => a - b);
  const [head, part, tail] = [before.slice(0, start), before.slice(start, end), before.slice(end)];
  const count = part.length * times > MOST_CHARACTERS ? 2 : times;
  switch (kind) {
    case "cut":
      return head + tail;
    case "insert":
      return head + text + part + tail;
    case "repeat":
      return head + part.repeat(count) + tail;
    case "swap":
      return part + head + tail;
    case "replace":
      return head + text + tail;
    case "end":
      return head;
    case "nest":
      return head + text.repeat(count) + part + text.repeat(count) + tail;
  }
}

/** Valid text, hardly changed or much. */
export function mutated(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(valid, fc.array(mutation, { maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce(mutate, text));
}

const deep: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(3, 3, 100, 100, 20_000), fc.boolean())
  .map(([levels, isList]) =>
    JSON.parse(isList ? "[".repeat(levels) + "]".repeat(levels) : `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`),
  );

/** A value in the place of another: of any type, and with keys that objects inherit. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, -1e-7, [], {}, [[]], ""),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc
    .array(
      token.map((text) => [text, text] as const),
      { maxLength: 3 },
    )
    .map(Object.fromEntries),
  { weight: 4, arbitrary: fc.array(fc.oneof(token, fc.integer()), { maxLength: 5 }) },
  deep,
);

interface JsonMutation {
  readonly kind: "replace" | "remove" | "add" | "twice";
  readonly at: number;
  readonly key: string;
  readonly value: unknown;
}

const jsonMutation: fc.Arbitrary<JsonMutation> = fc.record({
  kind: fc.constantFrom("replace", "replace", "remove", "add", "twice"),
  at: fc.nat({ max: 10_000 }),
  key: token,
  value: anyValue,
});

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Every place of a value, by the keys that lead there; what is nested deep has no more of them. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const below = isObject(value) && path.length < 8 ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, inner]) => places(inner, [...path, key]))];
}

function changeAt(value: unknown, [key, ...rest]: readonly string[], change: (value: unknown) => unknown[]): unknown[] {
  if (key === undefined) {
    return change(value);
  }
  if (Array.isArray(value)) {
    return [value.flatMap((item, index) => (String(index) === key ? changeAt(item, rest, change) : [item]))];
  }
  const entries = Object.entries(Object(value)).flatMap(([name, inner]) =>
    name === key ? changeAt(inner, rest, change).map((changed) => [name, changed]) : [[name, inner]],
  );
  return [Object.fromEntries(entries)];
}

function mutateJson(value: unknown, { kind, at, key, value: other }: JsonMutation): unknown {
  const all = places(value);
  const place = all[at % all.length] ?? [];
  const [changed] = changeAt(value, place, (inner) => {
    switch (kind) {
      case "replace":
        return [other];
      case "remove":
        return [];
      case "add":
        return [Array.isArray(inner) ? [...inner, other] : isObject(inner) ? withKey(inner, key, other) : [inner]];
      case "twice":
        return [inner, inner];
    }
  });
  return changed ?? null;
}

/** As JSON has it: `__proto__` is a key like others. */
const withKey = (object: object, key: string, value: unknown) =>
  Object.fromEntries([...Object.entries(object), [key, value]]);

/** Valid data, hardly changed or much. */
export function mutatedJson(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.array(jsonMutation, { maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce(mutateJson, value));
}

/** The JSON of data of any depth. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    const levels = 20_000;
    return "[".repeat(levels) + "]".repeat(levels);
  }
}

/** Valid data as JSON, changed as data or as text. */
export function mutatedJsonText(valid: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: mutatedJson(valid).map(jsonText) }, mutated(valid.map(jsonText)));
}

/** A name of a file or folder as a server may have it. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof({ weight: 3, arbitrary: fc.constantFrom("a", "b.txt", "c d", ".hidden", "A", "n".repeat(250)) }, anyText)
  .map((text) => text.replaceAll("/", "-"));
