import { expect } from "chai";
import { parseSettings } from "../../../config/settings/settings";
import { placesAllowedTo, refusedPart, type TargetBuckets } from "../../../config/settings/target-buckets";

const settingsWith = (targetBuckets: unknown) => parseSettings({ region: "eu-central-1", targetBuckets });

const RULES: TargetBuckets = [
  { servers: ["acme-*", "acme"], allow: ["acme-*", "lake/in/acme"] },
  { servers: ["*"], allow: ["public"] },
  { servers: ["a*b*c"], allow: ["abc"] },
];

describe("targetBuckets", () => {
  it("allow every place where there are none", () => {
    expect(settingsWith(undefined).settings?.targetBuckets).to.equal(undefined);
    expect(placesAllowedTo("acme", undefined)).to.equal(undefined);
    expect(refusedPart(undefined, { BucketName: "any", Prefix: "" })).to.equal(undefined);
  });

  for (const [server, places] of [
    ["acme", ["acme-*", "lake/in/acme", "public"]],
    ["acme-eu", ["acme-*", "lake/in/acme", "public"]],
    ["acmeeu", ["public"]],
    ["not-acme", ["public"]],
    ["abc", ["public", "abc"]],
    ["a-b-b-c", ["public", "abc"]],
    ["ac-b", ["public"]],
    ["abcd", ["public"]],
  ] as const) {
    it(`allow ${server} what every entry for it does`, () => {
      expect(placesAllowedTo(server, RULES)).to.deep.equal(places);
    });
  }

  it("allow a server nothing where no entry is for it", () => {
    const places = placesAllowedTo("other", [{ servers: ["acme"], allow: ["*"] }]);
    expect(places).to.deep.equal([]);
    expect(refusedPart(places, { BucketName: "any", Prefix: "" })).to.equal("BucketName");
  });

  for (const [place, BucketName, Prefix, refused] of [
    ["lake", "lake", "", undefined],
    ["lake", "lake", "in/x", undefined],
    ["lake", "lake2", "", "BucketName"],
    ["lake-*", "lake-eu", "x", undefined],
    ["lake-*", "lake-", "x", undefined],
    ["lake-*", "lake", "x", "BucketName"],
    ["*", "lake", "", undefined],
    ["ab*ba", "aba", "", "BucketName"],
    ["lake/in", "lake", "in", undefined],
    ["lake/in/", "lake", "in/x", undefined],
    ["lake/in", "lake", "inner", "Prefix"],
    ["lake/in", "lake", "", "Prefix"],
    ["lake/in", "lake", "other/in", "Prefix"],
    ["lake-*/in/x", "lake-eu", "in", "Prefix"],
    ["lake-*/in", "lake-eu", "in/x", undefined],
  ] as const) {
    it(`${refused === undefined ? "allow" : "do not allow"} ${BucketName}/${Prefix} by ${place}`, () => {
      expect(refusedPart([place], { BucketName, Prefix })).to.equal(refused);
    });
  }

  it("have the form that the documents show", () => {
    const { settings, problems } = settingsWith([
      { allow: ["public"] },
      { servers: ["acme-*"], allow: ["lake/in/Größe"] },
    ]);
    expect(problems).to.deep.equal([]);
    expect(settings?.targetBuckets).to.deep.equal([
      { servers: ["*"], allow: ["public"] },
      { servers: ["acme-*"], allow: ["lake/in/Größe"] },
    ]);
  });

  for (const [what, value, path] of [
    ["no entry", [], "targetBuckets"],
    ["an entry that allows nothing", [{ allow: [] }], "targetBuckets[0].allow"],
    ["an entry for nobody", [{ servers: [], allow: ["lake"] }], "targetBuckets[0].servers"],
    ["an unknown key", [{ server: "acme", allow: ["lake"] }], "targetBuckets[0].server"],
    ["a wildcard in a prefix", [{ allow: ["lake/in/*"] }], "targetBuckets[0].allow[0]"],
    ["a prefix that no policy can hold", [{ allow: ["lake/отчёты"] }], "targetBuckets[0].allow[0]"],
    ["a prefix that leads out", [{ allow: ["lake/in/.."] }], "targetBuckets[0].allow[0]"],
    ["an ARN", [{ allow: ["arn:aws:s3:::lake"] }], "targetBuckets[0].allow[0]"],
    ["an address", [{ allow: ["s3://lake"] }], "targetBuckets[0].allow[0]"],
    ["a server's name in capitals", [{ servers: ["Acme"], allow: ["lake"] }], "targetBuckets[0].servers[0]"],
  ] as const) {
    it(`are refused with ${what}`, () => {
      const { settings, problems } = settingsWith(value);
      expect(settings).to.equal(undefined);
      expect(problems.map((problem) => problem.path)).to.deep.equal([`context.${path}`]);
    });
  }
});

describe("targetAccounts", () => {
  const problemsOf = (targetAccounts: unknown) =>
    parseSettings({ region: "eu-central-1", targetAccounts }).problems.map(({ path }) => path);

  it("are ids of twelve digits, the first ones zeros or not", () => {
    expect(problemsOf(["111122223333", "000000000001"])).to.deep.equal([]);
  });
  for (const account of [111122223333, "11112222333", "1111-2222-3333", "*", "arn:aws:iam::111122223333:root"]) {
    it(`are not ${JSON.stringify(account)}`, () => {
      expect(problemsOf([account])).to.deep.equal(["context.targetAccounts[0]"]);
    });
  }
  it("are not more than a policy has room for", () => {
    expect(problemsOf(new Array(20).fill("111122223333"))).to.deep.equal([]);
    expect(problemsOf(new Array(21).fill("111122223333"))).to.deep.equal(["context.targetAccounts"]);
  });
});

describe("secretReaders", () => {
  for (const reader of ["*", "arn:aws:iam::111122223333:role/rotation", "arn:aws:iam::*:user/ops/*"]) {
    it(`may be ${reader}`, () => {
      expect(parseSettings({ region: "eu-central-1", secretReaders: [reader] }).problems).to.deep.equal([]);
    });
  }
  for (const reader of ["rotation", "arn:aws:sts::111122223333:assumed-role/rotation/x", "arn:aws:iam::1:role/x"]) {
    it(`may not be ${reader}`, () => {
      const { problems } = parseSettings({ region: "eu-central-1", secretReaders: [reader] });
      expect(problems.map(({ path }) => path)).to.deep.equal(["context.secretReaders[0]"]);
    });
  }
});

describe("additionalTags", () => {
  it("may not have the keys that policies go by, in whichever case", () => {
    for (const key of ["SftpSyncServer", "sftpsyncpart", "SFTPSYNCINSTALLATION"]) {
      const { problems } = parseSettings({ region: "eu-central-1", additionalTags: { [key]: "x" } });
      expect(
        problems.map(({ path }) => path),
        key,
      ).to.deep.equal(["context.additionalTags"]);
    }
  });
});
