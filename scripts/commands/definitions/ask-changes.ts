import * as z from "zod";
import { type DefinitionFields, definitionSchema } from "../../../config/definition/form/definition-schema";
import { syncName } from "../../../config/definition/form/sync-name";
import { type Path, valueAt } from "../../../config/problems/path";
import { fieldAt, fieldNames, unwrap } from "../../../config/problems/schema-fields";
import { readYaml } from "../../../config/yaml/yaml-source";
import { oneLine } from "../../../contract/printable";
import type { Choice, Prompts } from "../../terminal/prompts";
import { type Change, changedText } from "../definition-text/change";
import { FolderQuestions } from "./ask-folder";
import { askSync } from "./ask-sync";
import { fieldsOf } from "./edit";
import { checkOf, fieldQuestion } from "./field-answer";

const [DONE, ADD, REMOVE, BACK] = ["done", "add", "remove", "back"] as const;

/** Columns of a value beside its field. */
const MOST_CHARACTERS = 40;

export interface Questions {
  readonly file: string;
  readonly prompts: Prompts;
  readonly signal: AbortSignal;
  /** Holds the credentials, if there are any. */
  readonly env: NodeJS.ProcessEnv;
}

/** Asks what is to be changed, until nothing is. @returns the text with all changes; it may not be valid. @throws Interrupted */
export async function askChanges(text: string, questions: Questions): Promise<string> {
  const { file, prompts } = questions;
  for (let current = text; ; ) {
    const fields = fieldsOf(file, current);
    const syncs = fields.SyncSettings.items.map((item, index) => ({
      value: `SyncSettings.${index}`,
      label: `Sync ${item.fields === undefined ? index : (syncName(item.fields) ?? index)}`,
    }));
    const chosen = await prompts.select<string>("Which field is to be changed?", [
      { value: DONE, label: "None: show the changes" },
      ...fieldChoices(current, []),
      ...syncs,
      { value: ADD, label: "Add a sync" },
    ]);
    if (chosen === DONE) {
      return current;
    }
    if (chosen === ADD) {
      current = changedText(file, current, [await askNewSync(fields, questions)]);
    } else if (chosen.startsWith("SyncSettings.")) {
      current = await askSyncChanges(current, ["SyncSettings", Number(chosen.split(".")[1])], questions);
    } else {
      current = await askField(current, chosen.split("."), questions);
    }
  }
}

async function askNewSync(fields: DefinitionFields, { prompts, signal, env }: Questions): Promise<Change> {
  const url = fields.Url.value ?? "";
  const trustedHostKeys = fields.PublicKey.items.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const folders = new FolderQuestions({ url, trustedHostKeys, prompts, signal, env });
  try {
    const value = await askSync({}, prompts, folders, undefined);
    return { kind: "set", path: ["SyncSettings", fields.SyncSettings.items.length], value };
  } finally {
    folders.close();
  }
}

async function askSyncChanges(text: string, sync: Path, questions: Questions): Promise<string> {
  const { file, prompts } = questions;
  for (let current = text; ; ) {
    const chosen = await prompts.select<string>(`Which field of this sync?`, [
      { value: BACK, label: "None: go back" },
      ...fieldChoices(current, sync),
      { value: REMOVE, label: "Remove this sync" },
    ]);
    if (chosen === BACK) {
      return current;
    }
    if (chosen === REMOVE) {
      return changedText(file, current, [{ kind: "remove", path: sync }]);
    }
    current = await askField(current, [...sync, ...chosen.split(".")], questions);
  }
}

/** The fields at a place, with what they have now; those of a map below it by their own names. Not `$schema`, nor lists of maps. */
function fieldChoices(text: string, place: Path, below: Path = []): Choice<string>[] {
  const data = readYaml(text).data;
  return fieldNames(definitionSchema, [...place, ...below]).flatMap((name): Choice<string>[] => {
    const path = [...place, ...below, name];
    const kind = kindOf(path);
    if (kind === "map") {
      return fieldChoices(text, place, [...below, name]);
    }
    return kind === "other"
      ? []
      : [{ value: [...below, name].join("."), label: `${name}${shown(valueAt(data, path))}` }];
  });
}

