import { objectKey } from "../../contract/file-place";
import { throughFirstTag, withTagsAs } from "../../contract/folder-tags";
import type { SyncSetting } from "../../contract/sync-setting";
import { asPolicyText } from "./policy-text";

/** Where syncs write to, as policies name it. */
export interface TargetPlaces {
  /** Whether they go as far as the folders, or as `Prefix` alone, since a policy has no room for so many folders. */
  readonly reach: "folders" | "prefixes";
  /** Each bucket once, sorted. */
  readonly buckets: readonly BucketPlaces[];
}

export interface BucketPlaces {
  readonly bucket: string;
  /** Of the keys: `in/orders/*`. */
  readonly patterns: readonly string[];
  /** Keys of the folders themselves, where a pattern is all that lies in one. */
  readonly folders: readonly string[];
}

type Target = Pick<SyncSetting, "LocalRepository" | "RemoteFolders">;

/**
 * Characters that may be spent on folders in a policy. The limit is 10,240 for all of a role's policies (IAM user guide), of
 * which an engine needs 3,500 for all else: 300 of them for as many `targetAccounts` as there may be.
 */
const ROOM_FOR_FOLDERS = 6500;

/**
 * Gathers the places of all syncs of a server, each once and sorted: a policy does not depend on the syncs' order in the
 * definition. A place is `Prefix`, and `Folder` down to the first level that has date tags, with `?` for each of their digits: it
 * is everything below that level. Where a policy has no room for all of that, it is `Prefix` alone.
 */
export function targetPlaces(settings: readonly Target[]): TargetPlaces {
  const byFolder = placesOf(settings, folderPlace);
  return charactersOf(byFolder) <= ROOM_FOR_FOLDERS
    ? { reach: "folders", buckets: byFolder }
    : { reach: "prefixes", buckets: placesOf(settings, prefixPlace) };
}

/** A part of a bucket: as it stands in a policy. */
interface Place {
  /** Of the keys. */
  readonly pattern: string;
  /** The key of the folder itself, where the pattern is all that lies in one, also for folders of which each day has its own. */
  readonly folder?: string;
}

function placesOf(settings: readonly Target[], placeOf: (setting: Target) => Place): BucketPlaces[] {
  const buckets = [...new Set(settings.map(({ LocalRepository }) => LocalRepository.BucketName))].sort();
  return buckets.map((bucket) => {
    const all = settings.filter(({ LocalRepository }) => LocalRepository.BucketName === bucket).map(placeOf);
    const patterns = withoutCovered(all.map(({ pattern }) => pattern));
    const folders = withoutCovered([...patterns, ...all.flatMap(({ folder }) => folder ?? [])]);
    return { bucket, patterns, folders: folders.filter((folder) => !patterns.includes(folder)) };
  });
}

/** As earlier versions had it for every sync. */
function prefixPlace({ LocalRepository: { Prefix } }: Target): Place {
  return { pattern: Prefix === "" ? "*" : `${prefixPattern(Prefix)}/*` };
}

function folderPlace(setting: Target): Place {
  const { Prefix } = setting.LocalRepository;
  const { Folder } = setting.RemoteFolders;
  if (Folder === "/") {
    return prefixPlace(setting);
  }
  // A prefix has no tags: %year% in one stands for itself.
  const folder = objectKey(prefixPattern(Prefix), withTagsAs("?", prefixPattern(throughFirstTag(Folder))));
  return { pattern: `${folder}/*`, folder };
}

/** Each once, sorted, without those that another one takes in: `in/orders/*` beside `in/*`. */
function withoutCovered(patterns: readonly string[]): string[] {
  const isCovered = (pattern: string) =>
    patterns.some((other) => other !== pattern && other.endsWith("*") && pattern.startsWith(other.slice(0, -1)));
  return [...new Set(patterns)].filter((pattern) => !isCovered(pattern)).sort();
}

/** What an engine's policy, the longest, spends on them: each pattern as a resource, and in the condition of a listing. */
function charactersOf(buckets: readonly BucketPlaces[]): number {
  const sizes = buckets.map(({ bucket, patterns }) => {
    const resources = patterns.map((pattern) => CHARACTERS_OF_RESOURCE + bucket.length + 2 * pattern.length);
    return resources.reduce((sum, size) => sum + size, CHARACTERS_OF_LISTING + bucket.length);
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of the policy's own words: quotes, commas, and the beginnings of ARNs. */
const CHARACTERS_OF_RESOURCE = 30;
const CHARACTERS_OF_LISTING = 180;

/**
 * IAM reads `*`, `?` and `${` in a pattern as its own, and `${*}`, `${?}`, `${$}` as the plain character. For characters
 * that no policy can hold stands `*`, and the pattern is wider than the prefix then.
 */
function prefixPattern(prefix: string): string {
  return asPolicyText(prefix.replace(/[*?$]/g, (character) => `\${${character}}`));
}
