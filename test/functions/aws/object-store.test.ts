import { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { ObjectSummary } from "../../../engine/ports/services";
import { objectStore } from "../../../functions/aws/object-store";
import { clientOptions, FakeHttp, type HttpAnswer, s3Error } from "../../engine/support/fake-http";
import { FakeClock, START } from "../../engine/support/fake-services";
import { errorNameOf } from "../../support/errors";

const OK: HttpAnswer = { status: 200, headers: { etag: '"1"' } };
const PRECONDITION = s3Error(412, "PreconditionFailed");
const CONFLICT = s3Error(409, "ConditionalRequestConflict");

function setUp(...answers: (HttpAnswer | Error)[]) {
  const http = new FakeHttp(answers);
  const clock = new FakeClock(() => 0.25);
  return { http, clock, store: objectStore(new S3Client(clientOptions(http)), clock) };
}

async function all(items: AsyncIterable<ObjectSummary>): Promise<ObjectSummary[]> {
  const found: ObjectSummary[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

function page(keys: string[], token?: string): HttpAnswer {
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>3</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
  );
  const next = token === undefined ? "" : `<NextContinuationToken>${token}</NextContinuationToken>`;
  const head = `<IsTruncated>${token !== undefined}</IsTruncated>${next}`;
  const body = `<ListBucketResult>${head}${contents.join("")}</ListBucketResult>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

describe("objectStore", () => {
  describe("write", () => {
    const conditions = [
      [undefined, {}],
      [{ ifAbsent: true }, { "if-none-match": "*" }],
      [{ ifMatch: '"7"' }, { "if-match": '"7"' }],
    ] as const;
    for (const [condition, expected] of conditions) {
      it(`asks with ${JSON.stringify(expected)} and gives the new ETag`, async () => {
        const { http, store } = setUp(OK);
        expect(await store.write("b", "k", "text", condition)).to.equal('"1"');
        const headers = Object.entries(http.requests[0]?.headers ?? {});
        const sent = Object.fromEntries(headers.filter(([name]) => /^if-/i.test(name)));
        expect(sent).to.deep.equal(expected);
      });
    }

    it("turns 412 into ConditionFailed at once", async () => {
      const { http, store } = setUp(PRECONDITION);
      expect(await errorNameOf(store.write("b", "k", "", { ifAbsent: true }))).to.equal("ConditionFailed");
      expect(http.requests).to.have.length(1);
    });

    it("repeats after 409, after growing pauses of which chance takes a part, and succeeds", async () => {
      const { http, clock, store } = setUp(CONFLICT, CONFLICT, OK);
      expect(await store.write("b", "k", "", { ifMatch: '"0"' })).to.equal('"1"');
      expect(http.requests).to.have.length(3);
      expect(clock.now().getTime() - START.getTime()).to.be.closeTo(0.25 * (50 + 100), 1);
    });

    it("turns 409 without end into ConditionFailed", async () => {
      const { store } = setUp(CONFLICT);
      expect(await errorNameOf(store.write("b", "k", "", { ifMatch: '"0"' }))).to.equal("ConditionFailed");
    });

    it("turns the absence of the object it should match into ConditionFailed (S3 answers 404)", async () => {
      const { store } = setUp(s3Error(404, "NoSuchKey"));
      expect(await errorNameOf(store.write("b", "k", "", { ifMatch: '"0"' }))).to.equal("ConditionFailed");
    });

    const failures: [number, string][] = [
      [404, "NoSuchBucket"],
      [403, "AccessDenied"],
      [500, "InternalError"],
    ];
    for (const [status, code] of failures) {
      it(`leaves ${code} an error`, async () => {
        const { store } = setUp(s3Error(status, code));
        expect(await errorNameOf(store.write("b", "k", "", { ifMatch: '"0"' }))).to.equal(code);
      });
    }
  });

  describe("remove", () => {
    it("asks with If-Match", async () => {
      const { http, store } = setUp({ status: 204 });
      await store.remove("b", "k", '"7"');
      expect(http.requests[0]?.headers).to.include({ "if-match": '"7"' });
    });

    it("turns 412 into ConditionFailed", async () => {
      const { store } = setUp(PRECONDITION);
      expect(await errorNameOf(store.remove("b", "k", '"7"'))).to.equal("ConditionFailed");
    });

    it("turns the absence of the object into ConditionFailed (S3 answers 404)", async () => {
      const { store } = setUp(s3Error(404, "NoSuchKey"));
      expect(await errorNameOf(store.remove("b", "k", '"7"'))).to.equal("ConditionFailed");
    });
  });

  describe("read", () => {
    it("gives text and ETag", async () => {
      const { store } = setUp({ ...OK, body: "grün" });
      expect(await store.read("b", "k")).to.deep.equal({ text: "grün", etag: '"1"' });
    });

    it("answers a missing object with undefined", async () => {
      const { store } = setUp(s3Error(404, "NoSuchKey"));
      expect(await store.read("b", "k")).to.equal(undefined);
    });

    it("asks again where the answer breaks off, which the SDK does not", async () => {
      const broken = { ...OK, body: "gr", breaksOff: true };
      const { http, store } = setUp(broken, broken, { ...OK, body: "grün" });
      expect(await store.read("b", "k")).to.deep.equal({ text: "grün", etag: '"1"' });
      expect(http.requests).to.have.length(3);
    });

    it("gives up where answers never stop breaking off", async () => {
      const { http, store } = setUp({ ...OK, body: "gr", breaksOff: true });
      expect(await errorNameOf(store.read("b", "k"))).to.equal("Error");
      expect(http.requests).to.have.length(3);
    });

    for (const [status, code] of [
      [404, "NoSuchBucket"],
      [403, "AccessDenied"],
    ] as const) {
      it(`leaves ${code} an error`, async () => {
        const { http, store } = setUp(s3Error(status, code));
        expect(await errorNameOf(store.read("b", "k"))).to.equal(code);
        expect(http.requests).to.have.length(1);
      });
    }
  });

  describe("head", () => {
    it("gives size and time", async () => {
      const headers = { "content-length": "12", "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
      const { store } = setUp({ status: 200, headers });
      const lastModified = new Date("2026-01-01T00:00:00Z");
      expect(await store.head("b", "k")).to.deep.equal({ key: "k", size: 12, lastModified });
    });

    it("answers a missing object with undefined", async () => {
      const { store } = setUp({ status: 404 });
      expect(await store.head("b", "k")).to.equal(undefined);
    });

    for (const [status, name] of [
      [301, "PermanentRedirect"],
      [403, "AccessDenied"],
      [500, "InternalError"],
      [503, "SlowDown"],
    ] as const) {
      it(`leaves ${status} an error, and names it: S3 answers HEAD without a body`, async () => {
        const { store } = setUp({ status });
        const error = await store.head("b", "p/k").catch((thrown: unknown) => thrown);
        expect(error).to.deep.include({ name });
        expect(error).to.have.property("message").that.contains("s3://b/p/k").and.contains(status);
      });
    }
  });

  describe("list", () => {
    it("goes through all pages, and decodes the keys", async () => {
      const { http, store } = setUp(page(["a+b", "c%2Bd", "100%25", "%C3%BC", "x%0Ay"], "next"), page(["z/%26%3Camp"]));
      const keys = (await all(store.list("b", "p/"))).map(({ key }) => key);
      expect(keys).to.deep.equal(["a b", "c+d", "100%", "ü", "x\ny", "z/&<amp"]);
      expect(http.requests.map(({ query }) => query?.["continuation-token"])).to.deep.equal([undefined, "next"]);
      expect(http.requests[0]?.query).to.include({ prefix: "p/", "encoding-type": "url" });
    });

    it("asks for one level and for keys after another only where it is told to", async () => {
      const { http, store } = setUp(page([]));
      await all(store.list("b", "p/"));
      await all(store.list("b", "p/", { flat: true, startAfter: "p/m" }));
      expect(http.requests[0]?.query).to.not.have.any.keys("delimiter", "start-after");
      expect(http.requests[1]?.query).to.include({ delimiter: "/", "start-after": "p/m" });
    });

    it("asks for no page that nobody reads", async () => {
      const { http, store } = setUp(page(["a"], "next"), page(["b"]));
      for await (const { key } of store.list("b", "")) {
        expect(key).to.equal("a");
        break;
      }
      expect(http.requests).to.have.length(1);
    });

    it("leaves a missing bucket an error", async () => {
      const { store } = setUp(s3Error(404, "NoSuchBucket"));
      expect(await errorNameOf(all(store.list("b", "")))).to.equal("NoSuchBucket");
    });
  });
});
