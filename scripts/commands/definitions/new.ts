import type { Path } from "../../../config/problems/path";
import { formatProblem, hasErrors, type Problem } from "../../../config/problems/problem";
import { UserError } from "../../../local/errors/user-error";
import { RemoteFailure } from "../../../local/transfer/remote-failure";
import type { Prompts } from "../../terminal/prompts";
import { FolderQuestions } from "./ask-folder";
import { confirmedHostKeys } from "./ask-host-keys";
import { askSchedule } from "./ask-schedule";
import { askSync, newSync, type SyncFlags } from "./ask-sync";
import { expectValidChange, problemsWith } from "./definition-store";
import { checkFlag, checkOf, fieldProblem, fieldQuestion } from "./field-answer";
import { definitionText, type NewDefinition, type NewSync, placeOfNew } from "./new-definition";

/** What is given instead of answers. */
export interface NewFlags extends SyncFlags {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  /** Each `type base64`. */
  readonly publicKey?: readonly string[] | undefined;
  /** Fingerprints. */
  readonly acceptHostKey?: readonly string[] | undefined;
  readonly schedule?: string | undefined;
  readonly timezone?: string | undefined;
}

export interface NewOptions {
  readonly flags: NewFlags;
  /** Called for the first question. @throws UserError where nobody can be asked. */
  readonly prompts: () => Prompts;
  readonly signal: AbortSignal;
  /** Holds the credentials, if there are any. */
  readonly env: NodeJS.ProcessEnv;
}

/** A definition that is to be written. */
export interface PreparedDefinition {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** What is odd in it. */
  readonly problems: readonly Problem[];
}

const SYNC: Path = ["SyncSettings", 0];

/** The field of each flag, by which its text is checked. */
const FIELDS: readonly (readonly [flag: keyof NewFlags, option: string, path: Path])[] = [
  ["description", "--description", ["Description"]],
  ["url", "--url", ["Url"]],
  ["publicKey", "--public-key", ["PublicKey", 0]],
  ["schedule", "--schedule", ["Schedule"]],
  ["timezone", "--timezone", ["ScheduleTimezone"]],
  ["syncName", "--sync-name", [...SYNC, "Name"]],
  ["bucket", "--bucket", [...SYNC, "LocalRepository", "BucketName"]],
  ["prefix", "--prefix", [...SYNC, "LocalRepository", "Prefix"]],
  ["kmsKey", "--kms-key", [...SYNC, "LocalRepository", "KmsKeyArn"]],
  ["folder", "--folder", [...SYNC, "RemoteFolders", "Folder"]],
  ["include", "--include", [...SYNC, "RemoteFolders", "Include", 0]],
  ["exclude", "--exclude", [...SYNC, "RemoteFolders", "Exclude", 0]],
];

/** @throws UserError for a text that its field does not take. */
export function checkFlags(flags: NewFlags): void {
  for (const [flag, option, path] of FIELDS) {
    for (const text of [flags[flag] ?? []].flat()) {
      checkFlag(option, path, String(text));
    }
  }
}

/** Flags as one types them. */
export function flagWords(flags: NewFlags): string[] {
  const { acceptHostKey = [], recursive } = flags;
  return [
    ...FIELDS.flatMap(([flag, option]) => [flags[flag] ?? []].flat().flatMap((text) => [option, String(text)])),
    ...acceptHostKey.flatMap((fingerprint) => ["--accept-host-key", fingerprint]),
    ...(recursive === undefined ? [] : [recursive ? "--recursive" : "--no-recursive"]),
  ];
}

/**
 * A new definition from flags, and from answers to what they leave open. Nothing is written.
 * @throws UserError for what would not be valid. @throws RemoteFailure, Interrupted
 */
export async function prepareDefinition({ flags, prompts, signal, env }: NewOptions): Promise<PreparedDefinition> {
  checkFlags(flags);
  const { name, file } = placeOfNew(flags.name ?? (await askName(prompts())));
  const { url, PublicKey } = await askServer(flags, prompts, signal);
  const schedule =
    flags.schedule === undefined
      ? await askSchedule(prompts(), flags.timezone)
      : {
          Schedule: flags.schedule,
          ...(flags.timezone === undefined ? {} : { ScheduleTimezone: flags.timezone }),
        };
  const start = {
    Name: name,
    ...(flags.description === undefined ? {} : { Description: flags.description }),
    Url: url,
    PublicKey,
    ...schedule,
  };
  const textWith = (syncs: readonly NewSync[]) => definitionText({ ...start, SyncSettings: syncs } as NewDefinition);
  const SyncSettings = await syncsOf({ flags, prompts, signal, env }, { url, PublicKey, file, textWith });
  const text = textWith(SyncSettings);
  return { name, file, text, problems: await expectValidChange(file, text, "run the command again with other values") };
}

/** The address, and the host keys that the server shows there. One that was typed is asked for again where nothing answers. */
async function askServer(flags: NewFlags, prompts: () => Prompts, signal: AbortSignal) {
  const { publicKey: given = [], acceptHostKey: accept = [] } = flags;
  const isGiven = given.length > 0 && accept.length === 0;
  for (let url = flags.url ?? (await askUrl(prompts())); ; url = await askUrl(prompts(), url)) {
    try {
      const confirmed = isGiven ? [] : await confirmedHostKeys(url, { accept, prompts, signal });
      return { url, PublicKey: [...new Set([...given, ...confirmed])] };
    } catch (error) {
      if (!(error instanceof RemoteFailure) || flags.url !== undefined) {
        throw error;
      }
      prompts().note(error.message, "No host keys");
    }
  }
}

const askUrl = (prompts: Prompts, initialValue?: string) =>
  prompts.text(fieldQuestion(["Url"]), { check: checkOf(["Url"]), ...(initialValue && { initialValue }) });

/** Without a slip that would only be seen at the end. */
async function askName(prompts: Prompts): Promise<string> {
  const check = (text: string) => {
    const problem = fieldProblem(["Name"], text);
    if (problem !== undefined) {
      return problem;
    }
    try {
      placeOfNew(text);
      return undefined;
    } catch (error) {
      return error instanceof UserError ? error.message : undefined;
    }
  };
  return prompts.text(fieldQuestion(["Name"]), { check });
}

interface Begun {
  readonly url: string;
  readonly PublicKey: readonly string[];
  readonly file: string;
  textWith(syncs: readonly NewSync[]): string;
}

async function syncsOf({ flags, prompts, signal, env }: NewOptions, begun: Begun): Promise<NewSync[]> {
  const { folder, bucket } = flags;
  if (folder !== undefined && bucket !== undefined) {
    return [newSync({ ...flags, folder, bucket, recursive: flags.recursive ?? true })];
  }
  const asked = prompts();
  const { url, PublicKey, file, textWith } = begun;
  const folders = new FolderQuestions({ url, trustedHostKeys: PublicKey, prompts: asked, signal, env });
  const syncs: NewSync[] = [];
  try {
    for (let own: SyncFlags = flags; ; own = {}) {
      let sync: NewSync | undefined;
      for (let problems: readonly Problem[] | undefined; problems === undefined || hasErrors(problems); ) {
        sync = await askSync(own, asked, folders, sync);
        problems = await problemsWith(file, textWith([...syncs, sync]));
        if (hasErrors(problems)) {
          asked.note(problems.map(formatProblem).join("\n"), "Not valid: please change the answers");
          own = {};
        }
      }
      syncs.push(...(sync === undefined ? [] : [sync]));
      if (!(await asked.confirm("SyncSettings: is there another folder to sync from this server?", false))) {
        return syncs;
      }
    }
  } finally {
    folders.close();
  }
}
