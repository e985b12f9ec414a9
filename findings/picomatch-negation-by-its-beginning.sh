#!/usr/bin/env bash
# picomatch 4.0.7, beside minimatch 10.0.3 and Bash's extglob.
# Guess: `!(a)` before a slash or a text takes every name but a, as in Bash.
# Seen: picomatch refuses each name that only begins so: `!(tmp)/*.csv` leaves out tmp2/orders.csv, `!(old).csv` leaves out
# older.csv. Bash takes both, and so does minimatch where `nonegate` keeps it from reading the whole glob as negated. A filter written for the one silently loses files with the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" picomatch@4.0.7 minimatch@10.0.3 >"$folder/npm.log"
cat >"$folder/match.cjs" <<'JS'
const picomatch = require("picomatch");
const { minimatch } = require("minimatch");
for (const [glob, ...paths] of [
  ["!(tmp)/*.csv", "tmp/orders.csv", "tmp2/orders.csv", "in/orders.csv"],
  ["!(old).csv", "old.csv", "older.csv", "new.csv"],
]) {
  console.log(`${glob} picomatch: ${paths.filter((path) => picomatch(glob)(path)).join(" ")}`);
  console.log(`${glob} minimatch: ${paths.filter((path) => minimatch(path, glob, { nonegate: true })).join(" ")}`);
}
JS
mkdir -p "$folder/tree/tmp" "$folder/tree/tmp2" "$folder/tree/in"
touch "$folder/tree"/{tmp,tmp2,in}/orders.csv "$folder/tree"/{old,older,new}.csv
seen=$(
  node "$folder/match.cjs"
  cd "$folder/tree"
  shopt -s extglob
  # shellcheck disable=SC2086
  for glob in '!(tmp)/*.csv' '!(old).csv'; do echo "$glob bash: $(echo $glob)"; done
)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
!(tmp)/*.csv picomatch: in/orders.csv
!(tmp)/*.csv minimatch: tmp2/orders.csv in/orders.csv
!(old).csv picomatch: new.csv
!(old).csv minimatch: older.csv new.csv
!(tmp)/*.csv bash: in/orders.csv tmp2/orders.csv
!(old).csv bash: new.csv older.csv
EXPECTED
