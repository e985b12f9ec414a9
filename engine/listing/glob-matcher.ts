import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import picomatch from "picomatch";
import { LinearRegex, parseRegex } from "./linear-regex";

/** JavaScript's own engine may try each length of each of these against those of the others. */
const MOST_UNBOUNDED = 2;

/** What may come no more often than this multiplies the work, and does not let it grow with the text. */
const FEW_TIMES = 2;

type Matcher = (path: string) => boolean;

/**
 * Whether a path matches any of some globs, in the library's dialect; dot files match like any other. However many stars a
 * glob has, that takes time at most quadratic in the path: definitions and names are other people's.
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
  const regex = picomatch.makeRe(glob, options);
  const pattern = parseRegex(regex.source);
  const linear = isQuick(pattern) ? regex : new LinearRegex(pattern);
  // The library takes a glob for its own name, too.
  return (path) => path === glob || linear.test(path);
}

/** Whether JavaScript's own engine, which is faster, is quick with every text as well. */
function isQuick(pattern: AST.Pattern): boolean {
  let unbounded = 0;
  let depth = 0;
  let deepest = 0;
  const isUnbounded = ({ max }: AST.Quantifier) => max > FEW_TIMES;
  visitRegExpAST(pattern, {
    onQuantifierEnter: (node) => {
      unbounded += isUnbounded(node) ? 1 : 0;
      depth += isUnbounded(node) ? 1 : 0;
      deepest = Math.max(deepest, depth);
    },
    onQuantifierLeave: (node) => {
      depth -= isUnbounded(node) ? 1 : 0;
    },
  });
  return unbounded <= MOST_UNBOUNDED && deepest <= 1;
}
