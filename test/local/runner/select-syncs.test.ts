import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { selectSyncs } from "../../../local/runner/select-syncs";

const server = {
  name: "partner",
  syncs: [
    { setting: { Name: "on" }, enabled: true },
    { setting: { Name: "off" }, enabled: false },
  ],
};

describe("selectSyncs", () => {
  it("takes the enabled ones", () => {
    expect(selectSyncs(server, undefined).map(({ setting }) => setting.Name)).to.deep.equal(["on"]);
  });

  it("takes a named one even if it is disabled", () => {
    expect(selectSyncs(server, "off").map(({ setting }) => setting.Name)).to.deep.equal(["off"]);
  });

  it("refuses an unknown name with the names there are", () => {
    expect(() => selectSyncs(server, "of")).to.throw(UserError, 'has no sync "of" (allowed: on, off)');
  });
});
