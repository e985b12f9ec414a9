import { Document, isMap, isScalar, isSeq } from "yaml";
import type { Path } from "../../../config/problems/path";
import { nextCommand } from "../aws/access/next-command";
import { openSession } from "../aws/access/session";
import { COMMAND } from "../command-line";
import { newSync } from "../definitions/ask-sync";
import { fieldMeaning } from "../definitions/field-answer";
import { checkFlags } from "../definitions/new";
import { placeNamed, SCHEMA_LINE } from "../definitions/new-definition";
import { type ExistingConnector, existingConnector } from "./existing-connector";
import { expectNoConnector, fieldsOf, type ImportOptions } from "./import";

/** No field takes it: a draft in which one is left is not valid. */
const OPEN = "TODO";

export interface ImportDraft {
  readonly server: string;
  /** Where it belongs. */
  readonly file: string;
  /** A definition with a comment on each field, and `TODO` for what the connector does not know and no option gives. */
  readonly draft: string;
  readonly connector: ExistingConnector;
}

/**
 * A draft of the definition for a connector that is there. Nothing is asked of anybody but AWS, and nothing is written.
 * @throws UserError where the connector or an option will not do. @throws AwsFailure
 */
export async function draftImport(
  options: Pick<ImportOptions, "name" | "connector" | "flags" | "session" | "profile" | "region" | "found">,
): Promise<ImportDraft> {
  const { name, file } = placeNamed(options.name);
  checkFlags(options.flags);
  await expectNoConnector(name);
  const session = options.session ?? (await openSession(options));
  const connector = await existingConnector(session, options.connector, name);
  options.found(connector);
  return { server: name, file, draft: draftText({ name, file }, options, connector), connector };
}

function draftText(
  { name, file }: { readonly name: string; readonly file: string },
  { flags, profile, region }: Pick<ImportOptions, "flags" | "profile" | "region">,
  connector: ExistingConnector,
): string {
  const { description, schedule = OPEN, timezone, folder = OPEN, bucket = OPEN, recursive = true } = flags;
  const keys = [...connector.hostKeys, ...(flags.publicKey ?? [])];
  const document = new Document({
    Name: name,
    ...(description === undefined ? {} : { Description: description }),
    Url: connector.url,
    PublicKey: keys.length === 0 ? [OPEN] : keys,
    ...fieldsOf(connector),
    Schedule: schedule,
    ...(timezone === undefined ? {} : { ScheduleTimezone: timezone }),
    SyncSettings: [newSync({ ...flags, folder, bucket, recursive })],
  });
  comment(document.contents, []);
  const command = nextCommand(["import", name, connector.id], { profile, region });
  return `${SCHEMA_LINE}
#
# A draft, from what the connector ${connector.id} says. Put an answer in the place of each ${OPEN}, save it as
# ${file}, and call "${COMMAND} validate", then
# "${command}",
# which takes the connector over and leaves this file as it is.

${document.toString({ lineWidth: 0 })}`;
}

/** Says of each field what the reference does. */
function comment(node: unknown, path: Path): void {
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      comment(item, [...path, index]);
    }
  }
  for (const { key, value } of isMap(node) ? node.items : []) {
    if (isScalar(key)) {
      const place = [...path, String(key.value)];
      const isOpen = JSON.stringify(value) === JSON.stringify(OPEN);
      key.commentBefore = ` ${isOpen ? `${OPEN}: ` : ""}${fieldMeaning(place)}`;
      comment(value, place);
    }
  }
}
