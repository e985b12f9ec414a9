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
  /**
   * "not valid" where a file still has the server, and an error keeps it from being read; its own, or one beside others. "valid now"
   * where it was so in the base.
   */
  readonly kind: "added" | "removed" | "changed" | "moved" | "not valid" | "valid now";
  /** Its file now; that of the base where it was removed. */
  readonly file: string;
  /** Its file in the base, where that was another one. */
  readonly fileBefore?: string;
  /** The name that it had, where FormerName says so and that server is gone. */
  readonly formerName?: string;
  /** Absent where the base has none that is valid. */
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
  const notValid = base.found.flatMap(({ name }) => name ?? []);
  const names = [...new Set([...before.keys(), ...after.keys(), ...notValid])].sort();
  return names.flatMap((server) => {
    const [fileBefore, fileNow] = [base.files.get(server), now.files.get(server)];
    const files = {
      before: fileBefore ?? fileWith(server, fileNow, base.found),
      now: fileNow ?? fileWith(server, fileBefore, now.found),
    };
    const overlapping = { before: overlappingIn(base, files.before), now: overlappingIn(now, files.now) };
    const change = serverChange(server, { before: before.get(server), now: after.get(server) }, files, overlapping);
    return change === undefined ? [] : [change];
  });
}

/** The file that has a server, though it is not valid: it gives the name, or no name and is the file that gives it otherwise. */
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
  name: string,
  { before, now: after }: Sides<ServerDefinition | undefined>,
  files: Sides<string | undefined>,
  overlapping: Sides<readonly string[]>,
): ServerChange | undefined {
  const formerName = after?.formerName;
  const moved = files.before !== undefined && files.now !== undefined && files.before !== files.now;
  const common = {
    server: name,
    file: files.now ?? files.before ?? "",
    ...(moved ? { fileBefore: files.before ?? "" } : {}),
    overlapping: overlapping.now.filter((sync) => !overlapping.before.includes(sync)),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  if (before === undefined && after === undefined && files.now !== undefined) {
    return undefined; // It was as wrong before, which validation tells.
  }
  if (before === undefined || after === undefined) {
    const gone = files.now === undefined ? "removed" : "not valid";
    const come = files.before === undefined ? "added" : "valid now";
    const kind = after === undefined ? gone : come;
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
