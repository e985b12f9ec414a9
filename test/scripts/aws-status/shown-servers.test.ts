import { expect } from "chai";
import { readEnvironment } from "../../../config/settings/environment-file";
import { shownServers } from "../../../scripts/commands/aws/status/shown-servers";
import { statusText } from "../../../scripts/commands/aws/status/status-text";
import { testServer } from "../../stacks/support";

describe("shownServers", () => {
  const definitions = ["partner-a", "partner-b", "other", "old"].map((name) => testServer(name));
  const { environment } = readEnvironment("stage", "environments/stage.json", '{ "servers": ["partner-*"] }');

  it("leaves out what the environment leaves out, unless it is deployed", () => {
    const { shown, leftOut } = shownServers(["old", "gone"], definitions, environment);
    expect([...shown.keys()].sort()).to.deep.equal(["gone", "old", "partner-a", "partner-b"]);
    expect(shown.get("old")?.name).to.equal("old");
    expect(leftOut).to.deep.equal(["other"]);
  });

  it("shows all without an environment", () => {
    const { shown, leftOut } = shownServers([], definitions, undefined);
    expect([...shown.keys()]).to.deep.equal(definitions.map(({ name }) => name));
    expect(leftOut).to.deep.equal([]);
  });

  it("are told from those that somebody forgot to deploy, where one is asked for by name", () => {
    const unknown = { unknown: "not asked" };
    const server = {
      server: "other",
      isDefined: true,
      deployed: { value: { syncs: [], missing: ["in"], differing: [] } },
      lastRun: unknown,
      nextRuns: unknown,
      alarms: unknown,
      credentials: unknown,
      connector: unknown,
    };
    const result = {
      account: "1",
      region: "r",
      servers: [server],
      sharedAlarms: { value: [] },
      hasInvalidDefinitions: false,
    };
    const text = statusText({ ...result, notInEnvironment: ["other"] });
    expect(text)
      .to.match(/^other +not in this environment$/m)
      .and.contain("--env");
    expect(text).not.to.match(/deploy other|1 defined server/);
    expect(statusText(result)).to.contain("npx sftp-sync deploy other");
  });

  it("are told with how many there are besides", () => {
    const common = {
      account: "1",
      region: "r",
      servers: [],
      sharedAlarms: { value: [] },
      hasInvalidDefinitions: false,
    };
    expect(statusText({ ...common, notInEnvironment: ["other", "old"] })).to.equal(
      "Account 1, r\nNo server is defined in servers/ for this environment, and none is deployed.\n2 defined servers not in this environment",
    );
    expect(statusText(common)).to.equal(
      "Account 1, r\nNo server is defined in servers/, and none is deployed. Next: npx sftp-sync new",
    );
  });
});
