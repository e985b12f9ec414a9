// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's templates are the subject
import { expect } from "chai";
import { formatProblem } from "../../config/problems/problem";
import { parseSettings } from "../../config/settings/settings";
import type { ServerDefinition } from "../../contract/model";
import { definition, load, RSA_KEY, sync } from "../config/support";
import { synthTexts } from "./support";

/** A definition with the text in one of its fields. Every one is of another server, and writes somewhere else. */
const FIELDS: Readonly<Record<string, (text: string, id: string) => Record<string, unknown>>> = {
  Name: (text, id) => server(id, { Name: text }),
  FormerName: (text, id) => server(id, { FormerName: text }),
  Description: (text, id) => server(id, { Description: text }),
  Url: (text, id) => server(id, { Url: text }),
  "end of Url": (text, id) => server(id, { Url: `host-${text}.example.com` }),
  SecurityPolicyName: (text, id) => server(id, { SecurityPolicyName: text }),
  "end of SecurityPolicyName": (text, id) =>
    server(id, { SecurityPolicyName: `TransferSFTPConnectorSecurityPolicy-${text}` }),
  PublicKey: (text, id) => server(id, { PublicKey: [text] }),
  "comment of PublicKey": (text, id) => server(id, { PublicKey: [`${RSA_KEY} ${text}`] }),
  Schedule: (text, id) => server(id, { Schedule: text }),
  ScheduleTimezone: (text, id) => server(id, { ScheduleTimezone: text }),
  "Name of a sync": (text, id) => inSync(id, { Name: text }),
  BucketName: (text, id) => inSync(id, { LocalRepository: { BucketName: text, Prefix: id } }),
  "end of BucketName": (text, id) => inSync(id, { LocalRepository: { BucketName: `lake-${text}`, Prefix: id } }),
  Prefix: (text, id) => inSync(id, { LocalRepository: { BucketName: "lake", Prefix: `${id}/${text}` } }),
  KmsKeyArn: (text, id) =>
    inSync(id, {
      LocalRepository: {
        BucketName: "lake",
        Prefix: id,
        KmsKeyArn: `arn:aws:kms:eu-central-1:111122223333:key/k-${text}`,
      },
    }),
  Folder: (text, id) => inSync(id, { RemoteFolders: { Folder: `/${text}`, Recursive: true } }),
  Include: (text, id) => inSync(id, { RemoteFolders: { Folder: "/in", Recursive: false, Include: [text] } }),
  Exclude: (text, id) => inSync(id, { RemoteFolders: { Folder: "/in", Recursive: false, Exclude: [`a${text}`] } }),
  MaxDepth: (text, id) => inSync(id, { RemoteFolders: { Folder: "/in", Recursive: true, MaxDepth: text } }),
  "a key at the top": (text, id) => server(id, { [text]: 1 }),
  "a key of its own": (text, id) => server(id, { [`x-${text}`]: 1 }),
  "a value of its own": (text, id) => server(id, { "x-values": [{ a: text }] }),
};

function server(id: string, changes: Record<string, unknown>): Record<string, unknown> {
  const own = sync({ LocalRepository: { BucketName: "lake", Prefix: id } });
  return definition({ Name: id, SyncSettings: [own], ...changes });
}

const inSync = (id: string, changes: Record<string, unknown>) =>
  server(id, { SyncSettings: [sync({ LocalRepository: { BucketName: "lake", Prefix: id }, ...changes })] });

const TOKENS = [
  "${TfToken[TOKEN.0]}",
  "${TfToken[no such token]}",
  "#{TfToken[TOKEN.0]}",
  "&{TfToken[TOKEN.0]}",
  "-8.1881545897087505e+298",
  "82e297",
  "\uff18\uff12e297",
];

/** Tokens only where they are the whole text. */
const WHOLE_TEXTS = ["String Map Token Value", "Any Map Token Value"];

const ATTRIBUTES = ["<aws.scheduler.scheduled-time>", "<aws.scheduler.execution-id>", "<AWS.Scheduler.x>"];

const TEMPLATES = ["${var.env}", "%{if true}", "$${x}", "${"];

