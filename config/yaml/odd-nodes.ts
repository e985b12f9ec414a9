import { type Document, isAlias, isNode, isScalar, type Node, type Scalar, visit } from "yaml";
import { unseenCharacters } from "../fields/odd-characters";
import { error, type Finding } from "../problems/problem";
import { type OffsetFinding, unseen } from "./raw-text";
import { startOf } from "./yaml-locator";

const ALIAS_KEY = error("YAML: an alias (*) stands for a key here", { allowed: "the key itself" });

const ANCHOR_KEY = error("YAML: a key has an anchor (&) here", { allowed: "anchors of values" });

const NO_TEXT_KEY = error("YAML: a list or map is a key here", { allowed: "a text as a key" });

const ANCHOR_AGAIN = error("YAML: this anchor (&) is there already", { allowed: "each anchor once" });

const TYPE = error("YAML: this tag makes another type of the value, or merges it", {
  allowed: "a value as it stands; text that begins with ! goes in quotes",
});

const ESCAPED = error("YAML: an escape hides a letter, a digit or one of . - _ here", { allowed: "the sign itself" });

/** Those that the library knows beyond YAML's core schema: they are read as bytes, dates, sets and the like. */
const TYPES: readonly string[] = ["binary", "merge", "omap", "pairs", "set", "timestamp"].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

/** In quotes: an escape for a sign that nothing on the way has a reason to escape, and any other one, of which it is no part. */
const ESCAPE = /\\(?:(?:x|u00|U000000)(?<hidden>3[0-9]|[46][1-9a-f]|[57][0-9a]|2[de]|5f)|[\s\S])/gi;

/** What makes a document say something else than it seems to, by what YAML offers and no definition needs. */
export function oddNodes(document: Document, text: string): OffsetFinding[] {
  const found: OffsetFinding[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Pair: (_, { key }) => {
      const finding = isNode(key) ? oddKey(key) : undefined;
      if (finding !== undefined) {
        found.push({ finding, offset: startOf(key) });
      }
    },
    Node: (_, node) => {
      const offset = startOf(node);
      if (!isAlias(node) && node.anchor !== undefined) {
        if (anchors.has(node.anchor)) {
          found.push({ finding: ANCHOR_AGAIN, offset });
        }
        anchors.add(node.anchor);
      }
      if (!isAlias(node) && node.tag !== undefined && TYPES.includes(node.tag)) {
        found.push({ finding: TYPE, offset });
      }
      if (isScalar(node) && node.type === "QUOTE_DOUBLE") {
        found.push(...oddEscapes(node, text));
      }
    },
  });
  return found;
}

function oddKey(key: Node): Finding | undefined {
  if (isAlias(key)) {
    return ALIAS_KEY;
  }
  if (!isScalar(key)) {
    return NO_TEXT_KEY;
  }
  return key.anchor === undefined ? undefined : ANCHOR_KEY;
}

function oddEscapes({ range, value }: Scalar, text: string): OffsetFinding[] {
  const [start, end] = range ?? [0, 0];
  const source = text.slice(start, end);
  const hidden = [...source.matchAll(ESCAPE)].find(({ groups }) => groups?.hidden !== undefined);
  // One that stands in the text itself is found there.
  const [invisible] = typeof value === "string" && unseenCharacters(source).length === 0 ? unseenCharacters(value) : [];
  return [
    ...(hidden === undefined ? [] : [{ finding: ESCAPED, offset: start + hidden.index }]),
    ...(invisible === undefined ? [] : [{ finding: unseen(invisible.name), offset: start }]),
  ];
}
