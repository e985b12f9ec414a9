import asyncio
import json
import sys

import asyncssh

settings = json.loads(sys.argv[1])


class Login(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == (settings["username"], settings["password"])


class Files(asyncssh.SFTPServer):
    def __init__(self, channel):
        super().__init__(channel, chroot=settings["root"])


async def main():
    await asyncssh.listen(
        "127.0.0.1",
        settings["port"],
        server_host_keys=settings["hostKeyFiles"],
        server_factory=Login,
        sftp_factory=Files,
    )
    await asyncio.Event().wait()


asyncio.run(main())
