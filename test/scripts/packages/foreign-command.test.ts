import { once } from "node:events";
import { cpSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { outcomeOf } from "../../support/command";
import { tempFolder } from "../../support/temp-folder";

const ROOT = resolve(__dirname, "../../..");

describe("npx where the project's packages are not installed", function () {
  this.timeout(60_000);

  it("fetches no command of the same name that somebody else has published", async () => {
    const asked: string[] = [];
    const registry = createServer(({ url = "" }, response) => {
      asked.push(url);
      const tarball = `http://127.0.0.1:${port}/sftp-sync-9.0.0.tgz`;
      const version = { name: "sftp-sync", version: "9.0.0", bin: "x.js", dist: { tarball } };
      response.writeHead(url === "/sftp-sync" ? 200 : 404, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ name: "sftp-sync", "dist-tags": { latest: "9.0.0" }, versions: { "9.0.0": version } }),
      );
    }).listen(0, "127.0.0.1");
    await once(registry, "listening");
    const { port } = registry.address() as AddressInfo;
    const cwd = tempFolder();
    for (const file of ["package.json", ".npmrc"]) {
      cpSync(join(ROOT, file), join(cwd, file));
    }
    const env = {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(cwd, "cache"),
      npm_config_userconfig: join(cwd, "none"), // Of whoever runs the tests.
    };
    try {
      const { how, stderr } = await outcomeOf("npx", ["sftp-sync", "list"], { cwd, env });
      expect(how).not.to.equal(0);
      expect(stderr).to.contain("canceled due to missing packages");
      expect(asked.filter((url) => url.endsWith(".tgz"))).to.deep.equal([]);
    } finally {
      registry.close();
    }
  });
});
