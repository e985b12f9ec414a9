import * as z from "zod";
import { hasDateTags } from "./folder-tags";
import { GLOB_SIZE, isReadableGlob } from "./glob-size";
import { withoutSlashesAround, withoutSlashesAtEnd } from "./slashes";

/** Levels below Folder; the end of a symlink loop, not of a real tree. */
export const DEFAULT_MAX_DEPTH = 100;

/**
 * The fields of `RemoteFolders`, in a definition as in an event. How their texts are read is for each to say: a definition
 * is checked word by word, an event is taken as it comes.
 */
export function remoteFoldersFields<Folder extends z.ZodType, Glob extends z.ZodType>(folder: Folder, glob: Glob) {
  return {
    Folder: folder,
    Recursive: z.boolean().describe("Whether the folders below are synced as well."),
    Include: z
      .array(glob)
      .prefault([])
      .describe(
        "Globs (docs/globs.md) on the path relative to Folder, dot files included; empty: everything. Folders in which no wanted file can " +
          "lie are not listed: with `wanted/**`, only those in wanted.",
      ),
    Exclude: z
      .array(glob)
      .prefault([])
      .describe(
        "Globs (docs/globs.md) on the path relative to Folder; wins over Include. `tmp/**` is the folder tmp with everything in it, which " +
          "is not listed either.",
      ),
    MaxDepth: z
      .int()
      .min(0)
      .default(DEFAULT_MAX_DEPTH)
      .describe(
        "Levels below Folder that are listed when Recursive; 0: Folder alone. Also ends loops of symbolic links that lead " +
          "back up; where one folder has several, they multiply with each level: then lower it, or exclude them.",
      ),
  };
}

/** How a sync goes about its work, in a definition as in an event: a field that is added here is in both. */
export const behaviourFields = {
  ChangeDetection: z
    .enum(["ledger", "modified-time"])
    .default("ledger")
    .describe("How changes are found: by the ledger of what was verified in S3, or by modification times alone."),
  MinimumAgeSeconds: z
    .int()
    .min(0)
    .default(0)
    .describe(
      "A file younger than this when listed waits for a later run. The age of a file without a time, or with one in the " +
        "future, counts from its first listing with this size and time.",
    ),
  MissingFolder: z
    .enum(["fail", "ignore"])
    .optional()
    .describe("What a missing Folder means. Default: `ignore` where Folder has date tags, else `fail`."),
  MissingObject: z
    .enum(["fail", "accept"])
    .default("fail")
    .describe(
      "What it means when the connector reports a file as completed, but the object is not in S3: with `fail` the file " +
        "has failed, and the next run transfers it again; `accept` is for buckets whose consumers take objects away at " +
        "once: the file counts as `removed-from-s3` and as known.",
    ),
  SizeMismatch: z
    .enum(["fail", "accept"])
    .default("fail")
    .describe(
      "What it means when a file, listed with the same size and time, brings an object of the same other size in two runs: with " +
        "`fail` the file has failed; `accept` is for servers that list another size than they send, such as that of a packed file: the " +
        "file counts as transferred, with a warning in the report alone. So does one that is cut off twice at the same place.",
    ),
  ShiftedTimes: z
    .enum(["ignore", "copy"])
    .default("ignore")
    .describe(
      "What it means when the times of all known files of a folder have moved by the same multiple of 30 minutes, and no size " +
        "has changed: with `ignore` the server's clocks have changed, and nothing is copied, with a warning; with `copy` the " +
        "files have changed.",
    ),
};

/**
 * One sync as it travels in an event. Events are also written by hand and by the AWS sample, so slashes at the ends are
 * forgiven, and unknown keys are left out.
 */
export const syncSettingSchema = z
  .object({
    /** `[a-z0-9-]`, unique within its server. */
    Name: z.string().min(1),
    LocalRepository: z.object({
      BucketName: z.string().min(1),
      /** Without slashes at either end; empty for the bucket's root. */
      Prefix: z.string().transform(withoutSlashesAround),
      /** Key of the bucket's default encryption, where it has one of its own. */
      KmsKeyArn: z.string().optional(),
    }),
    RemoteFolders: z.object(
      remoteFoldersFields(
        z
          .string()
          .startsWith("/")
          .transform((folder) => withoutSlashesAtEnd(folder) || "/"),
        z.string().min(1).refine(isReadableGlob, GLOB_SIZE),
      ),
    ),
    ...behaviourFields,
  })
  // The order of the fields is that of the events' JSON, where another one is a change to Terraform.
  .transform(
    ({ Name, LocalRepository, RemoteFolders, ChangeDetection, MinimumAgeSeconds, MissingFolder, ...others }) => ({
      Name,
      LocalRepository,
      RemoteFolders,
      ChangeDetection,
      MinimumAgeSeconds,
      MissingFolder: MissingFolder ?? (hasDateTags(RemoteFolders.Folder) ? "ignore" : "fail"),
      ...others,
    }),
  );

/**
 * One remote folder and the place in S3 that follows it, every default in its place: the fields that people write, under
 * the names they write, from the definition through the events to the engine.
 */
export type SyncSetting = z.output<typeof syncSettingSchema>;
