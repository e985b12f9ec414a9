import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import picomatch from "picomatch";
import { parseRegex } from "./linear-regex";

/** A place in an expression, and what takes it. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The library's expression for a glob, but for two things that it makes otherwise than shells do: before a slash or a text,
 * its `!(a)` refuses whatever begins with a; and the end of a path can stand for the slash behind `**`.
 */
export function globRegex(glob: string, options: picomatch.PicomatchOptions): RegExp {
  const { source, flags } = picomatch.makeRe(glob, options);
  const edits: Edit[] = [];
  visitRegExpAST(parseRegex(source), {
    onAssertionEnter: (node) => {
      edits.push(...wholeLevel(node));
    },
    onGroupEnter: (node) => {
      edits.push(...slashOnly(node));
    },
  });
  const edited = edits.sort((a, b) => b.start - a.start).reduce((text, edit) => apply(edit, text), source);
  return edited === source ? new RegExp(source, flags) : new RegExp(edited, flags);
}

const apply = ({ start, end, text }: Edit, source: string) => source.slice(0, start) + text + source.slice(end);

/** The library writes a glob's slash so, and no other. */
const SLASH = "\\/";

/** `!(a)`, to the library `(?:(?!(?:a))[^/]*?)`: what is refused ends where the level does, with what follows in it. */
function wholeLevel(node: AST.Assertion): Edit[] {
  if (node.kind !== "lookahead" || !node.negate || node.parent.type !== "Alternative") {
    return [];
  }
  const [only, ...others] = node.alternatives.flatMap(({ elements }) => elements);
  const { parent: group } = node.parent;
  if (only?.type !== "Group" || others.length > 0 || node.alternatives.length !== 1 || group.type !== "Group") {
    return [];
  }
  const rest = restOfLevel(group);
  // With a star behind it, the library's reading is what people mean: !(draft)*.csv is no draft at all.
  return rest === undefined ? [] : [{ start: only.end, end: only.end, text: `${rest}(?:${SLASH}|$)` }];
}

/** What follows a group up to the end of its level; `undefined` where that is of no certain length. */
function restOfLevel(group: AST.Group): string | undefined {
  let rest = "";
  let node: AST.Element = group;
  while (node.parent.type === "Alternative") {
    const { elements, parent }: AST.Alternative = node.parent;
    for (const element of elements.slice(elements.indexOf(node) + 1)) {
      if (element.raw.includes(SLASH)) {
        return rest;
      }
      if (
        element.type === "Quantifier" ||
        element.type === "Assertion" ||
        /[*+?]/.test(element.raw.replaceAll(/\\.|\(\?:/g, ""))
      ) {
        return element.type === "Assertion" && element.kind === "end" ? rest : undefined;
      }
      rest += element.raw;
    }
    if (parent.type !== "Group" && parent.type !== "CapturingGroup") {
      return rest;
    }
    node = parent;
  }
  return undefined; // It is repeated.
}

/** `**` between slashes, to the library `(?:\/...\/|\/|$)`, with something behind it. */
function slashOnly(node: AST.Group): Edit[] {
  const { alternatives, parent } = node;
  const last = alternatives.at(-1);
  const isEnd = last?.raw === "$" && alternatives.some(({ raw }) => raw === SLASH);
  const isFollowed = parent.type === "Alternative" && parent.elements.at(-1) !== node;
  return isEnd && isFollowed ? [{ start: last.start - 1, end: last.end, text: "" }] : [];
}
