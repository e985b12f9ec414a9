import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { loadDefinitionFiles, loadDefinitions } from "../../config/load-definitions";
import { formatProblem } from "../../config/problems/problem";
import { tempFolder } from "../support/temp-folder";
import { definition, ECDSA_KEY, folderSync, hostKey, load, RSA_KEY, summary, sync } from "./support";

const SERVERS = join(__dirname, "../../servers");

describe("loadDefinitions", () => {
  it("reads a file of the AWS sample as it is", async () => {
    const { definitions, problems } = await load({
      "sftp-provider-1.json": `{
    "Description": "SFTP Sync Service for Provider 1",
    "Name": "SFTP-Provider-1",
    "Schedule": "@hourly",
    "Url": "sftp-service.provider1.com",
    "SecurityPolicyName": "TransferSFTPConnectorSecurityPolicy-2024-03",
    "SyncSettings": [
        {
            "LocalRepository": { "BucketName": "my-local-bucket", "Prefix": "sftp-provider-1/full-sync" },
            "RemoteFolders": { "Folder": "/home/folder-1", "Recursive": true }
        },
        {
            "LocalRepository": { "BucketName": "my-other-local-bucket", "Prefix": "sftp-provider-1/root" },
            "RemoteFolders": { "Folder": "/home/folder-2/%year%", "Recursive": false },
            "Schedule": "on-demand"
        }
    ],
    "PublicKey": ["${RSA_KEY}"]
}`,
    });
    expect(problems.map(formatProblem)).to.deep.equal([
      "sftp-provider-1.json:3:13 Name: warning: is used as sftp-provider-1 " +
        '(received: "SFTP-Provider-1"; allowed: 1 to 64 of a-z, 0-9 and -)',
    ]);
    const all = { Include: [], Exclude: [], MaxDepth: 100 };
    const rest = {
      ChangeDetection: "ledger",
      MinimumAgeSeconds: 0,
      MissingObject: "fail",
      SizeMismatch: "fail",
      ShiftedTimes: "ignore",
    };
    expect(definitions).to.deep.equal([
      {
        name: "sftp-provider-1",
        description: "SFTP Sync Service for Provider 1",
        url: "sftp-service.provider1.com",
        securityPolicyName: "TransferSFTPConnectorSecurityPolicy-2024-03",
        trustedHostKeys: [RSA_KEY],
        maxConcurrentConnections: 5,
        syncs: [
          {
            setting: {
              Name: "home-folder-1",
              LocalRepository: { BucketName: "my-local-bucket", Prefix: "sftp-provider-1/full-sync" },
              RemoteFolders: { Folder: "/home/folder-1", Recursive: true, ...all },
              MissingFolder: "fail",
              ...rest,
            },
            schedule: { kind: "cron", expression: "cron(0 * * * ? *)", timezone: "UTC" },
            enabled: true,
          },
          {
            setting: {
              Name: "home-folder-2-year",
              LocalRepository: { BucketName: "my-other-local-bucket", Prefix: "sftp-provider-1/root" },
              RemoteFolders: { Folder: "/home/folder-2/%year%", Recursive: false, ...all },
              MissingFolder: "ignore",
              ...rest,
            },
            schedule: { kind: "on-demand" },
            enabled: true,
          },
        ],
      },
    ]);
  });

  it("reports several mistakes in several files all at once, each once, by line and column", async () => {
    const ed25519 = hostKey("ssh-ed25519", Buffer.alloc(32, 7));
    const { definitions, problems } = await load({
      "a.yaml": `# A definition with mistakes
Name: Partner A
Url: sftp://user:hunter2@host
Shedule: "@daily"
Password: hunter2
PublicKey:
  - ${RSA_KEY} root@host
  - ${ed25519}
SecurityPolicyName: TransferSFTPConnectorSecurityPolicy-2030-01
MaxConcurrentConnections: 6
Schedule: 0 0 30 2 ? *
SyncSettings:
  - LocalRepository: {BucketName: My_Bucket, Prefix: /in/}
    RemoteFolders:
      Folder: data/
      Recursive: yes
      Include: ["/x", ""]
  - RemoteFolders:
      Folder: /a/b
    ScheduleTimezone: Europe/Berln
    Enabled:
`,
      "b.json": `{
  "Name": "partner-a",
  "Url": "host:2222",
  "Schedule": "@weekly",
  "SyncSettings": [],
  "Url": "host:2222"
}
`,
      "c.yaml": `Name: good\nUrl: host\nPublicKey: ["${ECDSA_KEY}"]\nSchedule: on-demand\nSyncSettings:
  - LocalRepository: {BucketName: data-lake}\n    RemoteFolders: {Folder: /, Recursive: false}\n`,
      "d.yaml": "Name: *unknown\n",
      "e.yaml": Buffer.from([0xff, 0xfe, 0x00]),
    });
    expect(definitions.map(({ name }) => name)).to.deep.equal(["good"]);
    expect(
      problems.map(({ severity, file, line, column, path, message }) =>
        [severity, `${file}:${line}:${column}`, path, message].join(" "),
      ),
    ).to.deep.equal([
      "warning a.yaml:2:7 Name is used as partner-a",
      "error a.yaml:3:6 Url holds a user before an @, and credentials do not belong in a file",
      "error a.yaml:4:1 Shedule unknown key Shedule; did you mean Schedule?",
      "error a.yaml:5:1 Password unknown key Password: credentials do not belong in a file; they are put into the " +
        "server's secret",
      "warning a.yaml:7:5 PublicKey[0] the comment after the key was removed",
      "error a.yaml:8:5 PublicKey[1] is an ed25519 key, which SFTP connectors do not support",
      "warning a.yaml:9:21 SecurityPolicyName is not a security policy known to this version",
      "error a.yaml:10:27 MaxConcurrentConnections is too large",
      "error a.yaml:11:11 Schedule never fires: there is no such date",
      "error a.yaml:13:35 SyncSettings[0].LocalRepository.BucketName is not a valid bucket name",
      "warning a.yaml:13:54 SyncSettings[0].LocalRepository.Prefix slashes at the ends were removed",
      "error a.yaml:15:15 SyncSettings[0].RemoteFolders.Folder is not absolute",
      "error a.yaml:16:18 SyncSettings[0].RemoteFolders.Recursive has the wrong type",
      "error a.yaml:17:17 SyncSettings[0].RemoteFolders.Include[0] begins with a slash",
      "error a.yaml:17:23 SyncSettings[0].RemoteFolders.Include[1] is empty",
      "error a.yaml:18:5 SyncSettings[1].LocalRepository is missing",
      "error a.yaml:19:7 SyncSettings[1].RemoteFolders.Recursive is missing",
      "error a.yaml:20:23 SyncSettings[1].ScheduleTimezone is not an IANA time zone; did you mean Europe/Berlin?",
      "error a.yaml:21:5 SyncSettings[1].Enabled has no value",
      "error b.json:1:1 PublicKey the server's trusted host keys are missing",
      "error b.json:2:11 Name the server at a.yaml:2:7 has the name partner-a already",
      "error b.json:4:15 Schedule is not a tag: the day must be given",
      "error b.json:5:19 SyncSettings has too few entries",
      "error b.json:6:3  the key Url is given twice",
      "error d.yaml:1:7  YAML: this alias (*) has no anchor (&) before it",
      "error e.yaml:0:0  cannot be read: it is not UTF-8 text",
    ]);
    expect(JSON.stringify(problems)).not.to.contain("hunter2");
  });

  it("says how to obtain missing host keys, once, with the host filled in", async () => {
    for (const PublicKey of [undefined, null, []]) {
      const { problems } = await load({ "a.json": definition({ PublicKey, Url: "sftp.example.com:2222" }) });
      expect(problems.map(({ path }) => path)).to.deep.equal(["PublicKey"]);
      expect(problems[0]?.allowed).to.contain("`ssh-keyscan -p 2222 -t rsa,ecdsa sftp.example.com`");
    }
  });

  it("takes up to ten keys, and no private one is ever shown", async () => {
    expect(await load({ "a.json": definition({ PublicKey: keys(10) }) }).then(summary)).to.deep.equal([]);
    expect(await load({ "a.json": definition({ PublicKey: keys(11) }) }).then(summary)).to.deep.equal([
      "error PublicKey: has too many entries",
    ]);
    const pasted = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----\n";
    for (const PublicKey of [pasted, [pasted], { Key: pasted }]) {
      const { problems } = await load({ "a.json": definition({ PublicKey }) });
      expect(problems).not.to.be.empty;
      expect(JSON.stringify(problems)).not.to.contain("b3BlbnNz");
    }
  });

  const wrongTypes: readonly (readonly [Record<string, unknown>, string, string])[] = [
    [{ Name: 5 }, "Name", "text, in quotes"],
    [{ Description: true }, "Description", "text, in quotes"],
    [{ Enabled: "true" }, "Enabled", "true or false"],
    [{ Enabled: 1 }, "Enabled", "true or false"],
    [{ MaxConcurrentConnections: "5" }, "MaxConcurrentConnections", "a number"],
    [{ MaxConcurrentConnections: 1.5 }, "MaxConcurrentConnections", "a whole number"],
    [{ PublicKey: RSA_KEY }, "PublicKey", "a list"],
    [{ SyncSettings: {} }, "SyncSettings", "a list"],
    [{ SyncSettings: ["/data"] }, "SyncSettings[0]", "a map of fields"],
    [{ SyncSettings: [sync({ ChangeDetection: "none" })] }, "SyncSettings[0].ChangeDetection", "ledger, modified-time"],
    [{ SyncSettings: [sync({ MissingFolder: true })] }, "SyncSettings[0].MissingFolder", "fail, ignore"],
    [{ SyncSettings: [sync({ MinimumAgeSeconds: -1 })] }, "SyncSettings[0].MinimumAgeSeconds", "at least 0"],
    [{ SyncSettings: [sync({ AllowOverlap: "yes" })] }, "SyncSettings[0].AllowOverlap", "true or false"],
  ];
  for (const [changes, path, allowed] of wrongTypes) {
    it(`refuses ${JSON.stringify(changes).slice(0, 60)}`, async () => {
      const { definitions, problems } = await load({ "a.json": definition(changes) });
      expect(definitions).to.deep.equal([]);
      expect(problems.map((one) => [one.severity, one.path, one.allowed])).to.deep.equal([["error", path, allowed]]);
    });
  }

  it("takes anchors, aliases and merge keys", async () => {
    const { definitions, problems } = await load({
      "a.yaml": `Name: a
Url: host
PublicKey: ["${RSA_KEY}"]
Schedule: "@daily"
SyncSettings:
  - &first
    LocalRepository: &place {BucketName: data-lake, Prefix: a}
    RemoteFolders: {Folder: /one, Recursive: true}
  - LocalRepository: *place
    RemoteFolders: {Folder: /two, Recursive: true}
  - <<: *first
    RemoteFolders: {Folder: /three, Recursive: true}
`,
    });
    expect(problems).to.deep.equal([]);
    expect(definitions[0]?.syncs.map(({ setting }) => [setting.Name, setting.LocalRepository.Prefix])).to.deep.equal([
      ["one", "a"],
      ["two", "a"],
      ["three", "a"],
    ]);
  });

  it("says once, and where it stands, what is wrong under an anchor", async () => {
    const { problems } = await load({
      "a.yaml": `Name: a
Url: ""
PublicKey: ["${RSA_KEY}"]
Schedule: "@daily"
SyncSettings:
  - &first
    LocalRepository: &place {BucketName: Data_Lake}
    RemoteFolders: {Folder: /one, Recursive: yes}
  - LocalRepository: *place
    RemoteFolders: {Folder: /two}
  - <<: *first
    Name: three
  - LocalRepository: *place
    RemoteFolders: {Recursive: true}
`,
    });
    expect(problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)).to.deep.equal([
      "2:6 Url: is not a host name or IP address",
      "7:42 SyncSettings[0].LocalRepository.BucketName: is not a valid bucket name",
      "8:46 SyncSettings[0].RemoteFolders.Recursive: has the wrong type",
      "10:20 SyncSettings[1].RemoteFolders.Recursive: is missing",
      "14:20 SyncSettings[3].RemoteFolders.Folder: is missing",
    ]);
  });

  it("gives located problems, and never an exception, wherever a file is cut off", async () => {
    const text = readFileSync(join(SERVERS, "example.yaml"), "utf8");
    const files = Array.from({ length: 40 }, (_, index) => [
      `${index}.yaml`,
      text.slice(0, (index * text.length) / 40),
    ]);
    const { problems } = await load(Object.fromEntries(files));
    expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).to.equal(true);
    expect(new Set(problems.map(({ file }) => file)).size).to.be.greaterThan(35);
  });

  it("takes keys at the top that begin with x-, for a file's own anchors, and nowhere else", async () => {
    const text = `x-place: &place {BucketName: data-lake, Prefix: in}
Name: a
Url: sftp.example.com
PublicKey: ["${RSA_KEY}"]
Schedule: "@daily"
SyncSettings:
  - LocalRepository: *place
    RemoteFolders: {Folder: /data, Recursive: true}
    x-note: here
`;
    const { problems } = await load({ "a.yaml": text });
    expect(problems.map(({ line, path }) => [line, path])).to.deep.equal([[9, "SyncSettings[0].x-note"]]);
    const { definitions } = await load({ "a.yaml": text.replace("    x-note: here\n", "") });
    expect(definitions[0]?.syncs[0]?.setting.LocalRepository.BucketName).to.equal("data-lake");
  });

  it("says where a field belongs that stands in another map", async () => {
    const sync = folderSync("/a", "1", { Folder: "/b", Url: "sftp.example.com" });
    expect(summary(await load({ "a.json": definition({ SyncSettings: [sync], BucketName: "b" }) }))).to.deep.equal([
      "error SyncSettings[0].Folder: unknown key Folder; it belongs under SyncSettings[].RemoteFolders",
      "error SyncSettings[0].Url: unknown key Url; it belongs at the top of the file",
      "error BucketName: unknown key BucketName; it belongs under SyncSettings[].LocalRepository",
    ]);
  });

  it("reads a file with a byte order mark and Windows line ends", async () => {
    const text = `\uFEFFName: a\r\nUrl: a b\r\nPublicKey: ["${RSA_KEY}"]\r\n`;
    const { problems } = await load({ "a.yaml": text });
    expect(problems.map(({ line, column, path }) => [line, column, path])).to.deep.equal([
      [1, 1, "SyncSettings"],
      [1, 1, "Schedule"],
      [2, 6, "Url"],
    ]);
  });
});

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => hostKey("ssh-rsa", "e", Buffer.alloc(129, index + 1)));
}

