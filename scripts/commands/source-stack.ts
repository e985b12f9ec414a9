import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * A stack with the places in the sources for those in the command line's bundle. Node could do it for every stack
 * (`--enable-source-maps`), but reads the maps of all packages for that, and translates each stack that cdktf keeps and nobody sees.
 */
export function sourceStack(stack: string): string {
  // In the bundle this is the bundle itself. Run from its source, this module has no map, and its stacks need none.
  const map = `${__filename}.map`;
  if (!stack.includes(__filename) || !existsSync(map)) {
    return stack;
  }
  const sources = new SourceMap(JSON.parse(readFileSync(map, "utf8")));
  const [before = "", ...places] = stack.split(`${__filename}:`);
  return before + places.map((place) => place.replace(/^(\d+):(\d+)/, original(sources))).join("");
}

/** Turns a line and a column of the bundle into the place that they were made of. */
function original(sources: SourceMap): (place: string, line: string, column: string) => string {
  return (place, line, column) => {
    const origin = sources.findOrigin(Number(line), Number(column));
    return "fileName" in origin && origin.fileName !== undefined
      ? `${resolve(dirname(__filename), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`
      : `${__filename}:${place}`;
  };
}