function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.map(String).join(", ") : String(value);
  return value === undefined ? "" : `: ${oneLine(text, MOST_CHARACTERS)}`;
}

type Kind = "text" | "number" | "switch" | "choice" | "list" | "map" | "other";

function kindOf(path: Path): Kind {
  const schema = fieldAt(definitionSchema, path);
  const inner = schema && unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return "map";
  }
  if (inner instanceof z.ZodArray) {
    return unwrap(inner.element) instanceof z.ZodObject ? "other" : "list";
  }
  if (inner instanceof z.ZodBoolean) {
    return "switch";
  }
  if (inner instanceof z.ZodEnum) {
    return "choice";
  }
  if (inner instanceof z.ZodNumber) {
    return "number";
  }
  return path.at(-1) === "$schema" ? "other" : "text";
}

async function askField(text: string, path: Path, { file, prompts }: Questions): Promise<string> {
  const before = valueAt(readYaml(text).data, path);
  const after = await askValue(path, before, prompts);
  if (after === undefined && before === undefined) {
    return text;
  }
  const change: Change = after === undefined ? { kind: "remove", path } : { kind: "set", path, value: after };
  return changedText(
    file,
    text,
    Array.isArray(after) && Array.isArray(before) ? listChanges(path, before, after) : [change],
  );
}

/** Entry by entry, so that comments between the others stay. */
function listChanges(path: Path, before: readonly unknown[], after: readonly unknown[]): Change[] {
  const removed = before.flatMap((entry, index) => (after.includes(entry) ? [] : [index]));
  const added = after.filter((entry) => !before.includes(entry));
  return [
    ...added.map((value, index): Change => ({ kind: "set", path: [...path, before.length + index], value })),
    ...removed.reverse().map((index): Change => ({ kind: "remove", path: [...path, index] })),
  ];
}

/** @returns undefined: the field is to be absent. */
async function askValue(path: Path, before: unknown, prompts: Prompts): Promise<unknown> {
  const question = fieldQuestion(path);
  const initialValue = before === undefined ? undefined : String(before);
  switch (kindOf(path)) {
    case "switch":
      return prompts.confirm(question, before !== false);
    case "choice": {
      const schema = fieldAt(definitionSchema, path);
      const inner = schema && unwrap(schema);
      const values = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
      return prompts.select<string>(
        question,
        values.map((value) => ({ value })),
        initialValue,
      );
    }
    case "number": {
      const check = (text: string) => (text === "" || /^\d{1,9}$/.test(text) ? undefined : "is not a whole number");
      const answer = await prompts.text(`${question}; empty for the default`, { initialValue, check });
      return answer === "" ? undefined : Number(answer);
    }
    case "list":
      return askList(path, Array.isArray(before) ? before.map(String) : [], prompts);
    default: {
      const check = checkOf(path);
      if (isRequired(path)) {
        return prompts.text(question, { initialValue, check });
      }
      const answer = await prompts.text(`${question}; empty to remove it`, {
        initialValue,
        check: (text) => (text === "" ? undefined : check(text)),
      });
      return answer === "" ? undefined : answer;
    }
  }
}

function isRequired(path: Path): boolean {
  const schema = fieldAt(definitionSchema, path);
  return schema !== undefined && schema === unwrap(schema);
}

async function askList(path: Path, before: readonly string[], prompts: Prompts): Promise<string[] | undefined> {
  const choices = before.map((value) => ({ value, label: oneLine(value, MOST_CHARACTERS) }));
  const entries: string[] =
    before.length === 0 ? [] : await prompts.multiselect(`${path.at(-1)}: which of these stay?`, choices, before);
  const check = checkOf([...path, 0]);
  for (;;) {
    const entry = await prompts.text(`${path.at(-1)}: a further one; empty for no more`, {
      check: (text) => (text === "" ? undefined : check(text)),
    });
    if (entry === "") {
      return entries.length === 0 ? undefined : entries;
    }
    entries.push(entry);
  }
}
