import { Ajv } from "ajv";
import { expect } from "chai";
import { definitionJsonSchema } from "../../config/json-schema";
import { definition, ECDSA_KEY, hostKey, load, RSA_KEY, sync } from "./support";

const isInSchema = new Ajv({ strict: false }).compile(definitionJsonSchema());

const ED25519_KEY = hostKey("ssh-ed25519", Buffer.alloc(32, 7));
const BLOB = RSA_KEY.split(" ")[1] ?? "";

/** Values of a field: those that are taken, also with a warning; those that are refused; those that only the validator refuses. */
interface Corpus {
  readonly field: string;
  readonly in: (value: unknown) => Record<string, unknown>;
  readonly taken: readonly unknown[];
  readonly refused: readonly unknown[];
  /** Mistakes that no expression can tell. */
  readonly unsaid?: readonly unknown[];
}

const top = (field: string) => (value: unknown) => definition({ [field]: value });
const inSync = (field: string) => (value: unknown) => definition({ SyncSettings: [sync({ [field]: value })] });
const local = (field: string) => (value: unknown) =>
  definition({
    SyncSettings: [sync({ LocalRepository: { BucketName: "data-lake", Prefix: "partner", [field]: value } })],
  });
const remote = (field: string) => (value: unknown) =>
  definition({ SyncSettings: [sync({ RemoteFolders: { Folder: "/data", Recursive: true, [field]: value } })] });

const SCHEDULES = {
  taken: [
    ...["@daily", "@every10min", " @hourly ", "on-demand", "OnDemand", "manual", "MANUAL"],
    ...["cron(0 6 * * ? *)", "CRON(0 6 ? * mon-fri *)", "cron( 0  6 * * ? 2027 )", "0 6 * * ? *", "0 6 ? * 2"],
    ...["cron(0/10 * L * ? *)", "cron(0 6 15W * ? *)", "cron(0 6 ? * 2#1 *)", "cron(0 22-6 * * ? *)"],
    ...["rate(1 hour)", "rate(15 minutes)", "rate(1 days)", "RATE(5 Minute)", "rate( 007  days )"],
  ],
  refused: [
    ...["", "daily", "@dayly", "@weekly", "hourly", "every day", "at(2027-01-01T00:00:00)", "rate(0 minutes)"],
    ...["rate(5)", "rate(5 weeks)", "rate(1.5 hours)", "rate(-1 hours)", "cron(* * * *)", "cron(0 6 * * ? * *)"],
    ...["cron(0 6 * * ? *", "0 6 * *", "cron()", 5, null, true, ["@daily"], "P1D", "R/PT1H"],
  ],
  unsaid: ["cron(0 6 * * * *)", "cron(60 6 * * ? *)", "cron(0 6 31 2 ? *)", "0 6 * * *", "rate(9999999999 hours)"],
};

