import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { type Connection, type ParsedKey, Server, type SFTPWrapper, utils } from "ssh2";
import { generateHostKeys, publicKeyOf } from "../../local/sftp-server/host-keys";

const { STATUS_CODE } = utils.sftp;

const FOLDER = 0o040755;
const FILE = 0o100644;
const PIPE = 0o010644;
/** 2024-01-30. */
const TIME = 1_706_646_894;

/** What a listing says of an entry, and how the server behaves when it is asked for. */
export interface HostileEntry {
  readonly name: string;
  readonly mode?: number;
  /** Listed bytes; those of the content by default. */
  readonly size?: number;
  readonly mtime?: number;
  /** What arrives; `endless`: zeros without end. `drip`: a byte at a time, without end. */
  readonly content?: string | "endless" | "drip";
  /** What the server says when the file is opened. */
  readonly error?: string;
}

export const folder = (name: string): HostileEntry => ({ name, mode: FOLDER });
export const pipe = (name: string): HostileEntry => ({ name, mode: PIPE });

/** What is in a folder; `undefined`: it is refused, with these words. */
export type HostileFolder = Iterable<HostileEntry> | { readonly error: string };

export interface HostileServer {
  readonly url: string;
  /** Those that it shows at first. */
  readonly hostPublicKeys: readonly string[];
  readonly credentials: { readonly username: string; readonly password: string };
  /** From the next connection on, another key is shown. */
  changeHostKeys(): void;
  /** Exchanges keys again on every open connection. */
  rekey(): void;
  /** Exchanges keys again on every open connection, by another host key. */
  rekeyWithAnother(): void;
  disconnectClients(): void;
  close(): Promise<void>;
}

const [FIRST = "", ...OTHERS] = generateHostKeys();
const STRANGE = generateHostKeys();

const attributes = ({ mode = FILE, size, content = "", mtime = TIME }: HostileEntry) => ({
  mode,
  uid: 0,
  gid: 0,
  size: size ?? content.length,
  atime: mtime,
  mtime,
});

/** Entries to one answer: an SFTP packet takes 256 KiB. */
function* portions(entries: Iterable<HostileEntry>): Generator<HostileEntry[]> {
  let portion: HostileEntry[] = [];
  for (const entry of entries) {
    portion.push(entry);
    if (portion.length === 10 || entry.name.length > 10_000) {
      yield portion;
      portion = [];
    }
  }
  if (portion.length > 0) {
    yield portion;
  }
}

/** @param folderAt gives what is in a folder, by its path without a slash at the end. */
function serve(sftp: SFTPWrapper, folderAt: (path: string) => HostileFolder | undefined): void {
  const open = new Map<number, Iterator<HostileEntry[]> | HostileEntry>();
  const opened = (what: Iterator<HostileEntry[]> | HostileEntry): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(open.size);
    open.set(open.size, what);
    return handle;
  };
  const entryAt = (path: string): HostileEntry | undefined => {
    const slash = path.lastIndexOf("/");
    const parent = folderAt(path.slice(0, slash));
    const entries = parent === undefined || "error" in parent ? [] : parent;
    for (const entry of entries) {
      if (entry.name === path.slice(slash + 1)) {
        return entry;
      }
    }
    return undefined;
  };
  sftp.on("OPENDIR", (id, path) => {
    const found = folderAt(path.replace(/\/+$/, ""));
    if (found === undefined) {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE, "No such file");
    } else if ("error" in found) {
      sftp.status(id, STATUS_CODE.FAILURE, found.error);
    } else {
      sftp.handle(id, opened(portions(found)));
    }
  });
  sftp.on("READDIR", (id, handle) => {
    const entries = open.get(handle.readUInt32BE());
    const next = entries !== undefined && "next" in entries ? entries.next() : undefined;
    if (next === undefined || next.done === true) {
      sftp.status(id, STATUS_CODE.EOF);
    } else {
      const names = next.value.map((entry) => ({
        filename: entry.name,
        longname: entry.name.slice(0, 100),
        attrs: attributes(entry),
      }));
      sftp.name(id, names);
    }
  });
  const tell = (id: number, path: string) => {
    const entry = entryAt(path);
    if (entry === undefined) {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE, "No such file");
    } else {
      sftp.attrs(id, attributes(entry));
    }
  };
  sftp.on("STAT", tell);
  sftp.on("LSTAT", tell);
  sftp.on("OPEN", (id, path) => {
    const entry = entryAt(path);
    if (entry === undefined) {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE, "No such file");
    } else if (entry.error !== undefined) {
      sftp.status(id, STATUS_CODE.FAILURE, entry.error);
    } else {
      sftp.handle(id, opened(entry));
    }
  });
  sftp.on("READ", (id, handle, offset, length) => {
    const file = open.get(handle.readUInt32BE());
    const content = file !== undefined && "name" in file ? (file.content ?? "") : "";
    if (content === "endless") {
      sftp.data(id, Buffer.alloc(length));
    } else if (content === "drip") {
      setTimeout(() => sftp.data(id, Buffer.alloc(1)), 20).unref();
    } else {
      const bytes = Buffer.from(content).subarray(offset, offset + length);
      if (bytes.length === 0) {
        sftp.status(id, STATUS_CODE.EOF);
      } else {
        sftp.data(id, bytes);
      }
    }
  });
  sftp.on("CLOSE", (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on("FSTAT", (id) => sftp.status(id, STATUS_CODE.FAILURE, "no"));
}

/** Puts other keys in the place of a connection's: the library has no way to do that, as no honest server does it. */
function replaceKeys(connection: Connection): void {
  const keys: unknown = Reflect.get(Object(Reflect.get(connection, "_protocol")), "_hostKeys");
  for (const key of STRANGE) {
    const parsed = utils.parseKey(key);
    const { type } = parsed as ParsedKey;
    for (const name of type === "ssh-rsa" ? ["ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"] : [type]) {
      Reflect.set(Object(keys), name, parsed);
    }
  }
}

/** An SFTP server that means no good: it shows whatever a test makes up, to whoever logs in. */
export async function startHostileServer(
  folderAt: (path: string) => HostileFolder | undefined,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const serverWith = (hostKeys: string[]) =>
    new Server({ hostKeys }, (client) => {
      connections.add(client);
      client.on("close", () => connections.delete(client));
      client.on("error", () => undefined);
      client.on("authentication", (attempt) => {
        if (attempt.method === "password") {
          attempt.accept();
        } else {
          attempt.reject(["password"]);
        }
      });
      client.on("session", (accept) => {
        accept().on("sftp", (acceptSftp) => serve(acceptSftp(), folderAt));
      });
    });
  const strange = serverWith([...STRANGE]);
  let current = serverWith([FIRST, ...OTHERS]);
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    current.injectSocket(socket);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const disconnectClients = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const rekey = () => {
    for (const connection of connections) {
      connection.rekey();
    }
  };
  return {
    url: `127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`,
    hostPublicKeys: [FIRST, ...OTHERS].map(publicKeyOf),
    credentials: { username: "partner", password: "correct horse" },
    changeHostKeys: () => {
      current = strange;
    },
    rekey,
    rekeyWithAnother: () => {
      connections.forEach(replaceKeys);
      rekey();
    },
    disconnectClients,
    close: async () => {
      const closed = once(listener, "close");
      listener.close();
      disconnectClients();
      await closed;
    },
  };
}
