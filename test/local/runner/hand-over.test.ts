import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { loadDefinitionFiles } from "../../../config/load-definitions";
import { settingsSchema } from "../../../config/settings/settings-schema";
import { runDefinition } from "../../../local/run-definition";
import { startSftpServer } from "../../../local/sftp-server/sftp-server";
import { partnerDefinition } from "../../support/partner-definition";
import { tempFolder } from "../../support/temp-folder";

/** What `npm run build` makes, and `npm test` makes first. */
const FUNCTIONS_DIR = join(__dirname, "..", "..", "..", "dist", "functions");

describe("a run that goes on in further executions", () => {
  it("is one run with one report", async () => {
    const folder = tempFolder();
    const remote = join(folder, "remote");
    await mkdir(join(remote, "in", "sub"), { recursive: true });
    await writeFile(join(remote, "in", "sub", "a.csv"), "alpha");
    const server = await startSftpServer({ root: remote, username: "u", password: "p" });
    const file = join(folder, "partner.yaml");
    await writeFile(file, partnerDefinition(server));
    const [definition] = (await loadDefinitionFiles([file])).definitions;
    if (definition === undefined) {
      throw new Error("the definition is wrong");
    }
    const states: string[] = [];
    try {
      const [result, ...more] = await runDefinition({
        definition,
        settings: settingsSchema.parse({ region: "eu-central-1", roundsPerExecution: 1 }),
        dataDirectory: join(folder, "data"),
        functionsDir: async () => FUNCTIONS_DIR,
        credentials: { username: "u", password: "p" },
        observer: { entered: (state) => states.push(state) },
      });
      expect(more).to.deep.equal([]);
      expect(result).to.deep.include({ status: "SUCCEEDED", bytes: 5 });
      expect(states.filter((state) => state === "PrepareRun").length).to.be.above(1);
      expect(states.filter((state) => state === "FinishRun")).to.have.length(1);
      expect(await readFile(join(folder, "data", "lake", "in", "sub", "a.csv"), "utf8")).to.equal("alpha");
    } finally {
      await server.close();
    }
  });
});
