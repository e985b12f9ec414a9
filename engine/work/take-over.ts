import * as z from "zod";
import { logger } from "../logger";
import { ConditionFailed } from "../ports/errors";
import type { ObjectStore } from "../ports/services";
import type { RunContext } from "../run-context";
import { jsonOrNothing } from "../stored-json";
import { newRoot, type Root, type TransferGroup, transferGroupSchema } from "./root";
import { ROOT_FILE } from "./work";

/** Work counts its commits from one. */
const NEVER_COMMITTED = 0;

/** How often the run that is taken over may commit in between. */
const ATTEMPTS = 5;

/** All that another run's root is read for: it may have been written by another version of this code. */
const predecessorSchema = z.looseObject({ transfers: z.array(transferGroupSchema) });

const revisionSchema = z.looseObject({ revision: z.int() });

/**
 * Whether a run that is gone ever had a work state. If not, it will never have one: its place is taken, so that a Lambda
 * of it that is late fails at its first commit, before it starts anything.
 * @throws ConditionFailed where it made its first commit just now.
 */
export async function hadWorkState(
  objects: ObjectStore,
  { bucket, run, startedAt }: RunContext,
  runPrefix: string,
): Promise<boolean> {
  const found = await objects.read(bucket, runPrefix + ROOT_FILE);
  if (found !== undefined) {
    return revisionSchema.safeParse(jsonOrNothing(found.text)).data?.revision !== NEVER_COMMITTED;
  }
  const root = newRoot({
    folder: "",
    windowStart: undefined,
    startedAt,
    deadline: startedAt,
    transfers: [],
  });
  const tombstone = { ...root, revision: NEVER_COMMITTED, takenOverBy: run } satisfies Root;
  await objects.write(bucket, runPrefix + ROOT_FILE, JSON.stringify(tombstone), { ifAbsent: true });
  return false;
}

/**
 * Fences off a run whose lock is taken over: what is left of it at work, such as a Lambda of an aborted execution, fails at
 * its next commit.
 * @returns the transfers that it left in flight.
 */
export async function takeOverRun(
  objects: ObjectStore,
  { bucket, run }: RunContext,
  runPrefix: string,
): Promise<readonly TransferGroup[]> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await objects.read(bucket, runPrefix + ROOT_FILE);
    const root = found && predecessorSchema.safeParse(jsonOrNothing(found.text));
    if (found === undefined || root?.data === undefined) {
      logger.warn("nothing to take over that can be read", { bucket, runPrefix });
      return [];
    }
    const fenced = JSON.stringify({ ...root.data, writer: `taken over by ${run}`, takenOverBy: run });
    try {
      await objects.write(bucket, runPrefix + ROOT_FILE, fenced, { ifMatch: found.etag });
      return root.data.transfers;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}
