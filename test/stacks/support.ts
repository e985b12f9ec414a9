import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { parseSettings, type Settings } from "../../config/settings/settings";
import type { ServerDefinition, SyncDefinition } from "../../contract/model";
import type { SyncSetting } from "../../contract/sync-setting";
import { synthStacks } from "../../stacks/app";
import { inStateOrder } from "./addresses";

const ZIPS = ["run", "shared"];

const elements = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));

export const stackSchema = z.looseObject({
  resource: elements,
  data: elements,
  output: z.record(z.string(), z.looseObject({ value: z.unknown() })),
  terraform: z.record(z.string(), z.unknown()),
  provider: z.record(z.string(), z.unknown()),
});

/** A synthesized stack. */
export type StackJson = z.infer<typeof stackSchema>;

export const HOST_KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7";

/** Settings as `context` of cdktf.json would give them. */
export function testSettings(context: Record<string, unknown> = {}): Settings {
  const { settings, problems } = parseSettings({ region: "eu-central-1", ...context });
  if (settings === undefined) {
    throw new Error(JSON.stringify(problems));
  }
  return settings;
}

/** @param changes of the setting, and of what starts the sync. */
export function testSync(
  name: string,
  { schedule, enabled = true, ...setting }: Partial<SyncSetting & Omit<SyncDefinition, "setting">> = {},
): SyncDefinition {
  return {
    setting: {
      Name: name,
      LocalRepository: { BucketName: "data-lake", Prefix: `in/${name}` },
      RemoteFolders: { Folder: `/${name}`, Recursive: true, Include: [], Exclude: [], MaxDepth: 100 },
      ChangeDetection: "ledger",
      MinimumAgeSeconds: 0,
      MissingFolder: "fail",
      MissingObject: "fail",
      SizeMismatch: "fail",
      ShiftedTimes: "ignore",
      ...setting,
    },
    schedule: schedule ?? { kind: "cron", expression: "cron(0 * * * ? *)", timezone: "UTC" },
    enabled,
  };
}

export function testServer(name: string, changes: Partial<ServerDefinition> = {}): ServerDefinition {
  return {
    name,
    description: "",
    url: "sftp.example.com",
    securityPolicyName: "TransferSFTPConnectorSecurityPolicy-2024-03",
    trustedHostKeys: [HOST_KEY],
    maxConcurrentConnections: 5,
    syncs: [testSync("orders")],
    ...changes,
  };
}

/** A folder that is gone after the test. */
export function withTemporaryFolder<T>(work: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    return work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Zips with something in them: stacks look at no more than the bytes. */
export function writeTestZips(dir: string): string {
  mkdirSync(dir, { recursive: true });
  for (const zip of ZIPS) {
    writeFileSync(join(dir, `${zip}.zip`), `bytes of ${zip}`);
  }
  return dir;
}

export interface SynthInput {
  readonly definitions?: readonly ServerDefinition[];
  readonly settings?: Settings;
}

/** Synthesizes into a folder below `dir`. */
export function synthInto(dir: string, { definitions = [], settings = testSettings() }: SynthInput): string {
  const outdir = join(dir, "out");
  synthStacks({ settings, definitions, functionsDir: writeTestZips(join(dir, "zips")), outdir });
  return join(outdir, "stacks");
}

/** The text of every synthesized stack, by stack id. */
export function synthTexts(input: SynthInput): Map<string, string> {
  return withTemporaryFolder((dir) => {
    const stacks = synthInto(dir, input);
    return new Map(readdirSync(stacks).map((id) => [id, readFileSync(join(stacks, id, "cdk.tf.json"), "utf8")]));
  });
}

/** One synthesized stack, parsed. */
export function synthStack(id: string, input: SynthInput): StackJson {
  const text = synthTexts(input).get(id);
  if (text === undefined) {
    throw new Error(`no stack ${id}`);
  }
  return stackSchema.parse(JSON.parse(text));
}

/** Resources of a type by name; empty where there are none. */
export const resources = (stack: StackJson, type: string) => stack.resource[type] ?? {};

/** The attributes of the resource at an address. */
export function resource(stack: StackJson, address: string): Record<string, unknown> {
  const [type = "", name = ""] = address.split(".");
  const attributes = stack.resource[type]?.[name];
  if (attributes === undefined) {
    throw new Error(`${address} is not in the stack`);
  }
  return attributes;
}

/** JSON text within an attribute, parsed, with Terraform's escapes undone. */
export function embeddedJson<T>(schema: z.ZodType<T>, text: unknown): T {
  const plain = z.string().parse(text).replaceAll("$${", "${").replaceAll("%%{", "%{");
  return schema.parse(JSON.parse(plain));
}

/** Every address of a stack, as `terraform state list` would show it. */
export function addresses(stack: StackJson): string[] {
  const of = (kind: StackJson["resource"], prefix: string) =>
    Object.entries(kind).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${prefix}${type}.${name}`));
  return inStateOrder([...of(stack.data, "data."), ...of(stack.resource, "")]);
}

/** A reference as it stands in Terraform JSON. */
export const ref = (expression: string): string => `\${${expression}}`;
