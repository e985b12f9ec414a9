import type { Problem } from "./problem";

/** Quotations and figures, in which messages of one kind differ. */
const QUOTED = /"[^"]*"|`[^`]*`|[\d.,]+/g;

/** So many words of a message tell one kind from another; names may follow. */
const WORDS_OF_A_KIND = 3;

/**
 * Errors before warnings, and of both those first that are new; of these, one of each kind before further ones. So however many
 * problems there are of a kind, where only some can be shown they hide none of another.
 * @param known problems that were there before.
 */
export function weighedProblems(problems: readonly Problem[], known: readonly Problem[] = []): Problem[] {
  const isNew = new Set(newProblems(problems, known));
  const seen = new Map<string, number>();
  return problems
    .map((problem) => {
      const kind = `${isNew.has(problem)} ${kindOf(problem)}`;
      const earlier = seen.get(kind) ?? 0;
      seen.set(kind, earlier + 1);
      return { problem, earlier, isKnown: !isNew.has(problem) };
    })
    .sort(
      (a, b) =>
        Number(a.problem.severity === "warning") - Number(b.problem.severity === "warning") ||
        Number(a.isKnown) - Number(b.isKnown) ||
        a.earlier - b.earlier,
    )
    .map(({ problem }) => problem);
}

/** Problems that are not among those that were there before. */
export function newProblems(problems: readonly Problem[], known: readonly Problem[]): Problem[] {
  const before = new Set(known.map(identity));
  return problems.filter((problem) => !before.has(identity(problem)));
}

/** What stays the same when only lines move. */
const identity = ({ severity, file, path, message, received }: Problem): string =>
  JSON.stringify([severity, file, path, message, received]);

function kindOf({ severity, path, message }: Problem): string {
  const words = message.replaceAll(QUOTED, "").trim().split(/\s+/).slice(0, WORDS_OF_A_KIND);
  return [severity, path.replaceAll(/\[\d+\]/g, ""), ...words].join(" ");
}
