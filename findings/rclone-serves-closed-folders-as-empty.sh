#!/usr/bin/env bash
# rclone 1.60.1 as Debian 12 has it (1.60.1+dfsg-2+b5), and OpenSSH's sftp (seen with 9.2p1). Needs root, to run rclone as nobody.
# Guess: a folder that the server's user may not read cannot be listed, as with `rclone lsf` and OpenSSH's sftp-server.
# Seen: `rclone serve sftp` shows it as an empty folder, with the mode drwxr-xr-x, and the client's command succeeds. `rclone lsf` of
# the same folder, by the same user, fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get download -qq rclone=1.60.1+dfsg-2+b5 >/dev/null 2>&1 && dpkg-deb -x rclone_*.deb rclone
mkdir -p tree/closed
touch tree/closed/inside.csv
chmod 000 tree/closed
as_nobody() { HOME=/nonexistent RCLONE_CONFIG=/dev/null exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
ssh-keygen -q -t ecdsa -N '' -f client
install -o 65534 -m 600 /dev/null host && ssh-keygen -q -t ecdsa -N '' -f made && cat made >host
chmod 644 client.pub
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(as_nobody rclone/usr/bin/rclone serve sftp tree --addr "127.0.0.1:$port" --authorized-keys client.pub --user partner --key host) 2>log &
server=$!
for _ in $(seq 100); do
  ssh-keyscan -t ecdsa -p "$port" 127.0.0.1 >known 2>/dev/null && [ -s known ] && break
  sleep 0.1
done
seen=$(
  printf '%s\n' 'ls -l' 'ls -la closed' | sftp -q -b - -i client -P "$port" -o UserKnownHostsFile=known partner@127.0.0.1 >listed 2>&1 &&
    echo "sftp: $(grep -o '^d[rwx-]*' listed), succeeds, $(grep -c inside listed || true) files"
  (as_nobody rclone/usr/bin/rclone lsf tree/closed) >/dev/null 2>error || echo "lsf: $(grep -o 'permission denied' error | head -1)"
)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
sftp: drwxr-xr-x, succeeds, 0 files
lsf: permission denied
EXPECTED
