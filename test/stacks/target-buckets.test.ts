// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are part of the subject
import { expect } from "chai";
import fc from "fast-check";
import { refusedPart } from "../../config/settings/target-buckets";
import { policySchema } from "../least-privilege/policy";
import { embeddedJson, resource, synthStack, testServer, testSettings, testSync } from "./support";

const ALLOWED = ["lake/in/acme", "lake/out", "acme-*"];

const settings = testSettings({ targetBuckets: [{ servers: ["acme"], allow: ALLOWED }] });

const segment = fc.constantFrom("in", "acme", "out", "a*b", "x${y}", "отчёты", "in*", "acme2", "Größe", "?");
const path = (min: number) => fc.array(segment, { minLength: min, maxLength: 3 }).map((parts) => parts.join("/"));

/** A sync of somewhere to somewhere, of which the settings allow about a half. */
const place = fc.record({
  BucketName: fc.constantFrom("lake", "acme-1", "acme-", "other"),
  Prefix: fc.oneof(
    path(0),
    path(0).map((rest) => ["in/acme", rest].filter((part) => part !== "").join("/")),
  ),
  Folder: fc.tuple(path(0), fc.constantFrom("", "/%year%", "/d-%day%/x")).map(([folder, tag]) => `/${folder}${tag}`),
});

const syncOf = (
  { Folder, ...LocalRepository }: { BucketName: string; Prefix: string; Folder: string },
  index: number,
) =>
  testSync(`sync-${index}`, {
    LocalRepository,
    RemoteFolders: {
      Folder: Folder.replace(/(?<=.)\/$/, ""),
      Recursive: true,
      Include: [],
      Exclude: [],
      MaxDepth: 100,
    },
  });

describe("targetBuckets in the stacks", () => {
  it("keep a server's stack from being written for a place that they do not allow", () => {
    const definitions = [testServer("acme", { syncs: [testSync("orders")] })];
    expect(() => synthStack("server-acme", { definitions, settings })).to.throw(
      "The sync orders of acme writes to s3://data-lake/in/orders, which targetBuckets does not allow (allowed: lake/in/acme, lake/out, acme-*).",
    );
    const forNobody = [testServer("other", { syncs: [testSync("orders")] })];
    expect(() => synthStack("server-other", { definitions: forNobody, settings })).to.throw("(allowed: no bucket)");
  });

  it("are as wide as any policy gets", () => {
    const places = fc.array(place, { minLength: 1, maxLength: 4 });
    const property = fc.property(places, (all) => {
      const syncs = all.filter((one) => refusedPart(ALLOWED, one) === undefined).map(syncOf);
      fc.pre(syncs.length > 0);
      const stack = synthStack("server-acme", { definitions: [testServer("acme", { syncs })], settings });
      const arns = ["engine", "connector_access"].flatMap((role) => {
        const { policy } = resource(stack, `aws_iam_role_policy.${role}`);
        return embeddedJson(policySchema, policy).Statement.flatMap(({ Resource = [] }) => Resource);
      });
      const objects = arns.flatMap((arn) => /^arn:\S*?:s3:::([^/]+)\/(.*)$/s.exec(arn)?.slice(1, 3) ?? []);
      expect(objects).not.to.be.empty;
      for (let index = 0; index < objects.length; index += 2) {
        expect(beginning(objects[index + 1] ?? ""), objects[index + 1]).to.satisfy((key: string) =>
          objects[index]?.startsWith("acme-") ? true : key.startsWith("in/acme/") || key.startsWith("out/"),
        );
      }
    });
    fc.assert(property, { numRuns: 15, seed: 7 });
  });
});

/** What all keys of a pattern begin with: up to the first wildcard, with the plain characters for IAM's escapes. */
const beginning = (pattern: string): string =>
  (/^(\$\{[*?$]\}|[^*?])*/.exec(pattern)?.[0] ?? "").replace(/\$\{([*?$])\}/g, "$1");
