import json
import os
import socket
import sys
import threading

import paramiko

settings = json.loads(sys.argv[1])


class Login(paramiko.ServerInterface):
    def get_allowed_auths(self, username):
        return "password"

    def check_auth_password(self, username, password):
        known = (username, password) == (settings["username"], settings["password"])
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED if kind == "session" else paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED


def answered(operation):
    """An operation of the file system, whose error becomes a status."""

    def answer(*arguments):
        try:
            return operation(*arguments)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    return answer


class Files(paramiko.SFTPServerInterface):
    def place(self, path):
        return settings["root"] + self.canonicalize(path)

    @answered
    def list_folder(self, path):
        folder = self.place(path)
        return [
            paramiko.SFTPAttributes.from_stat(os.lstat(os.path.join(folder, name)), name) for name in os.listdir(folder)
        ]

    @answered
    def stat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.stat(self.place(path)))

    @answered
    def lstat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.lstat(self.place(path)))

    @answered
    def open(self, path, flags, attr):
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = open(self.place(path), "rb")
        return handle


def serve(connection):
    transport = paramiko.Transport(connection)
    for file, kind in zip(settings["hostKeyFiles"], (paramiko.RSAKey, paramiko.ECDSAKey)):
        transport.add_server_key(kind.from_private_key_file(file))
    transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
    transport.start_server(threading.Event(), Login())


listener = socket.create_server(("127.0.0.1", settings["port"]), backlog=100)
while True:
    serve(listener.accept()[0])
