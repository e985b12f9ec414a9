import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitionJsonSchema } from "../config/json-schema";
import { referencePage } from "../config/reference-page";
import { priceFileJsonSchema } from "./commands/cost/price-file";

const LINE_WIDTH = 120;

/** The files that follow from the schemas, by their place in the repository. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    "servers/server.schema.json": formatJson(definitionJsonSchema()),
    "docs/definition.md": referencePage(),
    "docs/prices.schema.json": formatJson(priceFileJsonSchema()),
  };
}

/** As Biome formats JSON, so that its check passes: a list of plain values stays on one line where it fits. */
function formatJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const compact = text.replace(
    /^( *)(.*)\[\n([^[\]{}]+)\n *\]/gm,
    (long, indent: string, key: string, items: string) => {
      const short = `${indent}${key}[${items.trim().split(/\n\s*/).join(" ")}]`;
      return short.length < LINE_WIDTH ? short : long;
    },
  );
  return `${compact}\n`;
}

if (require.main === module) {
  for (const [file, text] of Object.entries(generatedFiles())) {
    writeFileSync(join(__dirname, "..", file), text);
  }
}
