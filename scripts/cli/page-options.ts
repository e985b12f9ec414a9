import { type Command, Option } from "commander";
import { print, printExactly } from "./print";

export interface PageFlags {
  readonly html?: string | undefined;
  readonly force?: boolean | undefined;
}

/** The options of commands whose result can be a page. */
export function addPageOptions(command: Command): Command {
  return command
    .addOption(new Option("--html <file>", "write it as one page; - is the standard output").conflicts("json"))
    .option("--force", "overwrite the file even if it is no page of this command");
}

/** Writes a page where the flags say. @throws UserError, StorageFailure */
export async function printPage(
  html: string,
  { html: file, force = false }: PageFlags & { readonly html: string },
): Promise<void> {
  const { STANDARD_OUTPUT, writePage } = await import("../commands/pages/write-page.js");
  if (file === STANDARD_OUTPUT) {
    printExactly(html.trimEnd());
  } else {
    print(`Written: ${await writePage(html, { file, force })}`);
  }
}
