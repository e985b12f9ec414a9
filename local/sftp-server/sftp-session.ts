import { lstat, open, readdir, stat } from "node:fs/promises";
import { sep } from "node:path";
import { type FileEntry, type SFTPWrapper, utils } from "ssh2";
import { errorCode } from "../../config/error-code";
import { attributes, longName } from "./attributes";
import type { Jail } from "./jail";
import { OpenHandles } from "./open-handles";

const { STATUS_CODE, OPEN_MODE } = utils.sftp;

/** Entries per answer to READDIR: with the longest names still far below the 256 KiB that an SFTP packet may have. */
const ENTRIES_PER_ANSWER = 100;
const MAX_READ = 256 * 1024;

const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  ENOENT: STATUS_CODE.NO_SUCH_FILE,
  ENOTDIR: STATUS_CODE.NO_SUCH_FILE,
  ELOOP: STATUS_CODE.NO_SUCH_FILE,
  ENAMETOOLONG: STATUS_CODE.NO_SUCH_FILE,
  EACCES: STATUS_CODE.PERMISSION_DENIED,
  EPERM: STATUS_CODE.PERMISSION_DENIED,
};

function statusOf(error: unknown): number {
  return STATUS_OF_ERROR[errorCode(error) ?? ""] ?? STATUS_CODE.FAILURE;
}

/** Answers one client's SFTP requests from a folder, for reading only. */
export class SftpSession {
  private readonly handles = new OpenHandles();

  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly jail: Jail,
  ) {
    this.answerReads();
    this.refuseWrites();
    sftp.on("close", () => void this.handles.closeAll());
  }

  private answerReads(): void {
    const { sftp, jail } = this;
    sftp.on("REALPATH", (id, path) => {
      const filename = jail.normalise(path);
      sftp.name(id, [
        { filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } },
      ]);
    });
    sftp.on("STAT", (id, path) =>
      this.answer(id, async () => sftp.attrs(id, attributes(await stat(await jail.follow(path))))),
    );
    sftp.on("LSTAT", (id, path) =>
      this.answer(id, async () => sftp.attrs(id, attributes(await lstat(await jail.locate(path))))),
    );
    sftp.on("OPENDIR", (id, path) =>
      this.answer(id, async () => {
        const folder = await jail.follow(path);
        const names = await readdir(folder, { encoding: "buffer" });
        sftp.handle(id, await this.handles.add({ kind: "folder", path: folder, names }));
      }),
    );
    sftp.on("READDIR", (id, handle) => this.answer(id, () => this.readFolder(id, handle)));
    sftp.on("OPEN", (id, path, flags) =>
      this.answer(id, async () => {
        if ((flags & ~OPEN_MODE.READ) !== 0) {
          sftp.status(id, STATUS_CODE.PERMISSION_DENIED, "This server is for reading only");
          return;
        }
        const file = await open(await jail.follow(path), "r");
        sftp.handle(id, await this.handles.add({ kind: "file", file }));
      }),
    );
    sftp.on("FSTAT", (id, handle) =>
      this.answer(id, async () => sftp.attrs(id, attributes(await this.handles.file(handle).stat()))),
    );
    sftp.on("READ", (id, handle, offset, length) => this.answer(id, () => this.read(id, handle, offset, length)));
    sftp.on("CLOSE", (id, handle) =>
      this.answer(id, async () => {
        await this.handles.close(handle);
        sftp.status(id, STATUS_CODE.OK);
      }),
    );
  }

  private refuseWrites(): void {
    const refuse = (id: number) => {
      this.sftp.status(id, STATUS_CODE.PERMISSION_DENIED, "This server is for reading only");
    };
    this.sftp.on("WRITE", refuse);
    this.sftp.on("SETSTAT", refuse);
    this.sftp.on("FSETSTAT", refuse);
    this.sftp.on("REMOVE", refuse);
    this.sftp.on("RMDIR", refuse);
    this.sftp.on("MKDIR", refuse);
    this.sftp.on("RENAME", refuse);
    this.sftp.on("SYMLINK", refuse);
  }

  private answer(id: number, work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      this.sftp.status(id, statusOf(error), error instanceof Error ? error.message : String(error));
    });
  }

  private async readFolder(id: number, handle: Buffer): Promise<void> {
    const folder = this.handles.folder(handle);
    const entries: FileEntry[] = [];
    while (entries.length === 0) {
      const names = folder.names.splice(0, ENTRIES_PER_ANSWER);
      if (names.length === 0) {
        this.sftp.status(id, STATUS_CODE.EOF);
        return;
      }
      for (const bytes of names) {
        const path = Buffer.concat([Buffer.from(folder.path + sep), bytes]);
        const stats = await lstat(path).catch(() => undefined); // May be gone by now.
        const name = bytes.toString();
        if (stats !== undefined) {
          entries.push({ filename: name, longname: longName(name, stats), attrs: attributes(stats) });
        }
      }
    }
    this.sftp.name(id, entries);
  }

  private async read(id: number, handle: Buffer, offset: number, length: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(Math.min(length, MAX_READ));
    const { bytesRead } = await this.handles.file(handle).read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) {
      this.sftp.status(id, STATUS_CODE.EOF);
    } else {
      this.sftp.data(id, buffer.subarray(0, bytesRead));
    }
  }
}
