#!/usr/bin/env bash
# Twisted 26.4.0 with its Conch, from PyPI, and OpenSSH's sftp (seen with 9.2p1).
# Guess: a file that the server lists can be fetched by the name that it was listed with.
# Seen: a name beyond ASCII is listed in UTF-8, as it is on disk; asked for by just that name, the server answers with a failure, so
# that the client takes the file for missing. Conch's server for a Unix user takes the paths of requests for ASCII.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
pip3 install -qqq --disable-pip-version-check --root-user-action ignore --target packages 'twisted[conch]==26.4.0'
mkdir tree
echo plain >tree/plain.csv
echo umlaut >tree/größe.csv
for name in client host; do ssh-keygen -q -t ecdsa -N '' -f "$name"; done
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >server.py <<'PYTHON'
import sys

from twisted.conch import avatar, checkers
from twisted.conch.ssh import factory, filetransfer, keys, session
from twisted.conch.unix import SFTPServerForUnixConchUser
from twisted.cred import portal
from twisted.internet import reactor
from twisted.python import components, filepath
from zope.interface import implementer


class User(avatar.ConchUser):
    def __init__(self):
        super().__init__()
        self.channelLookup[b"session"] = session.SSHSession
        self.subsystemLookup[b"sftp"] = filetransfer.FileTransferServer

    def getHomeDir(self):
        return filepath.FilePath("tree")

    def _runAsUser(self, function, *arguments):
        calls = [(function, arguments)] if callable(function) else function
        return [call(*given) for call, given in calls][-1]


@implementer(portal.IRealm)
class Realm:
    def requestAvatar(self, avatarId, mind, *interfaces):
        return interfaces[0], User(), lambda: None


components.registerAdapter(SFTPServerForUnixConchUser, User, filetransfer.ISFTPServer)
known = checkers.InMemorySSHKeyDB({b"partner": [keys.Key.fromFile("client.pub")]})
server = factory.SSHFactory()
server.portal = portal.Portal(Realm(), [checkers.SSHPublicKeyChecker(known)])
host = keys.Key.fromFile("host")
server.privateKeys = {host.sshType(): host}
server.publicKeys = {host.sshType(): host.public()}
reactor.listenTCP(int(sys.argv[1]), server, interface="127.0.0.1")
reactor.run()
PYTHON
PYTHONPATH=packages PYTHONUTF8=1 python3 server.py "$port" >log 2>&1 &
server=$!
for _ in $(seq 100); do
  ssh-keyscan -t ecdsa -p "$port" 127.0.0.1 >known 2>/dev/null && [ -s known ] && break
  sleep 0.1
done
ask() { echo "$1" | LC_ALL=C.UTF-8 sftp -q -b - -i client -P "$port" -o UserKnownHostsFile=known partner@127.0.0.1 2>&1 | grep -v '^sftp>' || true; }
seen=$(
  echo "listed: $(ask 'ls -1' | sort | paste -sd ' ')"
  for name in plain größe; do
    ask "get $name.csv fetched-$name" >answer
    echo "$name: $(cat "fetched-$name" 2>/dev/null || grep -o 'not found' answer)"
  done
)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED'
listed: größe.csv plain.csv
plain: plain
größe: not found
EXPECTED
