import { expect } from "chai";
import { formatProblem } from "../../config/problems/problem";
import { parseSettings, type Settings } from "../../config/settings/settings";
import { injectFaults } from "../../local/faults/faults";
import { faultsSchema } from "../../local/faults/faults-schema";
import { nameRequest } from "../../local/faults/named-request";
import type { Interception } from "../../local/runner/interception";
import type { RunResult } from "../../local/runner/run-result";
import type { World } from "../end-to-end/world";
import type { Expected, Run, Scenario } from "./scenario";
import { change, ledgerSizes, objects, remoteFiles } from "./tree-files";

/** Runs a scenario from an empty bucket, and holds every run and the end to what it expects. */
export async function runScenario(world: World, scenario: Scenario): Promise<void> {
  const { root } = world.remote;
  await world.clear();
  change(root, scenario.tree);
  const settings = settingsOf(scenario);
  const calls: RunResult["calls"][] = [];
  for (const [index, run] of scenario.runs.entries()) {
    change(root, run.change ?? {});
    const result = await startRun(world, scenario, run, settings);
    expectResult(result, run.expect, `run ${index + 1}`);
    calls.push(result.calls);
  }
  expectCalls(calls, scenario.calls ?? {});
  if (scenario.objects !== "any") {
    await expectObjects(world, scenario);
  }
  if (scenario.ledger === "complete") {
    await expectLedger(world);
  }
}

function startRun(world: World, { sync }: Scenario, run: Run, settings: Settings): Promise<RunResult> {
  const { faults = {}, beforeTransfers = {}, consumed = [], options } = run;
  const interception = consuming(world, consumed, injectFaults(faultsSchema.parse(faults)));
  return world.run(sync, {
    ...options,
    settings,
    interception: before("StartFileTransfer", () => change(world.remote.root, beforeTransfers), interception),
  });
}

/** Takes objects away before the connector says that they are complete. */
function consuming(world: World, paths: readonly string[], interception: Interception): Interception {
  return {
    ...interception,
    remote: (next) => {
      const inner = interception.remote(next);
      return {
        list: (folder, maxItems) => inner.list(folder, maxItems),
        retrieve: async (path, consume) => {
          const result = await inner.retrieve(path, consume);
          if (paths.includes(path)) {
            await world.removeObject(path);
          }
          return result;
        },
      };
    },
  };
}

/** Acts once, when the first request of an operation is about to be carried out. */
function before(operation: string, act: () => void, interception: Interception): Interception {
  let acted = false;
  return {
    ...interception,
    requests: (callers) => (next) => {
      const inner = interception.requests(callers)(next);
      return async (request, response) => {
        if (!acted && nameRequest(request).operation === operation) {
          acted = true;
          act();
        }
        await inner(request, response);
      };
    },
  };
}

function settingsOf(scenario: Scenario): Settings {
  const { settings, problems } = parseSettings({ region: "eu-central-1", ...scenario.settings });
  if (settings === undefined) {
    throw new Error(problems.map(formatProblem).join("\n"));
  }
  return settings;
}

function expectResult(result: RunResult, expected: Expected, run: string): void {
  const { error, files = {}, folders = {}, calls = {}, failures = {}, warnings = [] } = expected;
  const ending = result.error === undefined ? run : `${run}, which ended as ${JSON.stringify(result.error)}`;
  expect(result.error?.name, ending).to.equal(error);
  expect(result.status, ending).to.equal(error === undefined ? "SUCCEEDED" : "FAILED");
  expect(result.files, ending).to.deep.include(files);
  expect(result.folders, ending).to.include(folders);
  expect(result.calls, ending).to.include(calls);
  expect(result.failures.map(({ path }) => path).sort(), ending).to.deep.equal(Object.keys(failures).sort());
  for (const { path, reason } of result.failures) {
    expect(reason, ending).to.match(failures[path] ?? /never/);
  }
  expect(result.warnings, ending).to.have.length(warnings.length);
  warnings.forEach((warning, index) => {
    expect(result.warnings[index], ending).to.match(warning);
  });
}

async function expectObjects(world: World, { notInS3 = [], onlyInS3 = [] }: Scenario): Promise<void> {
  const remote = remoteFiles(world.remote.root);
  const found = await objects(world);
  for (const path of notInS3) {
    expect([...remote.keys()], "remote files").to.include(path);
    remote.delete(path);
  }
  for (const path of onlyInS3) {
    expect([...found.keys()], "objects").to.include(path);
    found.delete(path);
  }
  expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(remote));
}

function expectCalls(ofRuns: readonly RunResult["calls"][], expected: Partial<RunResult["calls"]>): void {
  for (const [name, count] of Object.entries(expected) as [keyof RunResult["calls"], number][]) {
    const sum = ofRuns.reduce((before, calls) => before + calls[name], 0);
    expect(sum, `${name} of all runs`).to.equal(count);
  }
}

async function expectLedger(world: World): Promise<void> {
  const sizes = [...remoteFiles(world.remote.root)].map(([path, content]) => [path, Buffer.byteLength(content)]);
  expect(Object.fromEntries(await ledgerSizes(world)), "ledger").to.deep.equal(Object.fromEntries(sizes));
}
