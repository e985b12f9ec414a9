import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import type picomatch from "picomatch";
import { globRegex } from "./glob-regex";
import { LinearRegex, parseRegex, UnsupportedRegex } from "./linear-regex";

type Matcher = (path: string) => boolean;

/** What picomatch puts before a name so that it is neither `.` nor `..`; it costs a few steps. */
const NO_DOTS: readonly string[] = ["(?!(?:^|\\/)\\.{1,2}(?:\\/|$))", "(?!\\.{1,2}(?:\\/|$))"];

/** Choices of an expression, each with few outcomes, that JavaScript's own engine may try in all combinations. */
const MOST_CHOICES = 8;

/** Combinations of places in a path that JavaScript's own engine may try: a few milliseconds. */
const MOST_COMBINATIONS = 200_000;

/**
 * Whether a path matches any of some globs, in the library's dialect; dot files match like any other. However many stars a
 * glob has, that takes time at most quadratic in a long path: definitions and names are other people's.
 * @param globs as the library reads them.
 */
export function globMatcher(
  globs: readonly string[],
  options: Pick<picomatch.PicomatchOptions, "fastpaths"> = {},
): Matcher {
  const matchers = globs.map((glob) => matcherOf(glob, { ...options, dot: true }));
  return (path) => matchers.some((matches) => matches(path));
}

function matcherOf(glob: string, options: picomatch.PicomatchOptions): Matcher {
  const regex = globRegex(glob, options);
  const pattern = parseRegex(regex.source);
  const effort = effortOf(pattern);
  const linear = isQuick(effort, Number.MAX_SAFE_INTEGER) ? undefined : linearRegex(pattern);
  // As in the library, a path that equals the glob matches it.
  return (path) => path === glob || (linear === undefined || isQuick(effort, path.length) ? regex : linear).test(path);
}

/** `undefined` for what is no regular language, which definitions are refused for: an event by hand may have it. */
function linearRegex(pattern: AST.Pattern): LinearRegex | undefined {
  try {
    return new LinearRegex(pattern);
  } catch (error) {
    if (error instanceof UnsupportedRegex) {
      return undefined;
    }
    throw error;
  }
}

/** What JavaScript's own engine may have to try, one after the other. */
interface Effort {
  /** Parts of any length. */
  readonly unbounded: number;
  /** Whether such parts are in one another: then no path is short enough. */
  readonly isNested: boolean;
  readonly choices: number;
}

function effortOf(pattern: AST.Pattern): Effort {
  let [unbounded, depth, deepest, choices, dots] = [0, 0, 0, 0, 0];
  const weight = ({ max }: AST.Quantifier) => (max === Number.POSITIVE_INFINITY && dots === 0 ? 1 : 0);
  visitRegExpAST(pattern, {
    onAssertionEnter: ({ raw }) => {
      dots += NO_DOTS.includes(raw) ? 1 : 0;
    },
    onAssertionLeave: ({ raw }) => {
      dots -= NO_DOTS.includes(raw) ? 1 : 0;
    },
    onAlternativeEnter: ({ parent }) => {
      choices += dots === 0 && parent.alternatives.length > 1 ? 1 : 0;
    },
    onQuantifierEnter: (node) => {
      unbounded += weight(node);
      depth += weight(node);
      deepest = Math.max(deepest, depth);
      choices += dots === 0 && node.max > node.min ? 1 : 0;
    },
    onQuantifierLeave: (node) => {
      depth -= weight(node);
    },
  });
  return { unbounded, isNested: deepest > 1, choices: choices - unbounded };
}

/** Whether JavaScript's own engine, which is faster, is quick with every path of so many characters as well. */
function isQuick({ unbounded, isNested, choices }: Effort, length: number): boolean {
  if (isNested || choices > MOST_CHOICES) {
    return false;
  }
  // The last of the parts has no choice left.
  let combinations = 1;
  for (let part = 1; part < unbounded; part += 1) {
    combinations *= length / part;
  }
  return unbounded <= 2 || combinations <= MOST_COMBINATIONS;
}
