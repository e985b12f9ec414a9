import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { parseName } from "../../../config/fields/name-field";
import { UserError } from "../../../local/errors/user-error";
import { definitionsFolder } from "../definition-file";
import { fileIsThere } from "./definition-store";

/** One entry of SyncSettings, in the field names of a definition. */
export interface NewSync {
  readonly Name?: string;
  readonly LocalRepository: { readonly BucketName: string; readonly Prefix?: string; readonly KmsKeyArn?: string };
  readonly RemoteFolders: {
    readonly Folder: string;
    readonly Recursive: boolean;
    readonly Include?: readonly string[];
    readonly Exclude?: readonly string[];
  };
}

/** A definition as it is to be written: what is absent has its default. */
export interface NewDefinition {
  readonly Name: string;
  readonly Description?: string;
  readonly Url: string;
  readonly PublicKey: readonly string[];
  readonly Schedule: string;
  readonly ScheduleTimezone?: string;
  readonly SyncSettings: readonly NewSync[];
}

/** For editors, as in servers/example.yaml. */
export const SCHEMA_LINE = "# yaml-language-server: $schema=./server.schema.json";

/** The text of a definition, in the field names of one. Host keys stay on one line each. */
export function definitionText(definition: object): string {
  return `${SCHEMA_LINE}\n\n${stringify(definition, { lineWidth: 0 })}`;
}

/** What a name is used as, and the file of its definition. */
export interface DefinitionPlace {
  readonly name: string;
  readonly file: string;
}

/** @param name as it was written. @throws UserError where it will not do. */
export function placeNamed(name: string): DefinitionPlace {
  const { value, findings } = parseName(name);
  if (value === undefined) {
    throw new UserError(
      `Name ${findings.map(({ message, allowed }) => `${message} (allowed: ${allowed})`).join("; ")}`,
    );
  }
  return { name: value, file: join(definitionsFolder(), `${value}.yaml`) };
}

/**
 * Where a new definition goes.
 * @param name as it was written. @throws UserError where it will not do, or the file is there.
 */
export function placeOfNew(name: string): DefinitionPlace {
  const place = placeNamed(name);
  if (existsSync(resolve(place.file))) {
    throw fileIsThere(place.file);
  }
  return place;
}
