import { expect } from "chai";
import { decodeAwsChunked } from "../../../local/s3/aws-chunked";
import { errorOf } from "../../support/errors";

async function* inPieces(text: string, size: number) {
  for (let i = 0; i < text.length; i += size) {
    yield Buffer.from(text.slice(i, i + size), "latin1");
  }
}

async function decode(text: string, pieceSize: number) {
  const trailers = new Map<string, string>();
  const pieces: Uint8Array[] = [];
  for await (const piece of decodeAwsChunked(inPieces(text, pieceSize), trailers)) {
    pieces.push(piece);
  }
  return { content: Buffer.concat(pieces).toString("latin1"), trailers: [...trailers] };
}

describe("decodeAwsChunked", () => {
  const unsigned = "5\r\nhe\r\nl\r\n3\r\nlo!\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";

  for (const size of [1, 2, 3, 7, 1000]) {
    it(`reads chunks and trailers that come in pieces of ${size} bytes`, async () => {
      expect(await decode(unsigned, size)).to.deep.equal({
        content: "he\r\nllo!",
        trailers: [["x-amz-checksum-crc32", "AAAAAA=="]],
      });
    });
  }

  it("reads signed chunks, and no trailers", async () => {
    const signed = "2;chunk-signature=abc\r\nhi\r\n0;chunk-signature=def\r\n\r\n";
    expect(await decode(signed, 4)).to.deep.equal({ content: "hi", trailers: [] });
  });

  for (const [name, text] of Object.entries({
    "a missing end": "2\r\nhi\r\n",
    "a chunk that is too short": "5\r\nhi\r\n0\r\n\r\n",
    "a chunk that is too long": "1\r\nhi\r\n0\r\n\r\n",
    "a size that is none": "hello\r\n",
  })) {
    it(`refuses ${name}`, async () => {
      expect((await errorOf(decode(text, 100))).name).to.equal("S3Error");
    });
  }
});
