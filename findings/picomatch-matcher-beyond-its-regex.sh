#!/usr/bin/env bash
# picomatch 4.0.7.
# Guess: a matcher takes what the regular expression of its glob takes.
# Seen: for a glob with round brackets that group nothing the matcher also takes the name that is spelt like the glob, which
# the expression does not; and both take the name without the brackets. With one star added, the name with brackets is no
# longer taken by either. So a list of names works until somebody generalises one of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" picomatch@4.0.7 >"$folder/npm.log"
cat >"$folder/match.cjs" <<'JS'
const picomatch = require("picomatch");
for (const [glob, name] of [
  ["report (1).csv", "report (1).csv"],
  ["report (1).csv", "report 1.csv"],
  ["* (1).csv", "report (1).csv"],
]) {
  console.log(`${glob} | ${name} | matcher ${picomatch(glob)(name)} | expression ${picomatch.makeRe(glob).test(name)}`);
}
JS
seen=$(node "$folder/match.cjs")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
report (1).csv | report (1).csv | matcher true | expression false
report (1).csv | report 1.csv | matcher true | expression true
* (1).csv | report (1).csv | matcher false | expression false
EXPECTED