describe("texts that other programs would take for something of their own", () => {
  const valid: ServerDefinition[] = [];
  const neighbour = () => server("neighbour", {});
  let count = 0;

  async function outcome(fieldsOf: (text: string, id: string) => Record<string, unknown>, text: string) {
    count += 1;
    const { definitions, problems } = await load({ "a.json": fieldsOf(text, `s-${count}`), "b.json": neighbour() });
    valid.push(...definitions.filter(({ name }) => name !== "neighbour"));
    expect(definitions.map(({ name }) => name)).to.include("neighbour");
    return problems;
  }

  for (const [field, fieldsOf] of Object.entries(FIELDS)) {
    for (const text of [...TOKENS, ...ATTRIBUTES]) {
      it(`are refused in ${field}: ${text}`, async () => {
        const problems = await outcome(fieldsOf, text);
        expect(problems.some(({ severity }) => severity === "error")).to.equal(true);
      });
    }
  }

  for (const [field, fieldsOf] of Object.entries(FIELDS)) {
    for (const text of WHOLE_TEXTS) {
      it(`do no harm in ${field}: ${text}`, async () => {
        // Those that are valid are synthesized below.
        await outcome(fieldsOf, text);
      });
    }
  }

  it("are refused where they are the whole text", async () => {
    for (const text of WHOLE_TEXTS) {
      const problems = await outcome((value, id) => server(id, { Description: value }), text);
      expect(problems.map(({ severity }) => severity)).to.deep.equal(["error"]);
    }
  });

  const named = ["Description", "Prefix", "Folder", "Include", "Exclude", "Name", "Name of a sync"];
  for (const [field, fieldsOf] of Object.entries(FIELDS).filter(([name]) => named.includes(name))) {
    for (const text of TEMPLATES) {
      it(`are named in ${field}: ${text}`, async () => {
        const problems = await outcome(fieldsOf, text);
        expect(problems.map(formatProblem)).not.to.deep.equal([]);
      });
    }
  }

  // Tests of one file run in their order.
  it("break no stack of another server, and mean themselves to Terraform where they are let through", () => {
    expect(valid.length).to.be.above(10);
    const texts = synthTexts({ definitions: valid });
    expect(texts.size).to.equal(1 + valid.length);
    for (const [id, text] of texts) {
      expect(/(?<!\$)\$\{(var\.env|x)|(?<!%)%\{/.exec(text), id).to.equal(null);
    }
  });

  it("are told with what they are, and where", async () => {
    const changed = { ...server("b", { Description: "a-82e297b" }), "x-${TfToken[a]}": 1 };
    const { problems } = await load({ "b.json": changed });
    expect(problems.map(({ path, message, received }) => [path, message, received])).to.deep.equal([
      [
        "Description",
        "has a number which CDKTF takes for a reference of its own: no stack could be synthesized",
        '"82e297"',
      ],
      [
        "x-${TfToken[a]}",
        "has a token, which CDKTF takes for a reference of its own: no stack could be synthesized",
        '"${TfToken[a]}"',
      ],
    ]);
  });

  const SETTINGS: readonly ((text: string) => Record<string, unknown>)[] = [
    (text) => ({ namePrefix: text }),
    (text) => ({ namePrefix: `a-${text}` }),
    (text) => ({ serviceName: text }),
    (text) => ({ additionalTags: { Cost: text } }),
    (text) => ({ additionalTags: { [text]: "x" } }),
    (text) => ({ permissionsBoundaryArn: `arn:aws:iam::111122223333:policy/${text}` }),
    (text) => ({ notificationEmails: [`${text}@example.com`] }),
    (text) => ({ terraformCloud: { organization: "a", workspacePrefix: "b", project: text } }),
    (text) => ({ terraformCloud: { organization: text, workspacePrefix: "b" } }),
    (text) => ({ terraformCloud: { organization: "a", workspacePrefix: text } }),
  ];

  it("are refused in settings", () => {
    for (const settingsOf of SETTINGS) {
      for (const text of TOKENS) {
        const { settings } = parseSettings({ region: "eu-central-1", ...settingsOf(text) });
        expect(settings, JSON.stringify(settingsOf(text))).to.equal(undefined);
      }
    }
  });

  it("are refused in settings where they are a whole value", () => {
    for (const text of WHOLE_TEXTS) {
      for (const changes of [
        { serviceName: text },
        { additionalTags: { Cost: text } },
        { additionalTags: { [text]: "" } },
      ]) {
        expect(parseSettings({ region: "eu-central-1", ...changes }).settings, text).to.equal(undefined);
      }
    }
  });

  it("are refused in settings, or mean themselves to Terraform", () => {
    for (const settingsOf of SETTINGS) {
      for (const text of ["${var.env}", "%{x}"]) {
        const { settings } = parseSettings({ region: "eu-central-1", ...settingsOf(text) });
        const stacks = settings === undefined ? new Map<string, string>() : synthTexts({ settings });
        for (const stack of stacks.values()) {
          expect(/(?<!\$)\$\{var\.env|(?<!%)%\{x/.exec(stack), JSON.stringify(settingsOf(text))).to.equal(null);
        }
      }
    }
  });
});
