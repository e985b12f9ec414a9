import json
import sys

from twisted.conch import avatar, checkers
from twisted.conch.ssh import factory, filetransfer, keys, session
from twisted.conch.unix import SFTPServerForUnixConchUser
from twisted.cred import portal
from twisted.internet import reactor
from twisted.python import components, filepath
from zope.interface import implementer

settings = json.loads(sys.argv[1])


class User(avatar.ConchUser):
    """Conch's own user of a Unix system, but for the part that changes the process's user."""

    def __init__(self):
        super().__init__()
        self.channelLookup[b"session"] = session.SSHSession
        self.subsystemLookup[b"sftp"] = filetransfer.FileTransferServer

    def getHomeDir(self):
        return filepath.FilePath(settings["root"])

    def _runAsUser(self, function, *arguments):
        calls = [(function, arguments)] if callable(function) else function
        return [call(*given) for call, given in calls][-1]


components.registerAdapter(SFTPServerForUnixConchUser, User, filetransfer.ISFTPServer)


@implementer(portal.IRealm)
class Realm:
    def requestAvatar(self, avatarId, mind, *interfaces):
        return interfaces[0], User(), lambda: None


known = checkers.InMemorySSHKeyDB(
    {settings["username"].encode(): [keys.Key.fromString(settings["clientKey"].encode())]}
)
server = factory.SSHFactory()
server.portal = portal.Portal(Realm(), [checkers.SSHPublicKeyChecker(known)])
host_keys = [keys.Key.fromFile(file) for file in settings["hostKeyFiles"]]
server.privateKeys = {key.sshType(): key for key in host_keys}
server.publicKeys = {key.sshType(): key.public() for key in host_keys}
reactor.listenTCP(settings["port"], server, interface="127.0.0.1")
reactor.run()
