import { expect } from "chai";
import fc from "fast-check";
import { isSupportedFile, joinPath, objectKey } from "../../contract/file-place";
import { printable } from "../../contract/printable";
import { folderListing } from "../../engine/listing/folder-listing";
import { parseListing } from "../../engine/listing/listing-file";
import { listingMarker } from "../../engine/listing/listing-marker";
import { parseTime } from "../../engine/listing/listing-time";
import { keepEnvironment } from "../support/environment";
import { expectReadable, fuzz, outcomeOf } from "./support/fuzz";
import { anyName, anyText, anyValue, mutated, mutatedJson, mutatedJsonText } from "./support/hostile";

const FOLDERS = ["/", "/data", "/data/in", "/a b/__proto__", "/日本/ü"] as const;
const folders = fc.constantFrom(...FOLDERS);

const times = fc.constantFrom<unknown>(
  "2026-01-01T00:00:00Z",
  "2026-01-01",
  "2026-01-01 00:00",
  1767225600,
  "1767225600.5",
  "Thu, 01 Jan 2026 00:00:00 GMT",
  null,
  undefined,
);

/** An entry of a folder: its paths may be written in any form, or be nonsense. */
const entry = (folder: string) =>
  fc.record({
    path: fc.oneof(
      { weight: 4, arbitrary: anyName.map((name) => joinPath(folder, name)) },
      anyName,
      anyName.map((name) => joinPath(folder, name).slice(1)),
      anyText,
      fc.constantFrom(folder, `${folder}/`, `${folder}/..`, `${folder}//x`, "..", ".", "/etc/passwd", "./x", "../x"),
    ),
    size: fc.oneof({ weight: 3, arbitrary: fc.nat() }, anyValue),
    time: fc.oneof({ weight: 3, arbitrary: times }, anyValue),
  });

interface Written {
  readonly folder: string;
  readonly text: string;
}

const validListing = (folder: string) =>
  fc
    .record({
      files: fc.array(entry(folder), { maxLength: 8 }),
      paths: fc.array(entry(folder), { maxLength: 4 }),
      others: fc.array(entry(folder), { maxLength: 2 }),
      truncated: fc.constantFrom("true", "false", true, false),
    })
    .map(({ files, paths, others, truncated }) => ({
      files: files.map(({ path, size, time }) => ({ filePath: path, size, modifiedTimestamp: time })),
      paths: paths.map(({ path }) => ({ path })),
      others: others.map(({ path }) => ({ path })),
      truncated,
    }));

const listings: fc.Arbitrary<Written> = folders.chain((folder) =>
  mutatedJsonText(validListing(folder)).map((text) => ({ folder, text })),
);

/** How many entries a text has, read by nothing but JSON; `undefined` where it is none. */
function entriesIn(text: string): { readonly files: number; readonly folders: number } | undefined {
  try {
    const { files, paths, others } = JSON.parse(text);
    const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
    return { files: count(files) + count(others), folders: count(paths) };
  } catch {
    return undefined;
  }
}

function parsed(text: string) {
  try {
    return parseListing(text);
  } catch (error) {
    expect(error).to.be.instanceOf(Error);
    return undefined;
  }
}

