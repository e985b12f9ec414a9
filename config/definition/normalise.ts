import type { Schedule, ServerDefinition, SyncDefinition } from "../../contract/model";
import { hasDateTags } from "../fields/folder-tags";
import { parseHostKey } from "../fields/host-keys";
import { parseKmsKeyArn, parsePrefix } from "../fields/local-repository";
import { parseName } from "../fields/name-field";
import { parseFolder } from "../fields/remote-folders";
import { parseUrl } from "../fields/url";
import { syncNameFromFolder } from "../naming/names";
import type { Parsed } from "../problems/problem";
import { parseSchedule } from "../schedule/schedule";
import type { WrittenDefinition, WrittenSync } from "./definition-schema";

/** The written form, free of errors, as the model. */
export function normaliseDefinition(written: WrittenDefinition): ServerDefinition {
  return {
    name: parsedValue(parseName, written.Name),
    description: written.Description,
    url: parsedValue(parseUrl, written.Url),
    securityPolicyName: written.SecurityPolicyName,
    trustedHostKeys: [...new Set(written.PublicKey.map((key) => parsedValue(parseHostKey, key)))],
    maxConcurrentConnections: written.MaxConcurrentConnections,
    syncs: written.SyncSettings.map((sync) => normaliseSync(sync, written)),
  };
}

function normaliseSync(sync: WrittenSync, server: WrittenDefinition): SyncDefinition {
  const folder = parsedValue(parseFolder, sync.RemoteFolders.Folder);
  const kmsKeyArn = parseKmsKeyArn(sync.LocalRepository.KmsKeyArn ?? "").value;
  return {
    name: sync.Name === undefined ? syncNameFromFolder(folder) : parsedValue(parseName, sync.Name),
    localRepository: {
      bucketName: sync.LocalRepository.BucketName,
      prefix: parsedValue(parsePrefix, sync.LocalRepository.Prefix),
      ...(kmsKeyArn === undefined ? {} : { kmsKeyArn }),
    },
    remoteFolders: {
      folder,
      recursive: sync.RemoteFolders.Recursive,
      include: sync.RemoteFolders.Include,
      exclude: sync.RemoteFolders.Exclude,
      maxDepth: sync.RemoteFolders.MaxDepth,
    },
    schedule: scheduleOf(sync, server),
    enabled: server.Enabled && sync.Enabled,
    changeDetection: sync.ChangeDetection,
    minimumAgeSeconds: sync.MinimumAgeSeconds,
    missingFolder: sync.MissingFolder ?? (hasDateTags(folder) ? "ignore" : "fail"),
    missingObject: sync.MissingObject,
  };
}

function scheduleOf(sync: WrittenSync, server: WrittenDefinition): Schedule {
  const text = sync.Schedule ?? server.Schedule;
  const timezone = sync.ScheduleTimezone ?? server.ScheduleTimezone;
  const result = text === undefined ? undefined : parseSchedule(text, timezone);
  if (result?.schedule === undefined) {
    throw uncheckedField(text ?? "no schedule");
  }
  return result.schedule;
}

function parsedValue<T>(parse: (text: string) => Parsed<T>, text: string): T {
  const { value } = parse(text);
  if (value === undefined) {
    throw uncheckedField(text);
  }
  return value;
}

/** Our bug, not the author's: the rules let something through that cannot be read. */
function uncheckedField(text: string): Error {
  return new Error(`A field passed its rules but cannot be normalised: ${text}`);
}
