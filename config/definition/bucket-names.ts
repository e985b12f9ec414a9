import type { DefinitionFile } from "./definition-file";
import type { SyncFields } from "./form/definition-schema";

/** A bucket's name in an environment, by the name that definitions give it. */
export type BucketNames = Readonly<Record<string, string>>;

/**
 * A definition as an environment has it: buckets' names are the same in all accounts, so that no two environments write to the
 * same bucket unless they share it. What stands in the file is still shown in messages about it.
 */
export function withBucketNames(file: DefinitionFile, names: BucketNames): DefinitionFile {
  const { fields, definition } = file;
  const nameOf = (bucket: string) => (Object.hasOwn(names, bucket) ? (names[bucket] ?? bucket) : bucket);
  return {
    ...file,
    ...(fields === undefined ? {} : { fields: { ...fields, SyncSettings: syncsIn(fields.SyncSettings, nameOf) } }),
    ...(definition === undefined
      ? {}
      : {
          definition: {
            ...definition,
            syncs: definition.syncs.map(({ setting, ...sync }) => {
              const { LocalRepository } = setting;
              const BucketName = nameOf(LocalRepository.BucketName);
              return { ...sync, setting: { ...setting, LocalRepository: { ...LocalRepository, BucketName } } };
            }),
          },
        }),
  };
}

type Syncs = NonNullable<DefinitionFile["fields"]>["SyncSettings"];

function syncsIn(syncs: Syncs, nameOf: (bucket: string) => string): Syncs {
  return {
    ...syncs,
    items: syncs.items.map(({ fields, ...item }) =>
      fields === undefined ? item : { ...item, fields: syncIn(fields, nameOf) },
    ),
  };
}

function syncIn(sync: SyncFields, nameOf: (bucket: string) => string): SyncFields {
  const { fields, ...repository } = sync.LocalRepository;
  if (fields?.BucketName.value === undefined) {
    return sync;
  }
  const BucketName = { ...fields.BucketName, value: nameOf(fields.BucketName.value) };
  return { ...sync, LocalRepository: { ...repository, fields: { ...fields, BucketName } } };
}
