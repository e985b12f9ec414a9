import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import * as z from "zod";

const ROOT = resolve(__dirname, "..");

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.literal(true).optional(),
      /** Part of another package's archive. */
      inBundle: z.literal(true).optional(),
    }),
  ),
});

for (const file of ["package-lock.json", "tools/package-lock.json"]) {
  describe(file, () => {
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, file), "utf8")));
    const fromElsewhere = Object.entries(packages).filter(
      ([place, { link, inBundle }]) => place.includes("node_modules/") && link !== true && inBundle !== true,
    );

    it("has the checksum of every package's archive", () => {
      expect(fromElsewhere).to.have.lengthOf.above(100);
      const unchecked = fromElsewhere.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"));
      expect(unchecked.map(([place]) => place)).to.deep.equal([]);
    });

    it("names npm's registry, if any: where another one is configured, npm goes there all the same", () => {
      const others = fromElsewhere.filter(
        ([, { resolved }]) => resolved && !resolved.startsWith("https://registry.npmjs.org/"),
      );
      expect(others.map(([place]) => place)).to.deep.equal([]);
    });

    it("links to folders of the project alone", () => {
      const links = Object.values(packages).filter(({ link }) => link === true);
      expect(links.filter(({ resolved = "" }) => !(resolved in packages) || resolved.startsWith("."))).to.deep.equal(
        [],
      );
    });
  });
}

describe("package-lock.json", () => {
  it("brings none of the cdktf command, which is installed apart", () => {
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
    expect(Object.keys(packages).filter((place) => /cdktf-cli|@cdktf\/cli-core|jsii/.test(place))).to.deep.equal([]);
  });
});
