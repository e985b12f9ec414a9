import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Attributes, type FileEntry, type SFTPWrapper, utils } from "ssh2";
import { tempFolder } from "../../support/temp-folder";
import { type OddTransfer, withOddSftp } from "./odd-sftp";

const { STATUS_CODE } = utils.sftp;

/** More than one piece of a file. */
const CONTENT = Buffer.alloc(100_000, "partner data ");

/** `/in` with a file, an empty one, a folder and a file in it. */
function tree(): string {
  const root = tempFolder();
  mkdirSync(join(root, "in", "below"), { recursive: true });
  writeFileSync(join(root, "in", "a.csv"), CONTENT);
  writeFileSync(join(root, "in", "empty"), "");
  writeFileSync(join(root, "in", "below", "b.csv"), "b");
  return root;
}

/** What a folder's listing says, names only. */
async function names(transfer: OddTransfer, folder: string) {
  const listing: object = await transfer.list(folder);
  const of = (key: string, name: string): string[] => {
    const entries: unknown = Reflect.get(listing, key);
    return Array.isArray(entries) ? entries.map((entry: object) => String(Reflect.get(entry, name))).sort() : [];
  };
  return { files: of("files", "filePath"), folders: of("paths", "path"), others: of("others", "path") };
}

const failure = (listing: object) => {
  const detail: unknown = Reflect.get(listing, "detail");
  return typeof detail === "object" && detail !== null
    ? [Reflect.get(detail, "failure-code"), Reflect.get(detail, "failure-message")]
    : undefined;
};

async function expectContent(transfer: OddTransfer): Promise<void> {
  const results = await transfer.retrieve(["/in/a.csv", "/in/empty"]);
  expect(results.map(({ StatusCode, FailureMessage }) => [StatusCode, FailureMessage])).to.deep.equal([
    ["COMPLETED", undefined],
    ["COMPLETED", undefined],
  ]);
  expect(readFileSync(transfer.fileOf("files/a.csv")).equals(CONTENT)).to.equal(true);
  expect(readFileSync(transfer.fileOf("files/empty"))).to.have.length(0);
}

/** The requests of a session that a test answers itself, and the usual answer to each. */
function intercept(
  sftp: SFTPWrapper,
  request: "OPENDIR" | "STAT",
  answer: (id: number, path: string) => boolean,
): void {
  const usual = sftp.listeners(request);
  sftp.removeAllListeners(request);
  sftp.on(request, (id: number, path: string) => {
    if (!answer(id, path)) {
      for (const listener of usual) {
        listener.call(sftp, id, path);
      }
    }
  });
}

describe("a connector at a server that tells no types of entries", () => {
  for (const [title, hasStat] of [
    ["in listings", true],
    ["at all", false],
  ] as const) {
    it(`${title}, finds out what is a folder`, async () => {
      await withOddSftp(
        tree(),
        (sftp) => {
          const name = sftp.name.bind(sftp);
          const attrs = sftp.attrs.bind(sftp);
          const typeless = ({ mode: _, ...rest }: Attributes) => rest as Attributes;
          sftp.name = (id, entries) =>
            name(
              id,
              (entries as FileEntry[]).map((entry) => ({
                ...entry,
                longname: entry.filename,
                attrs: typeless(entry.attrs),
              })),
            );
          if (!hasStat) {
            sftp.attrs = (id, attributes) => attrs(id, typeless(attributes));
          }
        },
        async (transfer) => {
          expect(await names(transfer, "/in")).to.deep.equal({
            files: ["/in/a.csv", "/in/empty"],
            folders: ["/in/below"],
            others: [],
          });
          await expectContent(transfer);
        },
      );
    });
  }
});

