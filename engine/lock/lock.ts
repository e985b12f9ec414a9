import * as z from "zod";
import type { EngineSettings } from "../../contract/engine-settings";
import { SliceSuperseded } from "../errors";
import { ConditionFailed } from "../ports/errors";
import type { ExecutionService, ObjectStore, Services } from "../ports/services";
import { type RunContext, runPrefix } from "../run-context";
import { parseStored } from "../stored-json";
import type { Root } from "../work/root";
import { hadWorkState } from "../work/take-over";

const lockSchema = z.object({
  run: z.string(),
  executionArn: z.string(),
  /** The execution that hands over to that one: until it has started it, this one is at work. */
  passedBy: z.string().optional(),
  /** The run has ended, and left transfers in flight for the next one to reconcile. */
  released: z.boolean(),
  /**
   * The latest run before this one that had a work state: what it left in flight is to be reconciled. Kept in the lock,
   * since a holder may die before its own work state names those transfers.
   */
  predecessor: z.string().optional(),
});

type Lock = z.infer<typeof lockSchema>;
export type HeldLock = Lock & { readonly etag: string };

export type LockResult =
  /** `predecessor`: the run whose transfers may still be in flight. */
  | { readonly status: "taken"; readonly predecessor: string | undefined }
  | { readonly status: "held"; readonly by: string };

/** How often two runs that start together may snatch the lock from one another before one gives up. */
const ATTEMPTS = 3;

/** Takes the sync's lock. Re-entrant: a run that holds it already gets it again. */
export async function takeLock(services: Services, context: RunContext): Promise<LockResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryLock(services, context);
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

async function tryLock({ objects, executions }: Services, context: RunContext): Promise<LockResult> {
  const { bucket, lockKey, run, executionArn } = context;
  const mine = (predecessor?: string) =>
    JSON.stringify({ run, executionArn, released: false, predecessor } satisfies Lock);
  const holder = await readLock(objects, context);
  if (holder === undefined) {
    await objects.write(bucket, lockKey, mine(), { ifAbsent: true });
    return { status: "taken", predecessor: undefined };
  }
  if (holder.run === run) {
    return { status: "taken", predecessor: holder.predecessor };
  }
  if (!holder.released && (await isAtWork(executions, holder))) {
    return { status: "held", by: holder.executionArn };
  }
  const hadWork = await hadWorkState(objects, context, runPrefix(context.server, context.sync.Name, holder.run));
  const predecessor = hadWork ? holder.run : holder.predecessor;
  await objects.write(bucket, lockKey, mine(predecessor), { ifMatch: holder.etag });
  return { status: "taken", predecessor };
}

/**
 * The execution that hands over is asked about first: once that has ended, its successor was started before, or never will
 * be. Asked the other way round, both answers could be no while the run goes from one to the other.
 */
async function isAtWork(executions: ExecutionService, { executionArn, passedBy }: Lock): Promise<boolean> {
  return (
    (passedBy !== undefined && (await executions.isRunning(passedBy))) || (await executions.isRunning(executionArn))
  );
}

/** Who holds the sync's lock. */
export async function readLock(objects: ObjectStore, context: RunContext): Promise<HeldLock | undefined> {
  const stored = await objects.read(context.bucket, context.lockKey);
  return (
    stored && {
      ...parseStored(lockSchema, stored.text, `s3://${context.bucket}/${context.lockKey}`),
      etag: stored.etag,
    }
  );
}

/**
 * Gives the lock back, but never another run's, nor that of the execution in which this run goes on. Where transfers are
 * in flight it stays, marked as released, so that the next run finds them.
 * @param root `undefined` where the run failed before it had a work state; what it took over is then still to be reconciled.
 */
export async function releaseLock(objects: ObjectStore, context: RunContext, root: Root | undefined): Promise<void> {
  const lock = await readLock(objects, context);
  const isMine = lock?.run === context.run && lock.executionArn === context.executionArn;
  if (!isMine || lock.released) {
    return;
  }
  const { etag, ...held } = lock;
  const inFlight = root === undefined ? lock.predecessor !== undefined : root.transfers.length > 0;
  try {
    if (inFlight) {
      const released = { ...held, released: true } satisfies Lock;
      await objects.write(context.bucket, context.lockKey, JSON.stringify(released), { ifMatch: etag });
    } else {
      await objects.remove(context.bucket, context.lockKey, etag);
    }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) {
      throw error;
    }
  }
}

/**
 * Names the run's next execution as the holder, before that execution starts. Where this one has passed the lock before,
 * it stays as it is: the next execution may have passed it on.
 */
export async function passLock(objects: ObjectStore, context: RunContext, executionArn: string): Promise<void> {
  const lock = await readLock(objects, context);
  if (lock?.run !== context.run) {
    throw new SliceSuperseded(`The run ${context.run} no longer holds the lock ${context.lockKey}`);
  }
  if (lock.executionArn !== context.executionArn) {
    return;
  }
  const { etag, ...held } = lock;
  const passed = { ...held, executionArn, passedBy: context.executionArn } satisfies Lock;
  try {
    await objects.write(context.bucket, context.lockKey, JSON.stringify(passed), { ifMatch: etag });
  } catch (error) {
    // A repetition of this very hand-over got ahead; the next attempt finds it done.
    throw error instanceof ConditionFailed ? new SliceSuperseded(error.message, { cause: error }) : error;
  }
}

/**
 * Runs on the server's connector that hold a lock now, and this one: they share its limits. A dry run has no lock, and the
 * others do not see it; where its listings are too many, the service says so, and each run pauses. A released lock with
 * transfers in flight counts too, since those occupy the queue. A lock is written when its execution begins, so one that is
 * older than an execution may be is that of a dead run, of a sync that is started no more.
 */
export async function countLiveRuns(
  { objects, clock }: Services,
  { bucket, locksPrefix, event }: RunContext,
  { timeouts }: Pick<EngineSettings, "timeouts">,
): Promise<number> {
  const oldest = clock.now().getTime() - timeouts.execution * 1000;
  let count = 0;
  for await (const { lastModified } of objects.list(bucket, locksPrefix)) {
    count += lastModified.getTime() >= oldest ? 1 : 0;
  }
  return event.DryRun ? count + 1 : Math.max(1, count);
}
