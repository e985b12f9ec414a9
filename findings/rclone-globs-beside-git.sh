#!/usr/bin/env bash
# rclone 1.60.1 as Debian 12 has it (1.60.1+dfsg-2+b5), and the Git that is installed (seen with 2.39.5).
# Guess: `[!0-9]` is any character but a digit, as in a shell and in .gitignore; `**/*.csv` also takes files at the top.
# Seen: to rclone the exclamation mark is one of the characters, so that the digit is taken and the letter is not; and `**/`
# wants a folder. The same two lines in a .gitignore take the other files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
(cd "$folder" && apt-get download -qq rclone=1.60.1+dfsg-2+b5 >/dev/null 2>&1 && dpkg-deb -x rclone_*.deb rclone)
mkdir -p "$folder/tree/sub"
cd "$folder/tree"
touch c1.csv cx.csv sub/a.csv
git init --quiet .

by_rclone() {
  RCLONE_CONFIG=/dev/null "$folder/rclone/usr/bin/rclone" lsf --recursive --files-only --exclude '.git/**' --filter "+ $1" --filter '- *' . | sort | paste -sd ' '
}
by_git() {
  printf '%s\n' c1.csv cx.csv sub/a.csv | git -c "core.excludesFile=$folder/ignore" check-ignore --no-index --stdin | sort | paste -sd ' '
}
seen=$(
  for glob in 'c[!0-9].csv' '**/*.csv'; do
    echo "$glob" >"$folder/ignore"
    echo "$glob | rclone: $(by_rclone "$glob") | git: $(by_git)"
  done
)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
c[!0-9].csv | rclone: c1.csv | git: cx.csv
**/*.csv | rclone: sub/a.csv | git: c1.csv cx.csv sub/a.csv
EXPECTED
