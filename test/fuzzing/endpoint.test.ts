import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { handleJsonRequest, parseInput } from "../../local/endpoint/json-service";
import { startLoopbackServer } from "../../local/endpoint/loopback-server";
import { decodeAwsChunked } from "../../local/s3/aws-chunked";
import { checkCondition, sameETag } from "../../local/s3/conditions";
import { decodeName, keyPath } from "../../local/s3/key-path";
import { handleS3Request, objectAddress } from "../../local/s3/s3-handler";
import { S3Store } from "../../local/s3/s3-store";
import { compareUtf8 } from "../../local/s3/utf8-order";
import { errorXml, listXml } from "../../local/s3/xml";
import { startFileTransferSchema } from "../../local/transfer/requests";
import { parseS3Path } from "../../local/transfer/s3-path";
import { fuzz, fuzzAsync, outcomeOf } from "./support/fuzz";
import { anyText, mutated, mutatedJsonText } from "./support/hostile";

async function* pieces(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const length of lengths) {
    yield bytes.subarray(from, from + length);
    from += length;
  }
  yield bytes.subarray(from);
}

async function decoded(bytes: Uint8Array, lengths: readonly number[]) {
  const trailers = new Map<string, string>();
  const content: Uint8Array[] = [];
  for await (const piece of decodeAwsChunked(pieces(bytes, lengths), trailers)) {
    content.push(piece);
  }
  return { content: Buffer.concat(content), trailers };
}

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 4 });
const cuts = fc.array(fc.nat({ max: 30 }), { maxLength: 10 });

function chunked(parts: readonly Uint8Array[]): Buffer {
  const framed = parts.map((part) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from("\r\n")]),
  );
  return Buffer.concat([...framed, Buffer.from("0\r\nX-Amz-Checksum-Crc32: abc=\r\n\r\n")]);
}

describe("hostile bodies", () => {
  it("of aws-chunked are read as they were written, however they are cut", async () => {
    await fuzzAsync(fc.tuple(chunks, cuts), 100, async ([parts, lengths]) => {
      const { content, trailers } = await decoded(chunked(parts), lengths);
      expect(content.equals(Buffer.concat(parts))).to.equal(true);
      expect([...trailers]).to.deep.equal([["x-amz-checksum-crc32", "abc="]]);
    });
  });

  it("that are damaged are refused as such", async () => {
    const texts = mutated(chunks.map((parts) => chunked(parts).toString("latin1"))).map((text) =>
      Buffer.from(text, "latin1"),
    );
    await fuzzAsync(fc.tuple(texts, cuts), 150, async ([bytes, lengths]) => {
      try {
        expect((await decoded(bytes, lengths)).content.length).to.be.at.most(bytes.length);
      } catch (error) {
        expect(error).to.have.property("code", "IncompleteBody");
      }
    });
  });

  it("without an end of line are refused before they fill the memory", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; given < 10_000; given += 1) {
        yield Buffer.alloc(100, "a");
      }
    }
    const read = decodeAwsChunked(endless(), new Map()).next();
    expect(await read.catch((error: unknown) => error)).to.have.property("code", "IncompleteBody");
    expect(given).to.be.lessThan(1000);
  });
});

const keys = fc.oneof(
  mutated(
    fc.constantFrom("a/b/c.txt", ".s3~name~x", "a/.s3~part~b", "x".repeat(300), "日".repeat(90), "~00/~7e", "a//../."),
  ),
  anyText,
);

/** Its errors are read by programs, and quote what was sent, as the services do. */
const toPrograms = (message: string) => expect(message).not.to.equal("");

/** A header has one line. */
const header = anyText.map((text) => text.replaceAll(/[\n\r\u2028\u2029]/g, "-"));

