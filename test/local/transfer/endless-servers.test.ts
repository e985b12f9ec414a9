import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type SFTPWrapper, utils } from "ssh2";
import { withinCeiling } from "../../../local/transfer/file-ceiling";
import { ListedSizes } from "../../../local/transfer/listed-sizes";
import { errorOf } from "../../support/errors";
import { tempFolder } from "../../support/temp-folder";
import { withOddSftp } from "./odd-sftp";

const { STATUS_CODE } = utils.sftp;
const MEBIBYTE = 1024 ** 2;

/** `/in` with a file of 10 bytes. */
function tree(): string {
  const root = tempFolder();
  mkdirSync(join(root, "in"));
  writeFileSync(join(root, "in", "a.csv"), "0123456789");
  return root;
}

/** Answers a request in the server's place; the usual answer is not given. */
function answer(
  sftp: SFTPWrapper,
  request: "READ" | "READDIR" | "OPENDIR" | "OPEN" | "STAT",
  give: (id: number) => void,
) {
  sftp.removeAllListeners(request);
  sftp.on(request, (id: number) => give(id));
}

const ATTRIBUTES = { mode: 0o100644, uid: 0, gid: 0, size: 1, atime: 0, mtime: 0 };
const PIPE = 0o010644;
const entry = (filename: string, mode = ATTRIBUTES.mode) => ({
  filename,
  longname: filename,
  attrs: { ...ATTRIBUTES, mode },
});

/** Answers READDIR with what `entries` gives, for ever. @returns how often it was asked. */
function listForEver(sftp: SFTPWrapper, entries: (turn: number) => ReturnType<typeof entry>[]): () => number {
  let turns = 0;
  answer(sftp, "READDIR", (id) => {
    turns += 1;
    sftp.name(id, entries(turns));
  });
  return () => turns;
}

describe("how much of a file is taken", () => {
  /** One piece again and again: as long as nobody takes it, it costs nothing. */
  async function* endless(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield piece;
    }
  }

  const ceilings: [string, number | undefined, number, number][] = [
    ["64 MiB of a file that is listed as empty", 0, 1, 64],
    ["64 MiB more of a small one", MEBIBYTE, 1, 65],
    ["ten times of a large one", 100 * MEBIBYTE, 10, 1000],
    ["what a connector on AWS moves, of one that says nothing of its size", undefined, 256, 150 * 1024],
    ["no more than that, of one whose size is nonsense", 2 ** 63, 256, 150 * 1024],
  ];
  for (const [what, listed, piece, most] of ceilings) {
    it(`is ${what}`, async () => {
      let taken = 0;
      const take = async () => {
        for await (const { length } of withinCeiling(endless(Buffer.alloc(piece * MEBIBYTE)), "/in/a", listed)) {
          taken += length;
        }
      };
      expect(await errorOf(take())).to.have.property("code", "SIZE_EXCEEDED");
      expect(taken / MEBIBYTE).to.equal(most);
    });
  }

  it("goes by the latest listing of a file, and by none where that has no size", () => {
    const sizes = new ListedSizes();
    sizes.note([{ filePath: "/in/a", size: 1 }]);
    sizes.note([{ filePath: "/in/a", size: 2 }]);
    expect(sizes.of("/in/a")).to.equal(2);
    sizes.note([{ filePath: "/in/a" }]);
    expect(sizes.of("/in/a")).to.equal(undefined);
  });

  it("is remembered of the files that were listed last", () => {
    const sizes = new ListedSizes(2);
    sizes.note(["/in/a", "/in/b", "/in/c"].map((filePath, size) => ({ filePath, size })));
    expect([sizes.of("/in/a"), sizes.of("/in/b"), sizes.of("/in/c")]).to.deep.equal([undefined, 1, 2]);
  });
});

