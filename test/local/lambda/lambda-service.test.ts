import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { FunctionConfig } from "../../../local/lambda/function-config";
import { FunctionFailed } from "../../../local/lambda/invocation";
import { LambdaService } from "../../../local/lambda/lambda-service";
import { WarmSandboxes } from "../../../local/lambda/warm-sandboxes";
import { keepEnvironment } from "../../support/environment";
import { errorOf } from "../../support/errors";
import { functionFixtures } from "./fixture-zip";

describe("LambdaService", () => {
  let fixtures: Awaited<ReturnType<typeof functionFixtures>>;
  let service: LambdaService | undefined;

  function start(...functions: FunctionConfig[]): LambdaService {
    return startWith(undefined, ...functions);
  }

  function startWith(warm: WarmSandboxes | undefined, ...functions: FunctionConfig[]): LambdaService {
    service = new LambdaService({
      functions,
      warm,
      platform: { region: "eu-central-1", endpoint: { url: "http://127.0.0.1:1", secretAccessKey: "secret" } },
      codeFolder: join(fixtures.folder, "code"),
      logFolder: join(fixtures.folder, "logs"),
    });
    return service;
  }

  beforeEach(async () => {
    fixtures = await functionFixtures();
  });

  afterEach(async () => {
    await service?.close();
    service = undefined;
    await fixtures.remove();
  });

  it("returns what the handler returns, as JSON carries it", async () => {
    const config = await fixtures.deploy(
      "echo",
      "export const handler = async (e) => ({ e, at: new Date(0), no: undefined });",
    );
    const result = await start(config).invoke("echo", { a: 1 });
    expect(result).to.deep.equal({ e: { a: 1 }, at: "1970-01-01T00:00:00.000Z" });
  });

  it("returns null for a handler that returns nothing", async () => {
    const lambda = start(await fixtures.deploy("nothing", "export const handler = async () => {};"));
    expect(await lambda.invoke("nothing", {})).to.equal(null);
  });

  it("kills what a function is doing, and the next invocation finds a new sandbox", async () => {
    const source = "export const handler = async ({ wait }) => (wait ? new Promise(() => {}) : 1);";
    const lambda = start(await fixtures.deploy("victim", source));
    await lambda.warmUp(["victim"]);
    const killed = errorOf(lambda.invoke("victim", { wait: true }));
    await lambda.crash("victim");
    expect(await killed).to.include({ name: "Runtime.ExitError" });
    expect(await lambda.invoke("victim", {})).to.equal(1);
  });

  it("finds a function by name, ARN and ARN with $LATEST, and refuses others as Lambda does", async () => {
    const config = await fixtures.deploy("named", "export const handler = async () => 1;");
    const lambda = start(config);
    expect(await lambda.invoke(config.arn, {})).to.equal(1);
    expect(await lambda.invoke(`${config.arn}:$LATEST`, {})).to.equal(1);
    expect(await errorOf(lambda.invoke("other", {}))).to.include({ name: "Lambda.ResourceNotFoundException" });
  });

  it("gives the function its own environment and nothing of this process", async () => {
    const restoreEnvironment = keepEnvironment();
    process.env.LEAK = "from the parent";
    process.env.AWS_PROFILE = "somebody";
    const source = "export const handler = async () => process.env;";
    const config = await fixtures.deploy("env", source, { environment: { OWN: "yes" } });
    const result = await start(config).invoke("env", {});
    restoreEnvironment();
    expect(result).to.include({
      OWN: "yes",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_LAMBDA_FUNCTION_NAME: "env",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    });
    expect(result).not.to.have.any.keys("LEAK", "AWS_PROFILE", "PATH", "HOME");
  });

  it("tells the handler about its invocation", async () => {
    const source = "export const handler = async (_, c) => ({ ...c, left: c.getRemainingTimeInMillis() });";
    const config = await fixtures.deploy("context", source, { timeoutSeconds: 10 });
    const result = await start(config).invoke("context", {});
    expect(result).to.include({ functionName: "context", invokedFunctionArn: config.arn, memoryLimitInMB: "128" });
    expect(result)
      .to.have.property("awsRequestId")
      .that.matches(/^[0-9a-f-]{36}$/);
    expect(result).to.have.property("left").that.is.within(1, 10_000);
  });

  it("reuses a warm sandbox, and starts another one only for an invocation beside it", async () => {
    const source = `
      const id = Math.random(); let calls = 0;
      export const handler = async ({ ms }) => { await new Promise((r) => setTimeout(r, ms)); return { id, calls: ++calls }; };`;
    const lambda = start(await fixtures.deploy("warm", source));
    const first = await lambda.invoke("warm", { ms: 0 });
    const [second, beside] = await Promise.all([lambda.invoke("warm", { ms: 50 }), lambda.invoke("warm", { ms: 50 })]);
    expect(first).to.have.property("calls", 1);
    expect(second).to.deep.equal({ ...Object(first), calls: 2 });
    expect(beside).to.have.property("calls", 1);
  });

  it("unpacks nothing any more once it is closed, though functions were still being warmed up", async () => {
    const source = "export const handler = async () => 1;";
    const configs = await Promise.all(
      ["a", "b", "c", "d"].map((name) => fixtures.deploy(name, `${source} // ${name}`)),
    );
    const lambda = start(...configs);
    const warm = lambda.warmUp(configs.map(({ name }) => name)).catch(() => undefined);
    await lambda.close();
    const unpacked = await readdir(join(fixtures.folder, "code")).catch(() => []);
    expect(unpacked.filter((name) => name.startsWith("unpacking-"))).to.deep.equal([]);
    await warm;
    expect(await readdir(join(fixtures.folder, "code")).catch(() => [])).to.deep.equal(unpacked);
  });

  it("takes the sandbox that is being warmed up, and none beside it", async () => {
    const source = "console.log('is loaded'); export const handler = async () => 1;";
    const lambda = start(await fixtures.deploy("awaited", source));
    const warm = lambda.warmUp(["awaited"]);
    await Promise.all([lambda.invoke("awaited", {}), warm]);
    await lambda.warmUp(["awaited"]);
    await lambda.close();
    const log = await readFile(join(fixtures.folder, "logs", "awaited.log"), "utf8");
    expect(log.match(/is loaded/g)).to.deep.equal(["is loaded"]);
  });

  describe("after one that was closed", () => {
    const COUNTS = `let calls = 0; export const handler = async ({ hang }) => (hang ? new Promise(() => {}) : ++calls);`;
    let warm: WarmSandboxes;

    beforeEach(() => {
      warm = new WarmSandboxes();
    });
    afterEach(() => warm.close());

    it("finds a function warm that is deployed as it was, and has its words in its own log", async () => {
      const source = `let calls = 0; export const handler = async () => { console.log("call", ++calls); return calls; };`;
      const config = await fixtures.deploy("kept", source);
      const first = startWith(warm, config);
      expect(await first.invoke("kept", {})).to.equal(1);
      await first.close();
      const second = startWith(warm, config);
      expect(await second.invoke("kept", {})).to.equal(2);
      await second.close();
      const log = await readFile(join(fixtures.folder, "logs", "kept.log"), "utf8");
      expect(log).to.contain("call 2").and.not.to.contain("call 1");
    });

    for (const [title, change] of [
      ["environment", { environment: { OTHER: "1" } }],
      ["memory", { memoryMegabytes: 256 }],
    ] as const) {
      it(`finds it cold where it has another ${title}`, async () => {
        const config = await fixtures.deploy("changed", COUNTS);
        const first = startWith(warm, config);
        await first.invoke("changed", {});
        await first.close();
        expect(await startWith(warm, { ...config, ...change }).invoke("changed", {})).to.equal(1);
      });
    }

    it("finds it cold where it has other code", async () => {
      const first = startWith(warm, await fixtures.deploy("changed", COUNTS));
      await first.invoke("changed", {});
      await first.close();
      const other = await fixtures.deploy("changed", `${COUNTS} // other`);
      expect(await startWith(warm, other).invoke("changed", {})).to.equal(1);
    });

    it("finds it cold where it was killed, and where the closing has cut an invocation off", async () => {
      const config = await fixtures.deploy("struck", COUNTS);
      const killed = startWith(warm, config);
      await killed.invoke("struck", {});
      await killed.crash("struck");
      await killed.close();
      const cutOff = startWith(warm, config);
      expect(await cutOff.invoke("struck", {})).to.equal(1);
      const hanging = errorOf(cutOff.invoke("struck", { hang: true }));
      await cutOff.close();
      expect(await hanging).to.have.property("name", "Runtime.ExitError");
      expect(await startWith(warm, config).invoke("struck", {})).to.equal(1);
    });
  });

  it("gives errors Lambda's shape", async () => {
    const source = `
      class RunError extends Error { name = "ListingFailed"; }
      export const handler = async () => { throw new RunError("no answer"); };`;
    const error = await errorOf(start(await fixtures.deploy("throws", source)).invoke("throws", {}));
    expect(error).to.be.instanceOf(FunctionFailed);
    expect(error).to.have.property("name", "ListingFailed");
    expect(error).to.have.nested.property("payload.errorType", "ListingFailed");
    expect(error).to.have.nested.property("payload.errorMessage", "no answer");
    expect(error).to.have.nested.property("payload.trace[0]").that.includes("no answer");
  });

  it("reports a module that does not load, and one without a handler", async () => {
    const broken = await fixtures.deploy("broken", "throw new TypeError('at start');");
    const empty = await fixtures.deploy("empty", "export const main = 1;");
    const lambda = start(broken, empty);
    expect(await errorOf(lambda.invoke("broken", {}))).to.include({ name: "TypeError", message: "at start" });
    expect(await errorOf(lambda.invoke("empty", {}))).to.have.property("name", "Runtime.HandlerNotFound");
  });

  it("stops a function at its timeout, and serves the next invocation from a fresh sandbox", async () => {
    const source = `
      let calls = 0;
      export const handler = async ({ hang }) => { calls++; if (hang) { for (;;) {} } return calls; };`;
    const lambda = start(await fixtures.deploy("hangs", source, { timeoutSeconds: 0.5 }));
    const error = await errorOf(lambda.invoke("hangs", { hang: true }));
    expect(error).to.have.property("name", "Sandbox.Timedout");
    expect(error.message).to.match(/^RequestId: \S+ Error: Task timed out after 0\.50 seconds$/);
    expect(await lambda.invoke("hangs", {})).to.equal(1);
  });

  it("stops a function that takes more memory than it has", async () => {
    const source =
      "export const handler = async () => { const all = []; for (;;) all.push(new Array(100000).fill({})); };";
    const lambda = start(await fixtures.deploy("greedy", source, { memoryMegabytes: 32 }));
    expect(await errorOf(lambda.invoke("greedy", {}))).to.have.property("name", "Runtime.OutOfMemory");
  });

  it("reports a function that ends its process", async () => {
    const lambda = start(await fixtures.deploy("exits", "export const handler = async () => process.exit(3);"));
    const error = await errorOf(lambda.invoke("exits", {}));
    expect(error).to.include({ name: "Runtime.ExitError" });
    expect(error.message).to.include("exit status 3");
  });

  it("refuses payloads over 6 MB in either direction", async () => {
    const lambda = start(
      await fixtures.deploy("large", "export const handler = async () => 'x'.repeat(7 * 1024 * 1024);"),
    );
    const event = { text: "x".repeat(7 * 1024 * 1024) };
    expect(await errorOf(lambda.invoke("large", event))).to.have.property("name", "Lambda.RequestTooLargeException");
    expect(await errorOf(lambda.invoke("large", {}))).to.have.property("name", "Function.ResponseSizeTooLarge");
  });

  it("keeps what a function prints in its log file", async () => {
    const lambda = start(
      await fixtures.deploy("prints", "export const handler = async () => { console.log('to the log'); };"),
    );
    await lambda.invoke("prints", {});
    await lambda.invoke("prints", {});
    await lambda.close();
    const log = await readFile(join(fixtures.folder, "logs", "prints.log"), "utf8");
    expect(log.match(/^START RequestId/gm)).to.have.length(2);
    expect(log).to.include("to the log\n");
  });

  it("fails what is under way when it is closed", async () => {
    const lambda = start(await fixtures.deploy("slow", "export const handler = () => new Promise(() => {});"));
    const invocation = errorOf(lambda.invoke("slow", {}));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await lambda.close();
    expect(await invocation).to.have.property("name", "Runtime.ExitError");
  });
});
