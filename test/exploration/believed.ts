import { REPORT_FILE, type Report, reportSchema } from "../../engine/report";
import { parentOf, type Version } from "../../simulation/remote-tree";
import { REPORTS } from "../engine/support/run-input";
import type { StoredObject } from "../property/invariants/stored";
import type { Execution } from "../property/world/execution";
import type { World } from "../property/world/world";

/** Reasons for which a run may leave a file to the next one. */
const LEFT = ["changed-during-transfer", "vanished"];

/**
 * A run that succeeded has listed a file, and the remote server has it still: whatever the run called it, S3 holds these
 * bytes, or held them until a consumer took them; see {@link cannotBeTold} for what nobody can know.
 */
export function takenForUnchanged(world: World, { context }: Execution): string[] {
  const text = world.objects.text(REPORTS, context.prefix + REPORT_FILE);
  const report: Report | undefined = text === undefined ? undefined : reportSchema.parse(JSON.parse(text));
  if (
    report?.status !== "SUCCEEDED" ||
    report.dryRun ||
    LEFT.some((reason) => (report.files.skipped[reason] ?? 0) > 0)
  ) {
    return [];
  }
  const listed = [...world.listings.delivered]
    .filter(([key]) => key.startsWith(context.prefix))
    .flatMap(([, { files }]) => [...files]);
  return listed
    .filter(([path, version]) => world.remote.file(path)?.content === version.content && !isInS3(world, path, version))
    .map(([path]) => `${context.run} succeeds, ${path} ${told(world, path)}`);
}

/** Once everything is quiet: files of which S3 does not hold the remote's bytes, nor held them until a consumer took them. */
export function different(world: World): string[] {
  return world.remote.paths().flatMap((path) => {
    const version = world.remote.file(path);
    return version === undefined || isInS3(world, path, version) ? [] : [`for ever, ${path} ${told(world, path)}`];
  });
}

function isInS3(world: World, path: string, version: Version): boolean {
  const object = world.watch.stored.target(path);
  const isStored = object?.content === version.content && object.size === version.bytes;
  const isTaken = world.watch.taken.get(path)?.content === version.content;
  return isStored || isTaken || (object !== undefined && cannotBeTold(world, path, version, object));
}

/**
 * Nothing listed can tell: when the connector fetched the file, the last listing had named this version, which was away just
 * then, with another of its size in its place.
 */
function cannotBeTold(
  { transfers, listings }: World,
  path: string,
  { content, bytes }: Version,
  object: StoredObject,
): boolean {
  const sight = (at: Date) =>
    [...listings.delivered.values()]
      .filter(({ folder, listedAt }) => folder === parentOf(path) && listedAt <= at)
      .sort((a, b) => a.listedAt.getTime() - b.listedAt.getTime())
      .at(-1)
      ?.files.get(path);
  return (
    object.size === bytes &&
    transfers.jobs.some(
      (job) =>
        job.path === path &&
        job.content === object.content &&
        job.endedAt !== undefined &&
        sight(job.endedAt)?.content === content,
    )
  );
}

function told({ remote, watch }: World, path: string): string {
  return `is ${watch.stored.target(path)?.content} in S3 and ${remote.file(path)?.content} on the remote server`;
}