describe("hostile listings", () => {
  it("lose no entry: each is a name of the folder, the same name again, or a stranger", () => {
    fuzz(listings, 100, ({ folder, text }) => {
      const listing = parsed(text);
      if (listing === undefined) {
        return;
      }
      const written = entriesIn(text);
      const { pathless } = listing;
      expect(listing.files.length + listing.others.length + pathless.files.length).to.equal(written?.files);
      expect(listing.folders.length + pathless.folders.length).to.equal(written?.folders);
      const read = folderListing(folder, listing);
      if ("foreign" in read) {
        return;
      }
      const { files, folders: names, others, strangers } = read;
      const again = listing.files.length + listing.others.length + pathless.files.length - files.length - others.length;
      expect(strangers.files.length).to.be.at.most(again);
      for (const list of [files.map(({ name }) => name), names, others]) {
        expect(new Set(list).size).to.equal(list.length);
      }
    });
  });

  it("are lost for nothing but their own form: odd entries leave the others as they are", () => {
    fuzz(fc.tuple(fc.array(anyValue, { maxLength: 5 }), anyName), 60, ([odd, name]) => {
      fc.pre(name !== "" && name !== "." && name !== "..");
      const good = { filePath: `/data/${name}`, size: 1 };
      const listing = parseListing(listingText([...odd.filter((one) => !isEntry(one)), good]));
      const read = folderListing("/data", listing);
      expect("files" in read && read.files.map((file) => file.name)).to.deep.equal([name]);
    });
  });

  it("lead to no place outside of their folder, and to no key outside of the prefix", () => {
    fuzz(fc.tuple(listings, fc.constantFrom("", "in", "a/b")), 80, ([{ folder, text }, prefix]) => {
      const listing = parsed(text);
      const read = listing && folderListing(folder, listing);
      if (read === undefined || "foreign" in read) {
        return;
      }
      for (const name of [...read.files.map((file) => file.name), ...read.folders, ...read.others]) {
        expect(name).not.to.match(/\/|^\.{0,2}$/);
        const key = objectKey(prefix, joinPath(folder, name));
        const below = prefix === "" ? key : key.slice(prefix.length + 1);
        expect(prefix === "" || key.startsWith(`${prefix}/`)).to.equal(true);
        expect(`/${below}`).to.equal(joinPath(folder, name));
        if (isSupportedFile({ BucketName: "b", Prefix: prefix }, folder, name)) {
          expect(decodeURIComponent(encodeURIComponent(key))).to.equal(key);
        }
      }
    });
  });

  it("are read in time that grows with their length only", () => {
    fuzz(fc.constantFrom(...FOLDERS), 5, (folder) => {
      const [small, large] = [200, 400].map((entries) => readsOf(folder, entries));
      expect(Number(large) / Number(small)).to.be.lessThan(2.5);
    });
  });

  it("have times that are the same wherever the code runs", () => {
    const restoreEnvironment = keepEnvironment();
    const written = fc.oneof(
      mutated(
        fc.constantFrom("2026-01-01T10:00:00.5Z", "2026-01-01 10:00", "2026-01-01", "Thu, 01 Jan 2026 10:00:00 +0100"),
      ),
      fc.double(),
    );
    try {
      fuzz(written, 300, (time) => {
        const [here, there] = ["UTC", "Asia/Kolkata"].map((zone) => {
          process.env.TZ = zone;
          const read = parseTime(time);
          expect((read ?? "").length).to.be.lessThan(100);
          return read && Date.parse(read);
        });
        expect(here).to.equal(there);
        expect(here).not.to.deep.equal(Number.NaN);
      });
    } finally {
      restoreEnvironment();
    }
  });
});

function listingText(files: readonly unknown[]): string {
  const texts = files.map((file) => {
    try {
      return JSON.stringify(file) ?? "null";
    } catch {
      return "[".repeat(20_000) + "]".repeat(20_000);
    }
  });
  return `{"files":[${texts.join()}],"paths":[]}`;
}

const isEntry = (value: unknown) => typeof value === "object" && value !== null && "filePath" in value;

/** How often the path of an entry is read. */
function readsOf(folder: string, entries: number): number {
  let reads = 0;
  const files = Array.from({ length: entries }, (_, index) => ({
    get path() {
      reads += 1;
      return joinPath(folder, `f${index % 150}`);
    },
  }));
  folderListing(folder, {
    files,
    folders: [],
    others: [],
    pathless: { files: [], folders: [] },
    truncated: false,
  });
  return reads;
}

const listingEvent = fc.record({
  source: fc.constant("aws.transfer"),
  "detail-type": fc.constantFrom(
    "SFTP Connector Directory Listing Failed",
    "SFTP Connector Directory Listing Completed",
  ),
  detail: fc.record({
    "connector-id": fc.constant("c-01234567890abcdef"),
    "listing-id": fc.constant("listing-1"),
    "output-directory-path": fc.constantFrom("/results/runs/a/b/c/listings/1", "results/runs/x", "/other/runs/a"),
    "failure-code": fc.constantFrom("CONNECTION_ERROR", null),
    "failure-message": anyText,
    "item-count": fc.constantFrom(0, 5, "0", "7"),
    "status-code": fc.constantFrom("COMPLETED", "FAILED"),
    truncated: fc.constantFrom("true", false, null),
  }),
});

describe("hostile events of listings", () => {
  it("are refused, or give a marker below runs/ that says what the event says", () => {
    fuzz(mutatedJson(listingEvent), 100, (event) => {
      let marker: ReturnType<typeof listingMarker>;
      try {
        marker = listingMarker(event, "results");
      } catch (error) {
        expect(error).to.have.property("name", "ZodError");
        return;
      }
      if (marker !== undefined) {
        expect(marker.key).to.match(/^runs\/[\s\S]+\.json\.(failed|empty|completed)$/);
        expect(JSON.parse(marker.text)).to.be.an("object");
      }
    });
  });
});

describe("hostile names in text for people", () => {
  it("make no line of their own", () => {
    fuzz(anyText, 200, (text) => {
      expect(printable(text)).not.to.include("\n");
      expectReadable(printable(text), Number.POSITIVE_INFINITY);
      expect(outcomeOf(() => printable(printable(text)), "none")).to.deep.equal({ value: printable(text) });
    });
  });
});
