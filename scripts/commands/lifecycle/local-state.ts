import { existsSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { errorCode } from "../../../config/error-code";
import { jsonOrNothing } from "../../../engine/stored-json";
import { StorageFailure } from "../../../local/errors/storage-failure";
import { UserError } from "../../../local/errors/user-error";
import { ROOT } from "../paths";

/** What is looked at of Terraform's state, version 4. */
const stateSchema = z.looseObject({
  resources: z.array(
    z.looseObject({
      mode: z.string(),
      type: z.string(),
      instances: z.array(z.looseObject({ attributes: z.record(z.string(), z.unknown()).optional() })),
    }),
  ),
});

/** A thing that a stack has in AWS, by its state. */
export interface StateResource {
  /** Terraform's name for its kind, such as `aws_ssm_parameter`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * What a stack has in AWS, by its state file in the project's root.
 * @param file its name there.
 * @returns nothing where there is no file; an empty list where all was destroyed.
 * @throws UserError where the file is no state of Terraform.
 */
export async function resourcesIn(file: string): Promise<readonly StateResource[] | undefined> {
  let text: string;
  try {
    text = await readFile(join(ROOT, file), "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  const state = stateSchema.safeParse(jsonOrNothing(text)).data;
  if (state === undefined) {
    throw new UserError(`${file} is no state that Terraform has written`, {
      next: `look at that file; Terraform keeps the one before it in ${file}.backup`,
    });
  }
  return state.resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, instances }) => instances.map(({ attributes = {} }) => ({ type, attributes })));
}

/**
 * Whether a state file can be given another name.
 * @throws UserError where Terraform is at work on either, or the other name has a state of something deployed.
 */
export async function expectMovable(from: string, to: string): Promise<void> {
  for (const file of [from, to]) {
    if (existsSync(join(ROOT, `.${file}.lock.info`))) {
      throw new UserError(`Terraform is at work on ${file}: .${file}.lock.info is there`, {
        next: "wait until it has ended, then the same command; if none runs, terraform force-unlock in the stack's folder",
      });
    }
  }
  const there = (await resourcesIn(to)) ?? [];
  if (there.length > 0) {
    throw new UserError(`${from} and ${to} both hold what is deployed: neither is overwritten`, {
      next: "find out which stack is the right one, and destroy the other",
    });
  }
}

/** Gives a state file another name, together with the backup that Terraform keeps beside it. @throws StorageFailure */
export async function moveStateFile(from: string, to: string): Promise<void> {
  // The backup first: the state itself tells whether all is done.
  for (const ending of [".backup", ""]) {
    await renamed(from + ending, to + ending);
  }
}

async function renamed(from: string, to: string): Promise<void> {
  try {
    await rename(join(ROOT, from), join(ROOT, to));
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    if (code !== "ENOENT") {
      throw new StorageFailure(`${from} cannot be renamed to ${to} (${code})`, {
        cause: error,
        folder: ROOT,
        code,
        next: "mend that, then run the command again: it goes on where it was",
      });
    }
  }
}
