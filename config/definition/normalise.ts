import type { Schedule, ServerDefinition, SyncDefinition } from "../../contract/model";
import { syncSettingSchema } from "../../contract/sync-setting";
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
    ...(written.FormerName === undefined ? {} : { formerName: parsedValue(parseName, written.FormerName) }),
    description: written.Description,
    url: parsedValue(parseUrl, written.Url),
    securityPolicyName: written.SecurityPolicyName,
    trustedHostKeys: [...new Set(written.PublicKey.map((key) => parsedValue(parseHostKey, key)))],
    maxConcurrentConnections: written.MaxConcurrentConnections,
    syncs: written.SyncSettings.map((sync) => normaliseSync(sync, written)),
  };
}

function normaliseSync(sync: WrittenSync, server: WrittenDefinition): SyncDefinition {
  const { LocalRepository, RemoteFolders, Name } = sync;
  const Folder = parsedValue(parseFolder, RemoteFolders.Folder);
  const { KmsKeyArn = "", ...repository } = LocalRepository;
  const keyArn = parseKmsKeyArn(KmsKeyArn).value;
  const setting = syncSettingSchema.parse({
    ...sync,
    Name: Name === undefined ? syncNameFromFolder(Folder) : parsedValue(parseName, Name),
    LocalRepository: {
      ...repository,
      Prefix: parsedValue(parsePrefix, repository.Prefix),
      ...(keyArn === undefined ? {} : { KmsKeyArn: keyArn }),
    },
    RemoteFolders: { ...RemoteFolders, Folder },
  });
  return { setting, schedule: scheduleOf(sync, server), enabled: server.Enabled && sync.Enabled };
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
