import { printableText } from "../../contract/printable";
import { plansPlace, type StackPlan } from "./plan";
import { type Counts, countsOf, isDestroyed, isReplaced, namedChanges, outputChanges } from "./plan-text";

/** In the order in which people worry about them least. */
const WORDS: Readonly<Record<keyof Counts, string>> = {
  import: "to take over",
  add: "to add",
  change: "to change",
  replace: "to replace",
  destroy: "to destroy",
};

const OUTPUT_WORDS = { "+": "new", "-": "gone", "~": "changed" } as const;

/**
 * What plans come to, for somebody who is to approve of them: a line for each stack, and below it what is lost or made anew, and
 * the outputs that change.
 */
export function planSummary(plans: readonly StackPlan[]): string {
  const width = Math.max(...plans.map(({ stack }) => stack.length));
  const lines = plans.flatMap((plan) => [`  ${plan.stack.padEnd(width)}  ${verdict(plan)}`, ...details(plan)]);
  const isWhole = plans.every(({ result }) => result === "same");
  return ["Plan", ...lines, ...(isWhole ? [] : [`In full: ${plansPlace(plans.map(({ stack }) => stack))}`])].join("\n");
}

/** All that Terraform says of a plan; texts of definitions in it are no commands to CI. */
export function wholePlan({ stack, printed }: Pick<StackPlan, "stack" | "printed">): string {
  return printableText(`${stack}\n\n${printed.trim()}`);
}

function verdict({ result, printed }: StackPlan): string {
  if (result === "failed") {
    return "could not be planned";
  }
  if (result === "same") {
    return "up to date";
  }
  const counts = Object.entries(countsOf(printed)).filter(([, count]) => count > 0);
  const words: Readonly<Record<string, string>> = WORDS;
  return (
    counts.map(([what, count]) => `${count} ${words[what]}`).join(", ") ||
    (outputChanges(printed).length > 0 ? "only outputs change" : "only the state changes")
  );
}

function details({ result, printed }: StackPlan): string[] {
  if (result !== "differs") {
    return [];
  }
  const changes = namedChanges(printed);
  const outputs = outputChanges(printed);
  return [
    ...changes.filter(isReplaced).map(({ address }) => `replace  ${address}`),
    ...changes.filter(isDestroyed).map(({ address }) => `destroy  ${address}`),
    ...(["+", "-", "~"] as const).flatMap((sign) => {
      const names = outputs.filter((output) => output.sign === sign).map(({ name }) => name);
      return names.length === 0 ? [] : [`outputs  ${OUTPUT_WORDS[sign]}: ${names.join(", ")}`];
    }),
  ].map((detail) => `      ${detail}`);
}
