import { joinPath, objectKey } from "../../../../contract/file-place";
import { type LeftOut, syncAgainst } from "../../against";
import { andThen, type Cell, cell } from "../access/cell";
import { type DeployedSync, syncsOf } from "../access/deployed-syncs";
import { namedServer } from "../access/server-reference";
import { openSession } from "../access/session";
import type { Run } from "../runs/run";
import { ServerRuns } from "../runs/server-runs";
import { Buckets } from "./bucket";
import { type ExplainOptions, remotePath } from "./explain-command";
import { type FolderFacts, folderFacts, pathEvidence } from "./gather";
import { type FileState, type Verdict, verdict } from "./verdict";

/** How it stands with one file of a folder. Sizes are bytes, times ISO 8601: those of the latest listing, or what is known without it. */
export interface ExplainedFile extends Verdict {
  readonly name: string;
  readonly size?: number;
  readonly modified?: string;
}

/** What is known of a folder, seen from one sync. */
export interface ExplainedFolder {
  readonly sync: string;
  /** Why no run of the sync copies what lies in it; what follows is then absent. */
  readonly leftOut?: LeftOut;
  /** `s3://BUCKET/KEY/` */
  readonly place?: string;
  /** `null`: there was none yet. */
  readonly lastRun?: Cell<Run | null>;
  /** The latest listing of the folder. `null`: none of the latest runs has one. */
  readonly listing?: Cell<{ readonly run: string; readonly at: string; readonly isTruncated: boolean } | null>;
  /** Every file that listing, ledger or bucket name; what may need somebody first, then by name. */
  readonly files?: readonly ExplainedFile[];
  /** Names of the folders in it, by the listing. */
  readonly folders?: readonly string[];
}

export interface FolderExplanation {
  readonly server: string;
  /** With a slash at its end. */
  readonly path: string;
  /** Those that copy what lies in the folder; where none does, all, with why not. */
  readonly syncs: readonly ExplainedFolder[];
}

/** What stands first: whatever somebody may have to look at. */
const ORDER: readonly FileState[] = [
  "failed",
  "unknown",
  "no-run",
  "running",
  "next-run",
  "removed",
  "skipped",
  "left-out",
  "not-listed",
  "in-s3",
];

/** How it stands with the files of a folder, and with none in folders in it. @throws UserError, AwsFailure */
export async function explainFolder(options: ExplainOptions): Promise<FolderExplanation> {
  const path = remotePath(`${options.path}/`);
  const session = options.session ?? (await openSession(options));
  const server = await namedServer(options.server, session.limits);
  const deployed = await syncsOf(session, server);
  const runs = await ServerRuns.open(session, server.name);
  const buckets = new Buckets(session);
  try {
    const all: ExplainedFolder[] = [];
    for (const one of deployed) {
      all.push(
        await explained(buckets, runs, one, path, (name, evidence) =>
          verdict(server.name, name, evidence, session.flags),
        ),
      );
    }
    const taking = all.filter(({ place }) => place !== undefined);
    return { server: server.name, path, syncs: taking.length > 0 ? taking : all };
  } finally {
    buckets.close();
    runs.close();
  }
}

type Judge = (path: string, evidence: Parameters<typeof verdict>[2]) => Verdict;

async function explained(
  buckets: Buckets,
  runs: ServerRuns,
  { server, sync, event }: DeployedSync,
  path: string,
  judge: Judge,
): Promise<ExplainedFolder> {
  if (event === undefined) {
    return { sync };
  }
  const [setting] = event.SyncSettings;
  const [leftOut] = syncAgainst(server, setting, [`${path}any`]).leftOut;
  if (leftOut?.reason === "elsewhere" || leftOut?.reason === "depth") {
    return { sync, leftOut: { ...leftOut, path } };
  }
  const { BucketName, Prefix } = setting.LocalRepository;
  const prefix = objectKey(Prefix, path);
  const objects = await cell(() => buckets.objects(BucketName, prefix));
  const facts = await folderFacts(buckets, runs, { sync, event, folder: path.slice(0, -1) || "/" });
  const latest = "value" in facts.found ? facts.found.value : undefined;
  const files: ExplainedFile[] = [];
  const names = namesOf(facts, objects);
  const out = new Map(
    syncAgainst(
      server,
      setting,
      names.map((name) => path + name),
    ).leftOut.map((one) => [one.path, one]),
  );
  for (const name of names) {
    const file = joinPath(facts.folder, name);
    const leftOut = out.get(file);
    const object = await andThen(objects, async (found) => found.get(name));
    const evidence = leftOut ? { sync, leftOut } : await pathEvidence(facts, file, object);
    const { size, modified } = latest?.files.get(name) ?? {};
    files.push({
      name,
      ...(size === undefined ? {} : { size }),
      ...(modified === undefined ? {} : { modified }),
      ...judge(file, evidence),
    });
  }
  files.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return {
    sync,
    place: `s3://${BucketName}/${prefix}`,
    lastRun: await andThen(facts.recent, async ([first]) => first?.run ?? null),
    listing: await andThen(facts.found, async (found) =>
      found === undefined ? null : { run: found.run, at: found.at.toISOString(), isTruncated: found.listing.truncated },
    ),
    files,
    folders: [...(latest?.folders ?? [])].sort(),
  };
}

/** In their order. */
function namesOf({ ledger, found }: FolderFacts, objects: Cell<ReadonlyMap<string, unknown>>): string[] {
  const names = new Set<string>();
  const known = "value" in ledger ? [ledger.value.files, ledger.value.marks, ledger.value.gone] : [];
  const listed = "value" in found && found.value !== undefined ? [found.value.files] : [];
  const there = "value" in objects ? [objects.value] : [];
  for (const source of [...listed, ...known, ...there]) {
    for (const name of source.keys()) {
      names.add(name);
    }
  }
  names.delete(""); // An object that some tools make for a folder.
  return [...names].sort();
}
