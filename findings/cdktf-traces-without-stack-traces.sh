#!/usr/bin/env bash
# cdktf 0.21.0 with constructs 10.8.1.
# Guess: `new App({ stackTraces: false })` takes no stack traces.
# Seen: it takes as many as with `true`, one for each lazy value (and each token and list besides); the option only keeps the
# traces of metadata out of the result. Where a loader has turned source maps on, each trace is mapped frame by frame, and
# synthesis takes a fifth longer for traces that nobody reads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" cdktf@0.21.0 constructs@10.8.1 >"$folder/npm.log"
cat >"$folder/count.cjs" <<'JS'
const { App, Lazy, TerraformOutput, TerraformStack } = require("cdktf");
const { join } = require("node:path");

/** Traces of unlimited depth, which only cdktf asks for here. */
function traces(stackTraces) {
  const real = Error.captureStackTrace;
  let count = 0;
  Error.captureStackTrace = (...args) => {
    count += Error.stackTraceLimit > 1000 ? 1 : 0;
    return real.apply(Error, args);
  };
  const app = new App({ stackTraces, skipValidation: true, outdir: join(__dirname, `out-${stackTraces}`) });
  const stack = new TerraformStack(app, "stack");
  for (let index = 0; index < 100; index += 1) {
    new TerraformOutput(stack, `output_${index}`, { value: Lazy.stringValue({ produce: () => "value" }) });
  }
  app.synth();
  Error.captureStackTrace = real;
  return count;
}

console.log(`stackTraces true: ${traces(true)} traces, false: ${traces(false)} traces`);
JS
seen=$(node "$folder/count.cjs")
echo "$seen"
[ "$seen" = "stackTraces true: 100 traces, false: 100 traces" ]
