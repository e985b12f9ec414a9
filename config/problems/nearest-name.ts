/** Nobody means a name by a longer text; comparing takes time with its length. */
const LONGEST = 64;

/** The valid name that a reader most likely meant, or undefined when none is close. Case and separators do not count. */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  if (text.length > LONGEST) {
    return undefined;
  }
  const wanted = bare(text);
  // A third of the letters may differ; more would be guessing.
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = names
    .filter((name) => Math.abs(bare(name).length - wanted.length) <= most)
    .map((name) => ({ name, distance: editDistance(wanted, bare(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= most ? best.name : undefined;
}

/** The end of a message about an unknown name: `; did you mean Url?`, or nothing. */
export function didYouMean(text: string, names: readonly string[]): string {
  const nearest = nearestName(text, names);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Levenshtein's distance, by rows; two neighbours that changed places, as in `Ulr`, are one mistake. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const substitution = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwap = row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === other;
      const swap = isSwap ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(substitution, swap, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
