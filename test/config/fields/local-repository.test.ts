// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what nobody replaces
import { expect } from "chai";
import { parseBucketName, parseKmsKeyArn, parsePrefix } from "../../../config/fields/local-repository";
import { listResultsBucketName } from "../../../stacks/naming/names";
import { outcome, shown } from "../support";

describe("parseBucketName", () => {
  for (const name of ["abc", "my-bucket.1", "a".repeat(63), "1bucket"]) {
    it(`takes ${name}`, () => {
      expect(outcome(parseBucketName(name))).to.deep.equal({ value: name, findings: [] });
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ["ab", "is not a valid bucket name"],
    ["a".repeat(64), "is not a valid bucket name"],
    ["My-Bucket", "is not a valid bucket name"],
    ["my_bucket", "is not a valid bucket name"],
    ["-bucket", "is not a valid bucket name"],
    ["bucket.", "is not a valid bucket name"],
    ["a..b", "has two periods in a row, which S3 does not allow"],
    ["192.168.5.4", "is formed like an IP address, which S3 does not allow"],
    ["xn--bucket", "has a beginning or an end that S3 reserves"],
    ["bucket-s3alias", "has a beginning or an end that S3 reserves"],
    ["bucket--x-s3", "has a beginning or an end that S3 reserves"],
    [
      "sftp-sync-list-results-123456789012-eu-central-1",
      "is a list-results bucket, which holds ledgers, locks and reports",
    ],
    [
      "acme-list-results-000000000000-us-gov-west-1",
      "is a list-results bucket, which holds ledgers, locks and reports",
    ],
    ["list-results-123456789012-us-east-1", "is a list-results bucket, which holds ledgers, locks and reports"],
    ["lake.s3.eu-central-1.amazonaws.com", "is a host name of S3, not a bucket's name"],
    ["s3://bucket", "must be the bucket's name alone, without s3:// or arn:"],
    ["arn:aws:s3:::bucket", "must be the bucket's name alone, without s3:// or arn:"],
  ];
  for (const [name, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(outcome(parseBucketName(name))).to.deep.equal({ value: undefined, findings: [`error: ${message}`] });
    });
  }
});

describe("the list-results bucket of an installation", () => {
  const LONGEST_PREFIX = "a-prefix-of-twenty-x";
  const ACCOUNT = "123456789012";
  // One of every partition, the longest names among them.
  const REGIONS = [
    "eu-central-1",
    "ap-southeast-1",
    "us-gov-west-1",
    "cn-northwest-1",
    "us-isof-south-1",
    "eusc-de-east-1",
  ];

  for (const region of REGIONS) {
    const name = listResultsBucketName({ namePrefix: LONGEST_PREFIX, region }, ACCOUNT);
    for (const form of [
      name,
      name.toUpperCase(),
      ` ${name}`,
      `${name}/`,
      `${name}.`,
      `s3://${name}`,
      `S3://${name}/ledger`,
      `arn:aws:s3:::${name}`,
      `arn:aws-cn:s3:::${name}/ledger`,
      `arn:aws:s3:${region}:${ACCOUNT}:accesspoint/${name}`,
      `arn:aws:s3-object-lambda:${region}:${ACCOUNT}:accesspoint/x`,
      "ledgers-1a2b3c4d5e-s3alias",
      "ledgers-1a2b3c4d5e-ext-s3alias",
      "ledgers-1a2b3c4d5e--ol-s3",
      "m1a2b3c4d5e.mrap",
      `https://${name}.s3.${region}.amazonaws.com`,
      `${name}.s3.${region}.amazonaws.com`,
      `s3.${region}.amazonaws.com/${name}`,
      `${name}?x`,
      `${name}%20`,
    ]) {
      it(`is refused as ${form}`, () => {
        expect(parseBucketName(form).value).to.equal(undefined);
      });
    }
  }
});

describe("parsePrefix", () => {
  const stripped = "warning: slashes at the ends were removed";
  const empty = "error: has an empty part, between two slashes";
  const dots = "error: has a part . or ..";
  const unprintable = "error: has a control character or a line break";
  const beyond = "characters beyond U+00FF, which no IAM policy can hold";
  const everywhere = `error: begins with ${beyond}: the server could write anywhere in the bucket`;
  const wide = (reach: string) =>
    `warning: has ${beyond}: the server could write to every key that begins with ${JSON.stringify(reach)}`;
  const tooLong = "error: leaves no room for a file's name";
  const cases: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ["", "", []],
    ["a/b", "a/b", []],
    ["a b/ü", "a b/ü", []],
    ["/a/b/", "a/b", [stripped]],
    ["/", "", [stripped]],
    ["a//b", undefined, [empty]],
    ["a/../b", undefined, [dots]],
    ["./a", undefined, [dots]],
    ["a\nb", undefined, [unprintable]],
    ["a\u2028b", undefined, [unprintable]],
    ["a\u2029b", undefined, [unprintable]],
    ["a\u0085b", undefined, [unprintable]],
    ["a\ud800b", undefined, [unprintable]],
    ["a\u{1f600}b", "a\u{1f600}b", [wide("a")]],
    ["in/\u043e\u0442\u0447\u0451\u0442\u044b", "in/\u043e\u0442\u0447\u0451\u0442\u044b", [wide("in/")]],
    ["\u043e\u0442\u0447\u0451\u0442\u044b/in", undefined, [everywhere]],
    ["/\u6570\u636e", undefined, [everywhere]],
    ["*\u6570", "*\u6570", [wide("*"), "warning: has * or ?, which stand for themselves here"]],
    [`/${"x".repeat(1022)}/`, "x".repeat(1022), [stripped]],
    ["x".repeat(1023), undefined, [tooLong]],
    ["é".repeat(511), "é".repeat(511), []],
    ["é".repeat(512), undefined, [tooLong]],
    ...["a/${var.env}", "%{if x}a", "{{ env }}/a", "$(ENV)"].map(
      (text) => [text, text, ["warning: looks like a template, and stays as it is: nothing is replaced here"]] as const,
    ),
    ...["a$b", "$RECYCLE.BIN", "{a}", "100%"].map((text) => [text, text, []] as const),
    ["a/%year%", "a/%year%", ["warning: date tags are replaced in Folder only; here they stay as they are"]],
  ];
  for (const [text, value, findings] of cases) {
    it(`makes ${shown(value)} of ${shown(text)}`, () => {
      expect(outcome(parsePrefix(text))).to.deep.equal({ value, findings });
    });
  }
});

describe("parseKmsKeyArn", () => {
  const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const cases: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    [arn, arn, []],
    ["arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1", "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1", []],
    ["", undefined, []],
    [
      "arn:aws:kms:eu-central-1:111122223333:alias/x",
      undefined,
      ["error: is the ARN of an alias, which an IAM policy cannot name"],
    ],
    ["arn:aws:kms:eu-central-1:1111:key/x", undefined, ["error: is not the ARN of a KMS key"]],
    ["arn:aws:kms:<region>:<accountID>:key/<keyId>", undefined, ["error: is not the ARN of a KMS key"]],
    ["1234abcd", undefined, ["error: is not the ARN of a KMS key"]],
  ];
  for (const [text, value, findings] of cases) {
    it(`${findings.length === 0 ? "takes" : "refuses"} ${JSON.stringify(text)}`, () => {
      expect(outcome(parseKmsKeyArn(text))).to.deep.equal({ value, findings });
    });
  }
});