const CORPORA: readonly Corpus[] = [
  {
    field: "Name",
    in: top("Name"),
    taken: ["partner", "Partner A", "partner_a", "a", "9", "\u201cpartner\u201d", "\u00e9", "\uff50\uff41", "\u00b2"],
    refused: ["", "---", "._.", 5, null, ["a"], { a: 1 }],
    unsaid: ["x".repeat(65), "\u65e5\u672c"],
  },
  {
    field: "Url",
    in: top("Url"),
    taken: [
      ...["sftp.example.com", "sftp.example.com:2222", "192.0.2.1", "localhost:65535", "my_host.example", "host."],
      ...["[2001:db8::1]:22", "[::1]", "sftp://host/", "SFTP://host:1", " host ", "host:00022", "10.0.0.1"],
    ],
    refused: [
      ...["", "user@host", "user:secret@host", "ftp://host", "https://host", "host/folder", "host:0", "host:65536"],
      ...[
        "host:99999",
        "host:",
        "host:ssh",
        "2001:db8::1",
        "a b",
        "-a.example",
        "[host]",
        "host:22:22",
        "host?x",
        "host#x",
      ],
      ...[5, null, ["host"], "m\u00fcller.example", "sftp://", "host:123456", "sftp:host", "[fe80::1%eth0]:22"],
    ],
    unsaid: ["256.1.1.1", "a..b", `${"a".repeat(64)}.example`, `${"a.".repeat(130)}b`, "[1:2]"],
  },
  {
    field: "PublicKey",
    in: top("PublicKey"),
    taken: [
      [RSA_KEY],
      [RSA_KEY, ECDSA_KEY],
      [`${RSA_KEY} root@host`],
      [`sftp.example.com ${ECDSA_KEY}\n`],
      [`# host:22 SSH-2.0-OpenSSH_9.2p1\nsftp.example.com ${ECDSA_KEY}\n`],
      [`|1|c2FsdA==|aGFzaA== ${RSA_KEY}`],
      [`  ${RSA_KEY}  `],
    ],
    refused: [
      ...[[], RSA_KEY, [ED25519_KEY], [`host ${ED25519_KEY}`], [5], [null], [""], ["ssh-rsa"], ["hello"]],
      ...[[`ssh-rsa-cert-v01@openssh.com ${BLOB}`], [`ssh-dss ${BLOB}`], ["SHA256:abc"], [`rsa-sha2-512 ${BLOB}`]],
      ...[["-----BEGIN PUBLIC KEY-----"], ["-----BEGIN OPENSSH PRIVATE KEY-----\nx"], [`@revoked host ${RSA_KEY}`]],
      ...[
        [`command="a b" ${RSA_KEY}`],
        [`from="10.0.0.0/8",no-pty ${RSA_KEY}`],
        Array.from({ length: 11 }, () => RSA_KEY),
      ],
    ],
    unsaid: [
      [`ssh-rsa ${BLOB.slice(0, 100)}`],
      [`${RSA_KEY} ${ECDSA_KEY}`],
      [`no-pty ${RSA_KEY}`],
      [`ecdsa-sha2-nistp256 ${BLOB}`],
    ],
  },
  { field: "Schedule", in: top("Schedule"), ...SCHEDULES },
  { field: "Schedule of a sync", in: inSync("Schedule"), ...SCHEDULES },
  {
    field: "ScheduleTimezone",
    in: top("ScheduleTimezone"),
    taken: [
      "UTC",
      "Europe/Berlin",
      "America/Argentina/Buenos_Aires",
      "Etc/GMT+5",
      "America/Port-au-Prince",
      "GMT0",
      "EST5EDT",
    ],
    refused: ["", "+02:00", "europe/berlin", "Europe / Berlin", 2, null, "(UTC+01:00) Berlin"],
    unsaid: ["Europe/Berlni", "BST", "CEST"],
  },
  {
    field: "SecurityPolicyName",
    in: top("SecurityPolicyName"),
    taken: ["TransferSFTPConnectorSecurityPolicy-2024-03"],
    refused: ["", "2024-03", "TransferSecurityPolicy-2024-01", 5],
  },
  { field: "Enabled", in: top("Enabled"), taken: [true, false], refused: ["yes", "true", 1, null] },
  {
    field: "MaxConcurrentConnections",
    in: top("MaxConcurrentConnections"),
    taken: [1, 5],
    refused: [0, 6, 1.5, "3", null],
  },
  {
    field: "SyncSettings",
    in: top("SyncSettings"),
    taken: [[sync()]],
    refused: [
      [],
      sync(),
      [null],
      ["x"],
      [{ ...sync(), Folder: "/x" }],
      [{ LocalRepository: { BucketName: "data-lake" } }],
    ],
    unsaid: [[sync(), sync()]],
  },
  {
    field: "BucketName",
    in: local("BucketName"),
    taken: ["abc", "my-bucket.1", "a".repeat(63), "1bucket"],
    refused: [
      ...["ab", "a".repeat(64), "My-Bucket", "my_bucket", "-bucket", "bucket.", "a..b", "192.168.5.4", "xn--bucket"],
      ...["bucket-s3alias", "bucket--x-s3", "s3://bucket", "arn:aws:s3:::bucket", "", 5, null],
    ],
  },
  {
    field: "Prefix",
    in: local("Prefix"),
    taken: ["", "a/b", "a b/\u00fc", "/a/b/", "/", "//a//", "a/...", "..a/b..", ".hidden", "a/%year%", "a/{{x}}"],
    refused: ["a//b", "a/../b", "./a", "a/.", "..", "a\nb", "a\u2028b", "a\u0085b", 5, null, ["a"]],
    unsaid: ["x".repeat(1023)],
  },
  {
    field: "KmsKeyArn",
    in: local("KmsKeyArn"),
    taken: ["", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    refused: [
      "alias/key",
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:eu-central-1:111122223333:alias/key",
      5,
    ],
  },
  {
    field: "Folder",
    in: remote("Folder"),
    taken: ["/", "/a", "/a/", "//a//b", "/%year%/%month%", "/a..b", "/.hidden", "/a b", "/50%off%"],
    refused: [
      "",
      "a/b",
      "./a",
      "/a/../b",
      "/a/./b",
      "/..",
      "/a/.",
      "/a\nb",
      "/a\u2029b",
      "/a\ufffdb",
      5,
      null,
      "sftp://host/a",
      "C:\\data",
    ],
    unsaid: ["/%years%", `/${"x".repeat(1023)}`],
  },
  {
    field: "Include",
    in: remote("Include"),
    taken: [
      [],
      ["*.csv"],
      ["**/*.csv"],
      ["a/**"],
      ["!(a)"],
      ["{a,b}/*"],
      [" a"],
      [".hidden"],
      ["a.."],
      ["\\(1\\).csv"],
    ],
    refused: ["*.csv", [""], [" "], ["/a"], ["!a"], ["a/"], ["a//b"], ["./a"], ["a/../b"], [".."], [5], null, [null]],
    unsaid: [["[a"], ["a)"]],
  },
  { field: "MaxDepth", in: remote("MaxDepth"), taken: [0, 100], refused: [-1, 1.5, "5", null] },
  { field: "Recursive", in: remote("Recursive"), taken: [true], refused: [undefined, "true", null] },
  { field: "Nmae", in: top("Nmae"), taken: [], refused: ["x"] },
  { field: "x-shared", in: top("x-shared"), taken: ["x", { a: 1 }], refused: [] },
];

const shown = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 90);

