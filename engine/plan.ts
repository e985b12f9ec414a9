import * as z from "zod";
import { shortened } from "../contract/printable";
import type { SkipReason } from "./skip-reasons";

/** Paths of each reason that are named, and the largest files: the root is to stay small. */
const MAX_EXAMPLES = 3;
const MAX_LARGEST = 10;

/** Characters of a path. */
const MAX_PATH = 300;

/** What a dry run has found that it only counts otherwise: a look at what the next run would do. */
export const planSchema = z.object({
  /** Calls of StartFileTransfer that the files would take. */
  calls: z.int(),
  /** By reason, the first paths that would be skipped for it. */
  examples: z.record(z.string(), z.array(z.string())),
  /** The largest of the files that would be transferred, the largest first. What has no size is none of them. */
  largest: z.array(z.object({ path: z.string(), bytes: z.number() })),
});

export type Plan = z.infer<typeof planSchema>;

export const newPlan = (): Plan => ({ calls: 0, examples: {}, largest: [] });

export function noteExamples({ examples }: Plan, reason: SkipReason, paths: readonly string[]): void {
  const known = examples[reason] ?? [];
  if (paths.length > 0 && known.length < MAX_EXAMPLES) {
    const more = paths.slice(0, MAX_EXAMPLES - known.length).map((path) => shortened(path, MAX_PATH));
    examples[reason] = [...known, ...more];
  }
}

export function noteFile(plan: Plan, path: string, bytes: number | undefined): void {
  const smallest = plan.largest.length < MAX_LARGEST ? Number.NEGATIVE_INFINITY : (plan.largest.at(-1)?.bytes ?? 0);
  if (bytes !== undefined && bytes > smallest) {
    const all = [...plan.largest, { path: shortened(path, MAX_PATH), bytes }];
    plan.largest = all.sort((one, other) => other.bytes - one.bytes).slice(0, MAX_LARGEST);
  }
}