describe("loadDefinitionFiles", () => {
  it("reads the example, which documents every field and has no problem", async () => {
    const { definitions, problems } = await loadDefinitionFiles([join(SERVERS, "example.yaml")]);
    expect(problems).to.deep.equal([]);
    expect(definitions.map(({ name }) => name)).to.deep.equal(["partner-a"]);
  });

  it("reads a file that is given twice once", async () => {
    const file = join(SERVERS, "example.yaml");
    const { definitions, problems } = await loadDefinitionFiles([
      file,
      join(SERVERS, "..", "servers", "example.yaml"),
      file,
    ]);
    expect(problems).to.deep.equal([]);
    expect(definitions).to.have.length(1);
  });

  it("reports a file that is missing, and one that is a folder", async () => {
    const { problems } = await loadDefinitionFiles(["/does/not/exist.yaml", SERVERS]);
    expect(problems.map(formatProblem)).to.deep.equal([
      "/does/not/exist.yaml: cannot be read: no such file",
      `${SERVERS}: cannot be read: it is a folder`,
    ]);
  });

  it("says what belongs in a field that is missing", async () => {
    const { problems } = await load({
      "a.json": definition({ SyncSettings: [{ LocalRepository: {}, RemoteFolders: {} }] }),
    });
    expect(problems.map(({ path, allowed }) => `${path}: ${allowed}`)).to.include.members([
      "SyncSettings[0].LocalRepository.BucketName: text: Name of an existing bucket",
      "SyncSettings[0].RemoteFolders.Folder: text: Absolute remote folder. The tags %year%, %month% and %day% stand for the " +
        "run's date in UTC",
    ]);
  });
});

describe("texts that are not written yet", () => {
  it("are held against the files, in the place of what a file has, and where there is none", async () => {
    const dir = join(tempFolder(), "servers");
    mkdirSync(dir);
    writeFileSync(join(dir, "a.yaml"), JSON.stringify(definition()));
    const renamed = JSON.stringify(definition({ Name: "other" }));
    const inPlace = await loadDefinitions(dir, {}, new Map([[join(dir, "a.yaml"), renamed]]));
    expect(inPlace.definitions.map(({ name }) => name)).to.deep.equal(["other"]);
    const beside = await loadDefinitions(dir, {}, new Map([[join(dir, "b.yaml"), JSON.stringify(definition())]]));
    expect(beside.definitions.map(({ name }) => name)).to.deep.equal(["partner"]);
    expect(beside.problems.map(({ file, path }) => `${file} ${path}`)).to.include(`${join(dir, "b.yaml")} Name`);
  });
});
