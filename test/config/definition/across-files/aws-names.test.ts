import { expect } from "chai";
import { serverNames } from "../../../../config/naming/aws-names";
import { definition, folderSync, load, summary } from "../../support";

const INSTALLATION = { namePrefix: "sftp-sync", region: "eu-central-1" };

const server = (Name: string, prefix: string) => definition({ Name, SyncSettings: [folderSync("/a", prefix)] });

/** Two names with this beginning that are shortened to the same: a hash of 32 bits has such a pair among some ten thousand. */
function pairOf(beginning: string, shortened: (name: string) => string): [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const name = `${beginning}${number}`;
    const found = seen.get(shortened(name));
    if (found !== undefined) {
      return [found, name];
    }
    seen.set(shortened(name), name);
  }
}

describe("awsNamesDiffer", () => {
  it("refuses a server whose role would have the name of another one's", async () => {
    const roleOf = (name: string) => serverNames(INSTALLATION, name).connectorAccessRole;
    const [one, other] = pairOf("payments-of-the-bank-of-the-north-and-south-", roleOf);
    const files = { "a.json": server(one, "1"), "b.json": server(other, "2") };
    const result = await load(files, INSTALLATION);
    expect(summary(result)).to.deep.equal([
      `error Name: gives AWS the name of the role ${roleOf(one)}, as does the server at a.json:2:11`,
    ]);
    expect(result.definitions.map(({ name }) => name)).to.deep.equal([one]);
    expect((await load(files)).problems).to.deep.equal([]);
    expect((await load(files, { ...INSTALLATION, namePrefix: "s" })).problems).to.deep.equal([]);
  });

  it("refuses one that is called as another one is shortened", async () => {
    const long = "payments-of-the-bank-of-the-north-and-of-the-south-of-europe";
    const group = serverNames(INSTALLATION, long).scheduleGroup;
    const files = { "a.json": server(group.replace("sftp-sync-", ""), "1"), "b.json": server(long, "2") };
    expect(summary(await load(files, INSTALLATION))).to.deep.equal([
      `error Name: gives AWS the name of the schedule group ${group}, as does the server at a.json:2:11`,
    ]);
  });

  it("takes long names that only begin alike, and tells two files with one name as that", async () => {
    const long = "payments-of-the-bank-of-the-north-and-of-the-south-of-europe";
    const files = {
      "a.json": server(`${long}-1`, "1"),
      "b.json": server(`${long}-2`, "2"),
      "c.json": server(`${long}-2`, "3"),
    };
    expect(summary(await load(files, INSTALLATION))).to.deep.equal([
      `error Name: the server at b.json:2:11 has the name ${long}-2 already`,
    ]);
  });
});
