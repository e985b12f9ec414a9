import { windowStart } from "../change-window";
import { RunError } from "../errors";
import { resolveDateTags } from "../listing/remote-path";
import { type LockResult, readLock, takeLock } from "../lock/lock";
import { logger } from "../logger";
import type { ObjectStore } from "../ports/services";
import { type RunContext, runPrefix } from "../run-context";
import type { Slice } from "../slice";
import { newRoot, type TransferGroup } from "../work/root";
import { takeFolders } from "../work/run-limits";
import { takeOverRun } from "../work/take-over";
import { Work } from "../work/work";
import { isLookDue, lookAtConnector } from "./look-at-connector";

/** A dry run keeps nobody out and waits for nobody, and leaves what is in flight to the next real run. */
const NO_LOCK: LockResult = { status: "taken", predecessor: undefined };

/**
 * The run's work state; in its first slice after taking the lock (but in a dry run) and looking at what the run stands on.
 * @returns `undefined` where another run of the sync holds the lock.
 * @throws RunError `CredentialsMissing`
 */
export async function startRun(slice: Slice): Promise<Work | undefined> {
  const { context, env, services } = slice;
  const running = await Work.load(services.objects, context);
  if (running !== undefined) {
    // A redriven execution may find that another run has taken its place.
    if (running.root.takenOverBy !== undefined || !(await isInPlace(slice))) {
      return undefined;
    }
    endAfterDeadline(running, services.clock.now());
    if (isLookDue(running.root, services.clock)) {
      await lookAtConnector(slice, running);
      await running.commit();
    }
    return running;
  }
  const lock = context.event.DryRun ? NO_LOCK : await takeLock(services, context);
  if (lock.status === "held") {
    logger.info("another run of this sync is at work", { holder: lock.by });
    return undefined;
  }
  await checkCredentials(slice);
  const { event, startedAt, sync } = context;
  const due = event.ScheduledTime === undefined ? startedAt : new Date(event.ScheduledTime);
  const root = newRoot({
    folder: resolveDateTags(sync.RemoteFolders.Folder, due),
    startedAt,
    deadline: new Date(startedAt.getTime() + env.timeouts.run * 1000),
    transfers: await inheritedTransfers(services.objects, context, lock.predecessor),
    windowStart: await windowStart(services.objects, context),
  });
  const work = Work.begin(services.objects, context, root);
  takeFolders(work, env.runLimits, [{ folder: root.folder, depth: 0, attempt: 0 }]);
  await lookAtConnector(slice, work);
  await work.commit();
  return work;
}

async function isInPlace({ services, context }: Slice): Promise<boolean> {
  return context.event.DryRun || (await readLock(services.objects, context))?.run === context.run;
}

function endAfterDeadline({ root }: Work, now: Date): void {
  if (root.error === undefined && now > new Date(root.deadline)) {
    const message = `The run was still at work at its deadline, ${root.deadline}; what is left is for the next run`;
    root.error = { name: "RunTimedOut", message };
  }
}

async function checkCredentials({ env, services }: Slice): Promise<void> {
  if (!(await services.secrets.hasValue(env.secretArn))) {
    throw new RunError(
      "CredentialsMissing",
      `The secret ${env.secretArn} has no value. Put one there: {"Username": "...", "Password": "..."} or {"Username": "...", "PrivateKey": "..."}`,
    );
  }
}

/** What the run before this one left in flight; that run itself is fenced off. */
async function inheritedTransfers(
  objects: ObjectStore,
  context: RunContext,
  predecessor: string | undefined,
): Promise<readonly TransferGroup[]> {
  return predecessor === undefined
    ? []
    : takeOverRun(objects, context, runPrefix(context.server, context.sync.Name, predecessor));
}
