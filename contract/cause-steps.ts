import { connectionStep } from "./connection-steps";

/** What a run has seen, as far as it tells what to do: the report's own fields. */
export interface RunEvidence {
  readonly folders: { readonly listed: number };
  readonly files: { readonly transferred: number };
  /** `kind` is one of the failure kinds of the engine; reports of earlier versions have neither that nor `detail`. */
  readonly failures: readonly {
    readonly error?: string | undefined;
    readonly kind?: string | undefined;
    readonly detail?: string | undefined;
  }[];
}

/** So many causes are spoken of; a longer text is read by nobody. */
const MOST_CAUSES = 2;

/** Some requests of the run got through: address, host keys and credentials are right. */
const CONNECTIONS =
  "Other requests of this run got through, so address, host keys and credentials are right, and connections were refused, lost " +
  "or timed out. Where the server takes fewer connections at a time than MaxConcurrentConnections, lower that in the definition (1 is the " +
  "least); else look at the server's load and at what is on the way to it.";

const LISTING: Readonly<Record<string, string>> = {
  connection: CONNECTIONS,
  "not-permitted":
    "The server answers, and does not let this user list these folders. Ask its owner for that, or leave the folders out by " +
    "Exclude, such as private/**.",
  "not-found":
    "The server names these folders and then does not know them: links that lead nowhere, or names that it changes. Leave them out " +
    "by Exclude, or have its owner mend them.",
  "unusable-listing":
    "The listing arrived and could not be read: its text above says where. Nothing of these folders was copied or forgotten. Report " +
    "it with the listing, which the run's folder in the list-results bucket keeps.",
};

const TRANSFER: Readonly<Record<string, string>> = {
  connection: CONNECTIONS,
  "not-permitted":
    "The server lists these files and does not let this user read them. Ask its owner for that, or leave them out by Exclude.",
  "not-found":
    "These files are listed and cannot be found: links that lead nowhere, or files that somebody takes away each time. Leave them " +
    "out by Exclude, or let the sync run when they are complete.",
  "not-as-listed":
    "These files never arrive in the size that is listed. If the server lists another size than it sends, such as that of a packed " +
    "file, set SizeMismatch: accept; if they are still being written, MinimumAgeSeconds.",
  "not-in-s3":
    "The service calls these files transferred, and they are not in S3. Where something takes them from there at once, set " +
    "MissingObject: accept; else look at bucket, prefix and key of the sync.",
  "no-result":
    "The service neither finished these files nor gave them up. The next run sends them again. Where they are just large or the " +
    "connection is slow, raise timeouts.transfer.",
};

/** How servers, and the local connector, answer where a file is listed as a folder. */
const NOT_A_FOLDER = /is a file|not a (directory|folder)/i;

const FOLDER_IS_A_FILE =
  "Folder names a file. Name the folder that it lies in, and the file in Include; MissingFolder: ignore would hide the mistake.";

/**
 * What to do about a run by what it has seen, where that says more than the name under which it failed.
 * @returns `undefined` where the name says all.
 */
export function causeSteps(errorName: string, run: RunEvidence): string | undefined {
  switch (errorName) {
    case "ListingFailed":
      return steps(LISTING, run, errorName);
    case "TransferIncomplete":
      return steps(TRANSFER, run, "TransferFailed");
    case "RemoteFolderMissing":
      return run.failures.some(({ detail = "" }) => NOT_A_FOLDER.test(detail)) ? FOLDER_IS_A_FILE : undefined;
    default:
      return undefined;
  }
}

/** Kinds of failures that only a server which was reached can cause. */
const REACHED: readonly string[] = [
  "not-permitted",
  "not-found",
  "not-as-listed",
  "unusable-listing",
  "truncated-listing",
];

/** The most frequent causes first; where the most frequent has no advice of its own, the name's is better. */
function steps(byKind: Readonly<Record<string, string>>, run: RunEvidence, error: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { kind = "" } of run.failures.filter((failure) => failure.error === error)) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
  const isReached = run.folders.listed + run.files.transferred > 0 || kinds.some((kind) => REACHED.includes(kind));
  const stepOf = (kind: string) =>
    kind === "connection" && !isReached ? connectionStep(detailOf(run, kind)) : byKind[kind];
  const [first = "", ...others] = kinds;
  const most = stepOf(first);
  return most === undefined
    ? undefined
    : [most, ...others.flatMap((kind) => stepOf(kind) ?? [])].slice(0, MOST_CAUSES).join(" ");
}

function detailOf(run: RunEvidence, kind: string): string {
  return run.failures.find((failure) => failure.kind === kind)?.detail ?? "";
}
