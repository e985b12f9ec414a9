import type { Prompts } from "../../terminal/prompts";
import type { FolderQuestions } from "./ask-folder";
import { checkOf, fieldQuestion } from "./field-answer";
import type { NewSync } from "./new-definition";

/** What of a sync is known already, and is not asked for. */
export interface SyncFlags {
  readonly syncName?: string | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly kmsKey?: string | undefined;
  readonly folder?: string | undefined;
  readonly recursive?: boolean | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

const BUCKET = ["SyncSettings", 0, "LocalRepository", "BucketName"] as const;
const PREFIX = ["SyncSettings", 0, "LocalRepository", "Prefix"] as const;
const RECURSIVE = ["SyncSettings", 0, "RemoteFolders", "Recursive"] as const;

/** @param earlier answers that were not right as a whole: they stand there to be changed. */
export async function askSync(
  flags: SyncFlags,
  prompts: Prompts,
  folders: FolderQuestions,
  earlier: NewSync | undefined,
): Promise<NewSync> {
  const place = earlier?.LocalRepository;
  const folder = flags.folder ?? (await folders.ask(earlier?.RemoteFolders.Folder));
  const recursive =
    flags.recursive ?? (await prompts.confirm(fieldQuestion(RECURSIVE), earlier?.RemoteFolders.Recursive));
  const bucket =
    flags.bucket ??
    (await prompts.text(fieldQuestion(BUCKET), { initialValue: place?.BucketName, check: checkOf(BUCKET) }));
  const prefix =
    flags.prefix ??
    (await prompts.text(`${fieldQuestion(PREFIX)}; empty for none`, {
      initialValue: place?.Prefix,
      check: checkOf(PREFIX),
    }));
  return newSync({ ...flags, folder, recursive, bucket, prefix });
}

/** A sync of which all that is required is known. */
export function newSync({
  syncName,
  folder,
  recursive,
  bucket,
  prefix = "",
  kmsKey,
  include = [],
  exclude = [],
}: SyncFlags & { readonly folder: string; readonly recursive: boolean; readonly bucket: string }): NewSync {
  return {
    ...(syncName === undefined ? {} : { Name: syncName }),
    LocalRepository: {
      BucketName: bucket,
      ...(prefix === "" ? {} : { Prefix: prefix }),
      ...(kmsKey === undefined ? {} : { KmsKeyArn: kmsKey }),
    },
    RemoteFolders: {
      Folder: folder,
      Recursive: recursive,
      ...(include.length === 0 ? {} : { Include: include }),
      ...(exclude.length === 0 ? {} : { Exclude: exclude }),
    },
  };
}
