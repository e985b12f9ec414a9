import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import { syncSettingSchema } from "../../contract/sync-setting";
import { dottedPath } from "../problems/path";
import { type FieldNode, valuesOf } from "../tree/field-tree";
import type { DefinitionFields, SyncFields } from "./form/definition-schema";
import { syncName } from "./form/sync-name";
import { scheduleOf } from "./form/sync-schedule";

/** A definition that was read without an error, as stacks and engine use it. */
export function resolveDefinition(fields: DefinitionFields): ServerDefinition {
  const formerName = fields.FormerName.value;
  return {
    name: certain(fields.Name),
    ...(formerName === undefined ? {} : { formerName }),
    description: certain(fields.Description),
    url: certain(fields.Url),
    securityPolicyName: certain(fields.SecurityPolicyName),
    trustedHostKeys: [...new Set(fields.PublicKey.items.map(certain))],
    maxConcurrentConnections: certain(fields.MaxConcurrentConnections),
    syncs: fields.SyncSettings.items.flatMap((sync) => (sync.fields ? [resolveSync(sync.fields, fields)] : [])),
  };
}

function resolveSync(sync: SyncFields, server: DefinitionFields): SyncDefinition {
  const schedule = scheduleOf(sync, server);
  if (schedule === undefined) {
    throw unreadField(sync.Schedule);
  }
  return {
    // What a sync is has one schema with one set of defaults, whether it comes from a definition or an event.
    setting: syncSettingSchema.parse({ ...valuesOf(sync), Name: syncName(sync) }),
    schedule,
    enabled: certain(server.Enabled) && certain(sync.Enabled),
  };
}

function certain<T>(field: FieldNode<T>): T {
  if (field.value === undefined) {
    throw unreadField(field);
  }
  return field.value;
}

/** Our bug, not the author's: nothing was found wrong with the field. */
function unreadField({ path }: FieldNode<unknown>): Error {
  return new Error(`A field without an error has no value: ${dottedPath(path)}`);
}
