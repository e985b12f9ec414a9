import type { DefinitionsResult, FoundFile } from "../../../config/load-definitions";
import type { ServerDefinition, SyncDefinition } from "../../../contract/model";
import { scheduleWords } from "../definitions/schedule-words";
import { type FieldChange, fieldChanges, flattened } from "./field-changes";

export interface SyncChange {
  readonly sync: string;
  readonly kind: "added" | "removed" | "changed";
  /** Of one that changed. */
  readonly fields: readonly FieldChange[];
}

export interface ServerChange {
  readonly server: string;
  /** "not valid" where a file still has the server, and an error keeps it from being read; its own, or one beside others. */
  readonly kind: "added" | "removed" | "changed" | "moved" | "not valid";
  /** Its file now; that of the base where it was removed. */
  readonly file: string;
  /** Its file in the base, where that was another one. */
  readonly fileBefore?: string;
  /** The name that it had, where FormerName says so and that server is gone. */
  readonly formerName?: string;
  readonly before?: ServerDefinition;
  readonly after?: ServerDefinition;
  readonly fields: readonly FieldChange[];
  readonly syncs: readonly SyncChange[];
  /** Syncs that allow an overlap now (`AllowOverlap`), and did not before. */
  readonly overlapping: readonly string[];
}

/** What became of the servers, in the order of their names; those that are as they were are left out. */
export function serverChanges(base: DefinitionsResult, now: DefinitionsResult): ServerChange[] {
  const before = new Map(base.definitions.map((definition) => [definition.name, definition]));
  const after = new Map(now.definitions.map((definition) => [definition.name, definition]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((server) => {
    const files = {
      before: base.files.get(server),
      now: now.files.get(server) ?? fileWith(server, base.files.get(server), now.found),
    };
    const overlapping = { before: overlappingIn(base, files.before), now: overlappingIn(now, files.now) };
    const change = serverChange(before.get(server), after.get(server), files, overlapping);
    return change === undefined ? [] : [change];
  });
}

/** The file that has a server, though it is not valid: it gives the name, or no name and is the file that gave it before. */
function fileWith(server: string, before: string | undefined, found: readonly FoundFile[]): string | undefined {
  const named = found.find(({ name }) => name === server);
  const isStillThere = found.some(
    ({ file, name }) => name === undefined && (file === before || before?.startsWith(`${file}/`)),
  );
  return named?.file ?? (isStillThere ? before : undefined);
}

const overlappingIn = ({ found }: DefinitionsResult, path: string | undefined): readonly string[] =>
  found.find(({ file }) => file === path)?.overlapping ?? [];

interface Sides<T> {
  readonly before: T;
  readonly now: T;
}

function serverChange(
  before: ServerDefinition | undefined,
  after: ServerDefinition | undefined,
  files: Sides<string | undefined>,
  overlapping: Sides<readonly string[]>,
): ServerChange | undefined {
  const { name = "", formerName } = after ?? before ?? {};
  const moved = files.before !== undefined && files.now !== undefined && files.before !== files.now;
  const common = {
    server: name,
    file: files.now ?? files.before ?? "",
    ...(moved ? { fileBefore: files.before ?? "" } : {}),
    overlapping: overlapping.now.filter((sync) => !overlapping.before.includes(sync)),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  if (before === undefined || after === undefined) {
    const kind = before === undefined ? "added" : files.now === undefined ? "removed" : "not valid";
    const former = before === undefined && formerName !== undefined ? { formerName } : {};
    return { ...common, ...former, kind, fields: [], syncs: [] };
  }
  const fields = fieldChanges(serverFields(before), serverFields(after));
  const syncs = syncChanges(before.syncs, after.syncs, overlapping);
  if (fields.length === 0 && syncs.length === 0) {
    return moved ? { ...common, kind: "moved", fields, syncs } : undefined;
  }
  return { ...common, kind: "changed", fields, syncs };
}

function serverFields(server: ServerDefinition): Record<string, unknown> {
  return {
    Url: server.url,
    PublicKey: server.trustedHostKeys,
    SecurityPolicyName: server.securityPolicyName,
    MaxConcurrentConnections: server.maxConcurrentConnections,
    Description: server.description,
    FormerName: server.formerName,
  };
}

function syncChanges(
  before: readonly SyncDefinition[],
  after: readonly SyncDefinition[],
  overlapping: Sides<readonly string[]>,
): SyncChange[] {
  const byName = (syncs: readonly SyncDefinition[]) => new Map(syncs.map((sync) => [sync.setting.Name, sync]));
  const [old, current] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((sync): SyncChange[] => {
    const [one, other] = [old.get(sync), current.get(sync)];
    if (one === undefined || other === undefined) {
      return [{ sync, kind: one === undefined ? "added" : "removed", fields: [] }];
    }
    const fields = fieldChanges(
      { ...syncFields(one), AllowOverlap: overlapping.before.includes(sync) },
      { ...syncFields(other), AllowOverlap: overlapping.now.includes(sync) },
    );
    return fields.length === 0 ? [] : [{ sync, kind: "changed", fields }];
  });
}

function syncFields({ setting: { Name: _, ...setting }, schedule, enabled }: SyncDefinition): Record<string, unknown> {
  const zone = schedule.kind === "cron" ? schedule.timezone : undefined;
  return { ...flattened(setting), Schedule: scheduleWords(schedule), ScheduleTimezone: zone, Enabled: enabled };
}
