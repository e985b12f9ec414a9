import { expect } from "chai";
import { stringify } from "yaml";
import { changeOfSet, changesOfUnset, fieldsOf } from "../../../scripts/commands/definitions/edit";
import { definition, sync } from "../../config/support";

const FIELDS = fieldsOf(
  "partner.yaml",
  stringify(definition({ SyncSettings: [sync(), sync({ Name: "reports" })] }), { lineWidth: 0 }),
);

describe("changes by options", () => {
  const understood: readonly [assignment: string, path: readonly (string | number)[], value: unknown][] = [
    ["Schedule=@daily", ["Schedule"], "@daily"],
    ["Name=123", ["Name"], "123"],
    ["Description=a=b", ["Description"], "a=b"],
    ["Enabled=false", ["Enabled"], false],
    ["MaxConcurrentConnections=2", ["MaxConcurrentConnections"], 2],
    ["SyncSettings[0].ChangeDetection=modified-time", ["SyncSettings", 0, "ChangeDetection"], "modified-time"],
    ["SyncSettings[data].Enabled=true", ["SyncSettings", 0, "Enabled"], true],
    [
      'SyncSettings[reports].RemoteFolders.Include=["*.csv"]',
      ["SyncSettings", 1, "RemoteFolders", "Include"],
      ["*.csv"],
    ],
    ["SyncSettings[1].RemoteFolders.Include[0]=*.csv", ["SyncSettings", 1, "RemoteFolders", "Include", 0], "*.csv"],
  ];
  for (const [assignment, path, value] of understood) {
    it(`understand ${assignment}`, () => {
      expect(changeOfSet(assignment, FIELDS)).to.deep.equal({ kind: "set", path, value });
    });
  }

  const refused: readonly [assignment: string, message: RegExp][] = [
    ["Shedule=@daily", /^A definition has no field Shedule; did you mean Schedule\? \(allowed: .*MaxConcurrent/],
    [
      "SyncSettings[report].Enabled=true",
      /no SyncSettings\[report\]; did you mean reports\? \(allowed: data, reports\)/,
    ],
    ["SyncSettings[0].Folder=/x", /^SyncSettings\[0\] has no field Folder/],
    ["Name.First=x", /^Name has no field First \(allowed: nothing below it\)/],
    ["Schedule", /has no value \(allowed: PATH=VALUE/],
    ["a b=1", /is no field's path/],
    ["SyncSettings[0].RemoteFolders.Include=[", /the value is not YAML/],
  ];
  for (const [assignment, message] of refused) {
    it(`refuse ${assignment}`, () => {
      expect(() => changeOfSet(assignment, FIELDS)).to.throw(message);
    });
  }

  it("remove the last entries of a list first, so that each index means what it meant", () => {
    const paths = ["SyncSettings[0]", "SyncSettings[10]", "SyncSettings[reports]", "Enabled"];
    expect(changesOfUnset(paths, FIELDS).map(({ path }) => path.join("."))).to.deep.equal([
      "SyncSettings.10",
      "SyncSettings.1",
      "SyncSettings.0",
      "Enabled",
    ]);
  });
});