describe("the schema for editors", () => {
  for (const { field, in: within, taken, refused, unsaid = [] } of CORPORA) {
    const each = (
      values: readonly unknown[],
      title: string,
      expected: readonly [validator: boolean, schema: boolean],
    ) => {
      for (const value of values) {
        it(`${title} ${field}: ${shown(value)}`, async () => {
          const written = JSON.parse(JSON.stringify(within(value)));
          const { definitions } = await load({ "a.json": written });
          expect(
            [definitions.length > 0, isInSchema(written)],
            "taken by the validator, and by the schema",
          ).to.deep.equal(expected);
        });
      }
    };
    each(taken, "takes, as the validator,", [true, true]);
    each(refused, "refuses, as the validator,", [false, false]);
    each(unsaid, "leaves to the validator", [false, true]);
  }

  it("wants a schedule for all, or one for each sync", async () => {
    const none = definition({ Schedule: undefined });
    const each = definition({ Schedule: undefined, SyncSettings: [sync({ Schedule: "@daily" })] });
    const some = definition({ Schedule: undefined, SyncSettings: [sync({ Schedule: "@daily" }), sync({ Name: "b" })] });
    expect([none, each, some].map((one) => isInSchema(JSON.parse(JSON.stringify(one))))).to.deep.equal([
      false,
      true,
      false,
    ]);
  });
});