describe("a connector at a server that comes to no end", () => {
  it("gives up a file that goes on far beyond its listed size, and leaves nothing of it", async () => {
    let sent = 0;
    await withOddSftp(
      tree(),
      (sftp) => {
        sftp.removeAllListeners("READ");
        sftp.on("READ", (id, _handle, _offset, length) => {
          sent += length;
          sftp.data(id, Buffer.alloc(length));
        });
      },
      async (transfer) => {
        await transfer.list("/in");
        const [result] = await transfer.retrieve(["/in/a.csv"]);
        expect(result).to.include({ StatusCode: "FAILED", FailureCode: "SIZE_EXCEEDED" });
        expect(result?.FailureMessage)
          .to.contain("listed with 10 bytes, and more than 67108874 came")
          .and.to.contain("MinimumAgeSeconds")
          .and.to.contain("/in/a.csv");
        expect(sent).to.be.below(68 * MEBIBYTE);
        expect(existsSync(transfer.fileOf("files/a.csv"))).to.equal(false);
        expect(readdirSync(join(transfer.store.directory, ".sftp-sync", "uploads"))).to.deep.equal([]);
      },
    );
  });

  it("takes a file that has grown since it was listed", async () => {
    const root = tree();
    await withOddSftp(
      root,
      () => undefined,
      async (transfer) => {
        await transfer.list("/in");
        truncateSync(join(root, "in", "a.csv"), 3 * MEBIBYTE);
        const [result] = await transfer.retrieve(["/in/a.csv"]);
        expect(result).to.have.property("StatusCode", "COMPLETED");
      },
    );
  });

  const endless: [string, (turn: number) => ReturnType<typeof entry>[], object, number][] = [
    ["files", (turn) => [entry(`a-${turn}`)], { files: 10 }, 11],
    ["one name again and again", () => [entry("a")], { files: 10 }, 11],
    ["what is neither file nor folder", (turn) => [entry(`a-${turn}`, PIPE)], { others: 10 }, 11],
    ["names of 30 kB", (turn) => [entry(`${turn}-${"n".repeat(30_000)}`)], { files: 0 }, 1],
    ["names of 4 kB", (turn) => [entry(`${turn}-${"n".repeat(4000)}`)], { files: 2 }, 3],
  ];
  for (const [what, entries, counts, turns] of endless) {
    it(`ends the listing of a folder that names ${what} for ever, and says that there is more`, async () => {
      let asked = () => 0;
      await withOddSftp(
        tree(),
        (sftp) => {
          asked = listForEver(sftp, entries);
        },
        async (transfer) => {
          const listing: object = await transfer.list("/in", 10);
          expect(listing).to.have.property("truncated", "true");
          for (const [key, count] of Object.entries(counts)) {
            expect(listing).to.have.property(key).with.lengthOf(count);
          }
          expect(asked()).to.equal(turns);
        },
      );
    });
  }

  it("fails the listing of a folder that goes on without naming anything", async () => {
    let asked = () => 0;
    await withOddSftp(
      tree(),
      (sftp) => {
        asked = listForEver(sftp, () => [entry("."), entry("..")]);
      },
      async (transfer) => {
        expect(await transfer.list("/in")).to.have.nested.property(
          "detail.failure-message",
          "The server goes on listing without naming anything: /in",
        );
        expect(asked()).to.equal(101);
      },
    );
  });
});

describe("a connector at a server that answers something else than what it is asked", () => {
  const attributes = (sftp: SFTPWrapper) => (id: number) => sftp.attrs(id, ATTRIBUTES);
  const ok = (sftp: SFTPWrapper) => (id: number) => sftp.status(id, STATUS_CODE.OK);
  const names = (sftp: SFTPWrapper) => (id: number) => sftp.name(id, [entry("a")]);
  const data = (sftp: SFTPWrapper) => (id: number) => sftp.data(id, Buffer.alloc(10));

  for (const [request, title, give] of [
    ["READDIR", "attributes", attributes],
    ["READDIR", "data", data],
    ["OPENDIR", "a bare OK", ok],
    ["OPENDIR", "names", names],
  ] as const) {
    it(`fails the listing: ${title} for ${request}`, async () => {
      await withOddSftp(
        tree(),
        (sftp) => answer(sftp, request, give(sftp)),
        async (transfer) => {
          expect(await transfer.list("/in")).to.have.nested.property(
            "detail.failure-message",
            "The connection was lost: it answered something else than what it was asked",
          );
        },
      );
    });
  }

  for (const [title, give] of [
    ["a bare OK", ok],
    ["names", names],
  ] as const) {
    it(`fails the file: ${title} for OPEN`, async () => {
      await withOddSftp(
        tree(),
        (sftp) => answer(sftp, "OPEN", give(sftp)),
        async (transfer) => {
          const [result] = await transfer.retrieve(["/in/a.csv"]);
          expect(result?.FailureMessage).to.equal(
            "The connection was lost: it answered something else than what it was asked",
          );
        },
      );
    });
  }
});

describe("a connector at a server with a lot to say", () => {
  it("tells as much of it as a person reads, on one line", async () => {
    const words = `\u001b[31mforged\nline ${"x".repeat(200_000)}`;
    await withOddSftp(
      tree(),
      (sftp) => {
        answer(sftp, "READ", (id) => sftp.status(id, STATUS_CODE.FAILURE, words));
        answer(sftp, "READDIR", (id) => sftp.status(id, STATUS_CODE.FAILURE, words));
      },
      async (transfer) => {
        const [result] = await transfer.retrieve(["/in/a.csv"]);
        expect(result?.FailureMessage).to.match(/^ ?\[31mforged line x{400,500}\.\.\.: \/in\/a\.csv$/);
        expect(await transfer.list("/in"))
          .to.have.nested.property("detail.failure-message")
          .that.matches(/^ ?\[31mforged line x{400,500}\.\.\.: \/in$/);
      },
    );
  });
});
