#!/usr/bin/env bash
# cli-table3 0.6.5, with `wordWrap` and without `wrapOnWordBoundary`, the option for texts without blanks such as paths.
# Guess: colour codes have no width, as everywhere else in this library: a green word of nine letters fits into ten columns.
# Seen: the codes count. The word is broken although there is room; in narrow columns a code itself is cut in two, and its end
# is printed as a letter of the text. Without colour, or with `wrapOnWordBoundary`, it stays whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" cli-table3@0.6.5 >"$folder/npm.log"
cat >"$folder/table.cjs" <<'JS'
const { stripVTControlCharacters } = require("node:util");
const Table = require("cli-table3");
const GREEN = "\u001b[32mSUCCEEDED\u001b[39m";
function cells(text, width, wrapOnWordBoundary) {
  // Two of the columns are padding.
  const options = { colWidths: [width + 2], wordWrap: true, wrapOnWordBoundary, style: { head: [], border: [] } };
  const table = new Table(options);
  table.push([text]);
  const lines = stripVTControlCharacters(table.toString()).split("\n").slice(1, -1);
  return lines.map((line) => line.slice(2, -2).trimEnd()).join(" / ");
}
console.log(`plain, 10 columns: ${cells("SUCCEEDED", 10, false)}`);
console.log(`green, 10 columns: ${cells(GREEN, 10, false)}`);
console.log(`green, 10 columns, on word boundaries: ${cells(GREEN, 10, true)}`);
console.log(`green, 6 columns: ${cells(GREEN, 6, false)}`);
JS
seen=$(node "$folder/table.cjs")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
plain, 10 columns: SUCCEEDED
green, 10 columns: SUCCE / EDED
green, 10 columns, on word boundaries: SUCCEEDED
green, 6 columns: S / UCCEED / ED / m
EXPECTED