describe("a connector at a server whose answers say little", () => {
  it("knows a missing folder by its attributes where opening it just fails", async () => {
    await withOddSftp(
      tree(),
      (sftp) =>
        intercept(sftp, "OPENDIR", (id, path) => {
          const isOdd = path.startsWith("/gone") || path.startsWith("/in/a.csv");
          if (isOdd) {
            sftp.status(id, STATUS_CODE.FAILURE, "Failure");
          }
          return isOdd;
        }),
      async (transfer) => {
        expect(failure(await transfer.list("/gone"))).to.deep.equal([
          "DIRECTORY_NOT_FOUND",
          "No such file or directory: /gone",
        ]);
        expect(failure(await transfer.list("/in/a.csv"))).to.deep.equal([
          "DIRECTORY_NOT_FOUND",
          "It is a file, not a folder: /in/a.csv",
        ]);
      },
    );
  });

  it("says that a folder is closed, and asks no further", async () => {
    const asked: string[] = [];
    await withOddSftp(
      tree(),
      (sftp) => {
        intercept(sftp, "OPENDIR", (id, path) => {
          asked.push(path);
          sftp.status(id, STATUS_CODE.PERMISSION_DENIED, "no");
          return true;
        });
      },
      async (transfer) => {
        expect(failure(await transfer.list("/in"))).to.deep.equal(["LIST_DIRECTORY_ERROR", "Permission denied: /in"]);
        expect(asked).to.deep.equal(["/in"]);
      },
    );
  });

  it("opens a folder that is found only with a slash at its end", async () => {
    await withOddSftp(
      tree(),
      (sftp) =>
        intercept(sftp, "OPENDIR", (id, path) => {
          if (!path.endsWith("/")) {
            sftp.status(id, STATUS_CODE.NO_SUCH_FILE, "No such file");
          }
          return !path.endsWith("/");
        }),
      async (transfer) => {
        expect((await names(transfer, "/in/below")).files).to.deep.equal(["/in/below/b.csv"]);
        expect(failure(await transfer.list("/in/gone"))).to.include("DIRECTORY_NOT_FOUND");
      },
    );
  });

  for (const [title, failsFrom, isCompleted] of [
    ["at the end of a file takes that for its end", CONTENT.length, true],
    ["within a file says that it failed", 40_000, false],
  ] as const) {
    it(`${title}, where reading fails there`, async () => {
      await withOddSftp(
        tree(),
        (sftp) => {
          const usual = sftp.listeners("READ");
          sftp.removeAllListeners("READ");
          sftp.on("READ", (id: number, handle: Buffer, offset: number, length: number) => {
            if (offset >= failsFrom) {
              sftp.status(id, STATUS_CODE.FAILURE, "Read beyond the end");
            } else {
              for (const listener of usual) {
                listener.call(sftp, id, handle, offset, length);
              }
            }
          });
        },
        async (transfer) => {
          if (isCompleted) {
            await expectContent(transfer);
          } else {
            const [result] = await transfer.retrieve(["/in/a.csv"]);
            expect(result).to.include({ StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR" });
          }
        },
      );
    });
  }
});

describe("a connector at a folder with links and other things", () => {
  it("follows those that lead to something, and lists what cannot be fetched apart or by its name", async () => {
    const root = tree();
    const folder = join(root, "in");
    symlinkSync("a.csv", join(folder, "link-to-file"));
    symlinkSync("below", join(folder, "link-to-folder"));
    symlinkSync("nowhere", join(folder, "link-to-nothing"));
    symlinkSync("a.csv", join(folder, "link-to-closed"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    await withOddSftp(
      root,
      (sftp) =>
        intercept(sftp, "STAT", (id, path) => {
          const isClosed = path.endsWith("closed");
          if (isClosed) {
            sftp.status(id, STATUS_CODE.PERMISSION_DENIED, "no");
          }
          return isClosed;
        }),
      async (transfer) => {
        expect(await names(transfer, "/in")).to.deep.equal({
          files: ["/in/a.csv", "/in/empty", "/in/link-to-closed", "/in/link-to-file"],
          folders: ["/in/below", "/in/link-to-folder"],
          others: ["/in/link-to-nothing", "/in/pipe"],
        });
      },
    );
  });
});
