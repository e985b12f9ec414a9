import { createHash } from "node:crypto";
import { REPORTS, TARGET } from "../engine/support/run-input";
import type { World } from "../property/world/world";
import type { Names } from "./names";

export function hash(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

/** All that the world outside of functions and executions is made of. What the invariants remember is not part of it. */
export function stateOf(world: World, names: Names): readonly unknown[] {
  const { clock, objects, remote, listings, transfers } = world;
  const stored = [REPORTS, TARGET].flatMap((bucket) =>
    objects.keys(bucket).map((key) => {
      const { size, lastModified } = objects.peek(bucket, key) ?? {};
      return [names.of(key), names.of(objects.text(bucket, key) ?? ""), size, lastModified, names.version(key)];
    }),
  );
  return [
    clock.now(),
    // Tokens do not say the order.
    stored.map((object) => JSON.stringify(object)).sort(),
    remote.paths().map((path) => [path, remote.file(path)]),
    listings.pending.map(({ listing: { request, id }, snapshot }) => [
      names.of(request.outputDirectory),
      names.of(`c-1-${id}`),
      snapshot && [...snapshot.files, snapshot.folders],
    ]),
    transfers.jobs.map((job) => ({ ...job, transferId: names.of(job.transferId) })),
    world.live().map(({ context, position }) => [context.executionArn, position]),
  ];
}