describe("hostile keys", () => {
  it("have places of their own within the bucket's folder, from which they can be read again", () => {
    fuzz(keys, 300, (key) => {
      const outcome = outcomeOf(() => keyPath(key), "S3Error", toPrograms);
      if ("error" in outcome) {
        return;
      }
      for (const names of [outcome.value.plain, outcome.value.besideFolder]) {
        let read = "";
        for (const [index, name] of names.entries()) {
          expect(name === "" || name === "." || name === ".." || /[/\0]/.test(name)).to.equal(false);
          expect(Buffer.byteLength(name)).to.be.at.most(255);
          const part = decodeName(name);
          read += part?.text ?? "?";
          read += index === names.length - 1 || part?.marker === "part" ? "" : "/";
        }
        expect(read).to.equal(key);
      }
    });
  });

  it("are in the order of their bytes", () => {
    fuzz(fc.tuple(anyText, anyText), 200, ([a, b]) => {
      fc.pre(!/\p{Cs}/u.test(a + b));
      expect(Math.sign(compareUtf8(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    });
  });

  it("and buckets come from addresses, or are refused", () => {
    fuzz(
      fc.oneof(mutated(fc.constantFrom("/lake/a%20b?x-id=GetObject", "/lake?list-type=2&prefix=a%2Fb")), anyText),
      200,
      (url) => {
        outcomeOf(() => objectAddress(url), "S3Error", toPrograms);
        const place = outcomeOf(() => parseS3Path(url, "Path"), "InvalidRequestException", toPrograms);
        expect("error" in place || !place.value.prefix.endsWith("/")).to.equal(true);
      },
    );
  });

  it("hold conditions by their ETag alone", () => {
    fuzz(fc.tuple(header, header), 100, ([a, b]) => {
      const outcome = outcomeOf(() => checkCondition({ ifMatch: a }, "k", b), "S3Error", toPrograms);
      expect("value" in outcome).to.equal(sameETag(a, b));
      expect(sameETag(a, `"${a.replace(/^"(.*)"$/, "$1")}"`)).to.equal(true);
    });
  });
});

/** XML as this endpoint writes it: elements, texts and references, and nothing else. */
function textsOf(xml: string, name: string): string[] {
  const REFERENCES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return [...xml.matchAll(new RegExp(`<${name}>([^<>]*)</${name}>`, "g"))].map(([, text = ""]) =>
    text.replaceAll(/&(?:#x([0-9A-F]+)|([a-z]+));/g, (_, code: string | undefined, reference: string) =>
      code === undefined ? (REFERENCES[reference] ?? "?") : String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  );
}

describe("hostile answers", () => {
  it("say in XML what they were given, and nothing becomes an element", () => {
    const texts = anyText.filter((text) => !/\p{Cs}/u.test(text));
    fuzz(fc.tuple(texts, fc.array(texts, { maxLength: 3 }), fc.boolean()), 150, ([prefix, names, urlEncoded]) => {
      const xml = listXml({
        bucket: "lake",
        request: { prefix, delimiter: "", after: "", afterCommonPrefix: "", maxKeys: 10 },
        page: {
          objects: names.map((key) => ({ key, size: 1, lastModified: new Date(0) })),
          commonPrefixes: [],
          next: undefined,
        },
        continuationToken: undefined,
        nextContinuationToken: undefined,
        startAfter: undefined,
        urlEncoded,
      });
      const read = textsOf(xml, "Key").map((text) => (urlEncoded ? decodeURIComponent(text) : text));
      expect(read).to.deep.equal(names);
      expect(textsOf(errorXml("Code", prefix, "id"), "Message")).to.deep.equal([prefix]);
    });
  });
});

const requests = mutated(
  fc.constantFrom(
    "GET /lake?list-type=2&prefix=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "PUT /lake/a/../../b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc",
    "PUT /lake/%2e%2e%2f%2e%2e%2fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\nIf-None-Match: *\r\n\r\nabc",
    "PUT /lake/c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: aws-chunked\r\nContent-Length: 18\r\n\r\n3\r\nabc\r\n0\r\nx: y\r\n\r\n",
    "GET /lake/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nRange: bytes=0-99999999999999999999\r\n\r\n",
    'DELETE /lake/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-Match: "x"\r\n\r\n',
    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Amz-Target: TransferService.StartFileTransfer\r\nContent-Length: 2\r\n\r\n{}",
    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Amz-Target: __proto__.constructor\r\nContent-Length: 2\r\n\r\n{}",
  ),
);

async function answerTo(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes.toString("latin1");
  });
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  // Of a request that is not whole, no more is coming.
  socket.setTimeout(50, () => socket.end());
  socket.write(Buffer.from(request, "latin1"));
  await once(socket, "close");
  return answer;
}

describe("hostile requests", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fuzzing-"));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it("are answered, and change nothing outside of their bucket", async () => {
    let served = 0;
    const store = await S3Store.open(join(folder, "data"));
    await store.ensureBucket("lake");
    const service = {
      StartFileTransfer: (input: unknown) => parseInput(startFileTransferSchema, input, "InvalidRequestException"),
    };
    const server = await startLoopbackServer(async (request, response) => {
      const target = request.headers["x-amz-target"];
      await (typeof target === "string"
        ? handleJsonRequest({ TransferService: service }, target, request, response, "id")
        : handleS3Request(store, request, response, "id"));
    });
    try {
      await fuzzAsync(requests, 60, async (request) => {
        const answer = await answerTo(server.port, request);
        served += answer.startsWith("HTTP/1.1 200 ") ? 1 : 0;
        expect(answer).to.match(/^(HTTP\/1\.1 [2-5]\d\d |$)/);
        expect(answer).not.to.match(/InternalError|InternalServiceError/);
        expect(await readdir(folder)).to.deep.equal(["data"]);
        expect((await readdir(join(folder, "data"))).sort()).to.deep.equal([".sftp-sync", "lake"]);
      });
      expect(await answerTo(server.port, "HEAD /lake HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).to.match(
        /^HTTP\/1\.1 200 /,
      );
      expect(served).to.be.greaterThan(0);
    } finally {
      await server.close();
    }
  });

  it("with documents of any form are parsed, or refused by the service's own error", () => {
    const valid = fc.constant({
      ConnectorId: "c-01234567890abcdef",
      RetrieveFilePaths: ["/a"],
      LocalDirectoryPath: "/lake/in",
    });
    fuzz(mutatedJsonText(valid), 150, (text) => {
      let input: unknown;
      try {
        input = JSON.parse(text);
      } catch {
        return;
      }
      outcomeOf(() => parseInput(startFileTransferSchema, input, "InvalidRequestException"), "InvalidRequestException");
    });
  });
});
