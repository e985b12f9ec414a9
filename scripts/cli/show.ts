import type { Command } from "commander";

import { definitionFile } from "../commands/definition-file";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { print, printJson } from "./print";

export function addShow(program: Command): void {
  addCommand(program, "show", {
    group: "definitions",
    summary: "show what a definition means: defaults, schedules in words, next runs, fingerprints",
    details:
      "Next runs are those of the file as it is here, whether or not it is deployed. A rate is counted from the deployment of its schedule, so that its times are not known here.",
    examples: ["show partner", "show servers/partner.yaml --json"],
  })
    .argument("<server>", "a definition, by its name in servers/ or its file")
    .option("--json", "print the result as one JSON document")
    .action(show);
}

async function show(server: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const { loadDefinition } = await import("../commands/definition.js");
  const { meaningOf, meaningText } = await import("../commands/definitions/meaning.js");
  const file = await definitionFile(server);
  const definition = await loadDefinition(file, {}, (text) =>
    process.stderr.write(`${wrapped(text, process.stderr)}\n`),
  );
  const meaning = meaningOf(definition, file, new Date());
  if (json) {
    printJson({ server: meaning });
  } else {
    print(meaningText(meaning));
  }
}
