import { mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setInterval } from "node:timers";
import { expect } from "chai";
import { tempFolder } from "../../support/temp-folder";
import { type LocalTransfer, startTransfer } from "./local-transfer";
import { SERVERS, type TestServer } from "./servers";

const NAMES: Readonly<Record<string, string>> = {
  plain: "file.txt",
  spaces: "  two  spaces .txt ",
  quotes: `'single' "double" \`back\``,
  tab: "tab\there",
  umlauts: "übergröße.csv",
  "composed é (NFC)": "\u00e9",
  "decomposed é (NFD)": "e\u0301",
  emoji: "\u{1F600}",
  "URL characters": "%41+#?&=;:@$,!*()[]",
  "leading dash": "-rf",
  hidden: ".hidden",
  backslash: "back\\slash",
  "255 bytes": "n".repeat(255),
  "the store's own escape": ".s3~name~..",
  "control characters": "bell\x07",
};

const TIME = new Date("2021-03-04T05:06:07Z");

for (const [name, start] of Object.entries(SERVERS)) {
  describe(`the Transfer service and ${name}`, () => {
    let root: string;
    let server: TestServer;
    let transfer: LocalTransfer;

    before(async function () {
      root = tempFolder();
      const started = await start(root);
      if (started === undefined) {
        this.skip();
      }
      server = started;
      transfer = await startTransfer({
        connector: { url: server.url, trustedHostKeys: server.trustedHostKeys, maxConcurrentConnections: 3 },
        credentials: server.credentials,
      });
    });
    after(async () => {
      await transfer?.close();
      await server?.close();
    });

    const remote = (path: string) => `${server.base}/${path}`;
    const write = (path: string, content: string | Buffer) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
      utimesSync(join(root, path), TIME, TIME);
    };

    it("lists files with times and sizes, folders, and hidden ones", async () => {
      write("list/a.txt", "hello");
      write("list/.hidden", "");
      mkdirSync(join(root, "list/.folder"));
      mkdirSync(join(root, "list/sub folder"));
      const listing = await transfer.list(remote("list"));
      expect(listing).to.have.all.keys("files", "paths", "truncated");
      expect(listing).to.have.property("truncated", "false");
      expect(listing)
        .to.have.property("files")
        .that.has.deep.members([
          { filePath: remote("list/a.txt"), modifiedTimestamp: "2021-03-04T05:06:07Z", size: 5 },
          { filePath: remote("list/.hidden"), modifiedTimestamp: "2021-03-04T05:06:07Z", size: 0 },
        ]);
      expect(listing)
        .to.have.property("paths")
        .that.has.deep.members([{ path: remote("list/.folder") }, { path: remote("list/sub folder") }]);
    });

    it("lists the same with a slash at the end of the folder, and an empty folder", async () => {
      expect(await transfer.list(`${remote("list")}/`)).to.deep.equal(await transfer.list(remote("list")));
      mkdirSync(join(root, "nothing"));
      expect(await transfer.list(remote("nothing"))).to.deep.equal({ files: [], paths: [], truncated: "false" });
    });

    it("follows links to files and folders, and leaves out those that lead nowhere", async () => {
      write("links/real", "12345");
      mkdirSync(join(root, "links/folder"));
      symlinkSync("real", join(root, "links/to-file"));
      symlinkSync("folder", join(root, "links/to-folder"));
      symlinkSync("nowhere", join(root, "links/broken"));
      const listing = await transfer.list(remote("links"));
      const time = { modifiedTimestamp: "2021-03-04T05:06:07Z" };
      expect(listing)
        .to.have.property("files")
        .that.has.deep.members([
          { filePath: remote("links/real"), ...time, size: 5 },
          { filePath: remote("links/to-file"), ...time, size: 5 },
        ]);
      expect(listing)
        .to.have.property("paths")
        .that.has.deep.members([{ path: remote("links/folder") }, { path: remote("links/to-folder") }]);
    });

    it("cuts a listing at MaxItems, counting files and folders, and says so", async () => {
      for (let i = 0; i < 250; i++) {
        write(`many/file-${i}`, "");
      }
      mkdirSync(join(root, "many/folder"));
      for (const [maxItems, items, truncated] of [
        [250, 250, "true"],
        [251, 251, "false"],
        [undefined, 251, "false"],
        [1, 1, "true"],
      ] as const) {
        const listing = await transfer.list(remote("many"), maxItems);
        expect(listing).to.have.property("truncated", truncated);
        expect("files" in listing && listing.files.length + listing.paths.length).to.equal(items);
      }
    });

    it("fails the listing of a folder that is not there, by event alone", async () => {
      const event = await transfer.list(remote("missing"), 7);
      expect(event).to.include({ source: "aws.transfer", version: "0" });
      expect(event).to.have.property("detail-type", "SFTP Connector Directory Listing Failed");
      expect(event)
        .to.have.property("detail")
        .that.includes({
          "status-code": "FAILED",
          "failure-code": "DIRECTORY_NOT_FOUND",
          "connector-id": "c-0123456789abcdef0",
          "max-items": 7,
          "output-directory-path": "/test-bucket/listings",
          "remote-directory-path": remote("missing"),
          url: `sftp://${server.url}`,
        });
    });

    it("fails the listing of a file", async () => {
      write("a-file", "");
      expect(await transfer.list(remote("a-file"))).to.have.nested.property(
        "detail.failure-code",
        "DIRECTORY_NOT_FOUND",
      );
    });

    for (const [kind, name] of Object.entries(NAMES)) {
      it(`lists and transfers a name with: ${kind}`, async () => {
        write(`names/${kind}/${name}`, `content of ${name}`);
        const listing = await transfer.list(remote(`names/${kind}`));
        const path = remote(`names/${kind}/${name}`);
        expect("files" in listing && listing.files.map(({ filePath }) => filePath)).to.deep.equal([path]);
        expect(await transfer.retrieve([path], `names/${kind}`)).to.deep.equal([
          { FilePath: path, StatusCode: "COMPLETED" },
        ]);
        const object = await transfer.store.open("test-bucket", `names/${kind}/${name}`);
        expect(await object?.handle.readFile("utf8")).to.equal(`content of ${name}`);
        await object?.handle.close();
      });
    }

    it("refuses a name with a newline, which the API cannot carry", async () => {
      write("newline/a\nb", "");
      const listing = await transfer.list(remote("newline"));
      expect(listing).to.have.nested.property("files[0].filePath", remote("newline/a\nb"));
      const error = await transfer.retrieve([remote("newline/a\nb")]).catch((error: Error) => error);
      expect(error).to.have.property("name", "InvalidRequestException");
    });

    it("lists a name that is not UTF-8, and says why it cannot be transferred", async () => {
      mkdirSync(join(root, "bytes"));
      writeFileSync(Buffer.concat([Buffer.from(join(root, "bytes/")), Buffer.from([0xfc, 0x62, 0x65, 0x72])]), "");
      const path = remote("bytes/\uFFFDber");
      expect(await transfer.list(remote("bytes"))).to.have.nested.property("files[0].filePath", path);
      const [result] = await transfer.retrieve([path]);
      expect(result).to.have.property("FailureCode", "RETRIEVE_FILE_NOT_FOUND");
      expect(result?.FailureMessage).to.contain("not UTF-8");
    });

    it("transfers files of all sizes around a packet's, each for itself", async () => {
      const sizes = [0, 1, 32_767, 32_768, 32_769, 65_536, 1_000_003, 5_000_000];
      for (const size of sizes) {
        write(`sizes/${size}`, Buffer.alloc(size, `${size} `));
      }
      mkdirSync(join(root, "sizes/folder"));
      const paths = [...sizes.map((size) => remote(`sizes/${size}`)), remote("sizes/missing"), remote("sizes/folder")];
      const results = await transfer.retrieve(paths, "sizes");
      expect(results.map(({ FilePath }) => FilePath)).to.deep.equal(paths);
      for (const size of sizes) {
        expect(readFileSync(transfer.fileOf(`sizes/${size}`)).equals(Buffer.alloc(size, `${size} `))).to.equal(true);
      }
      expect(results.slice(0, -2).every(({ StatusCode }) => StatusCode === "COMPLETED")).to.equal(true);
      expect(results.at(-2)).to.include({ StatusCode: "FAILED", FailureCode: "RETRIEVE_FILE_NOT_FOUND" });
      expect(results.at(-2)?.FailureMessage).to.contain(remote("sizes/missing"));
      expect(results.at(-1)).to.include({ StatusCode: "FAILED", FailureCode: "READ_FILE_ERROR" });
      expect(await transfer.store.head("test-bucket", "sizes/missing")).to.equal(undefined);
    });

    it("streams a file of 200 MB in little memory", async () => {
      const size = 200_000_000;
      write("large", "");
      truncateSync(join(root, "large"), size);
      const before = process.memoryUsage.rss();
      let peak = before;
      const timer = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss());
      }, 20);
      const results = await transfer.retrieve([remote("large")], "large");
      clearInterval(timer);
      expect(results).to.deep.equal([{ FilePath: remote("large"), StatusCode: "COMPLETED" }]);
      expect(statSync(transfer.fileOf("large/large")).size).to.equal(size);
      expect((peak - before) / 1e6).to.be.below(100);
    });
  });
}
