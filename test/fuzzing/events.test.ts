import { expect } from "chai";
import fc from "fast-check";
import { concurrencyEventSchema } from "../../contract/concurrency-event";
import { notificationSubject } from "../../contract/notification";
import { modeOf } from "../../contract/run-event";
import { readEngineEnv } from "../../engine/env";
import { logger } from "../../engine/logger";
import { parseRunContext } from "../../engine/run-context";
import { handler as setConcurrency } from "../../functions/shared/set-connector-concurrency/handler";
import { runInput } from "../engine/support/run-input";
import { expectReadable, fuzz, fuzzAsync, outcomeOf } from "./support/fuzz";
import { anyText, anyValue, mutatedJson, mutatedJsonText } from "./support/hostile";

logger.setLogLevel("SILENT");

/** What starts a run, as schedules write it now, and as earlier versions and people do. */
const inputs = fc.constantFrom(
  runInput(),
  runInput({ mode: "since", fromTimestamp: 1767225600 }),
  runInput({ fromTimestamp: 0, dryRun: true, include: ["**/*.csv"], exclude: ["tmp/**"] }),
  runInput({ folder: "/in/%year%", prefix: "", formerName: "old", scheduledTime: "2026-01-01T00:00:00Z" }),
);

describe("hostile events", () => {
  it("start a run within their server's place, or are refused as InvalidEvent in few words", () => {
    let started = 0;
    fuzz(mutatedJson(inputs), 150, (input) => {
      const outcome = outcomeOf(() => parseRunContext(input), "InvalidEvent");
      if ("error" in outcome) {
        return;
      }
      started += 1;
      const { event, sync, server, prefix, mode, ledgerPrefix } = outcome.value;
      expect(prefix.startsWith(`runs/${server}/`) && ledgerPrefix.startsWith(`ledger/${server}/`)).to.equal(true);
      expect(mode.name).to.equal(modeOf(event));
      expect(mode.fromTimestamp).to.satisfy((from: unknown) => from === undefined || Number(from) > 0);
      expect(sync.RemoteFolders.Folder).to.match(/^\/(.*[^/])?$/s);
      expect(sync.LocalRepository.Prefix).not.to.match(/^\/|\/$/);
      // Read again as it is, it means the same.
      expect(parseRunContext({ ...Object(input), Event: event })).to.deep.equal(outcome.value);
    });
    expect(started).to.be.greaterThan(0);
  });

  it("have slashes at their ends that cost no more steps than there are", () => {
    const input = runInput({
      folder: `/in${"/".repeat(200_000)}x${"/".repeat(200_000)}`,
      prefix: `${"/".repeat(200_000)}a`,
    });
    expect(parseRunContext(input).sync.LocalRepository.Prefix).to.equal("a");
  });

  it("give a connector its concurrency, or are refused as ConcurrencyNotSet", async () => {
    const events = fc.record({
      ConnectorId: fc.constant("c-01234567890abcdef"),
      MaxConcurrentConnections: fc.constantFrom(0, 6, "2"),
      UserSecretId: fc.constant("arn"),
      TrustedHostKeys: fc.constant(["ssh-rsa AAAA"]),
    });
    const unusable = mutatedJson(events).filter((event) => !isConcurrency(event));
    await fuzzAsync(fc.oneof(unusable, anyValue), 60, async (event) => {
      const error = await setConcurrency(event, { getRemainingTimeInMillis: () => 0 }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.have.property("name", "ConcurrencyNotSet");
      expectReadable((error as Error).message, 40_000);
    });
  });

  it("come to functions whose environment is whole, or named where it is not", () => {
    const env = mutatedJsonText(
      fc.constant({ timeouts: { slice: 60 }, connectorLimits: {}, roundsPerExecution: 5 }),
    ).map((settings) => ({
      SERVER_NAME: "acme",
      SECRET_ARN: "arn",
      MAX_CONCURRENT_CONNECTIONS: "5",
      METRICS_NAMESPACE: "x",
      ENGINE_SETTINGS: settings,
    }));
    fuzz(env, 60, (variables) => {
      outcomeOf(() => readEngineEnv(variables), "Error");
    });
  });
});

const isConcurrency = (event: unknown) => concurrencyEventSchema.safeParse(event).success;

describe("hostile subjects of notifications", () => {
  it("are ASCII on one line, of the length that SNS takes", () => {
    fuzz(anyText, 100, (text) => {
      expect(notificationSubject(text)).to.match(/^[ -~]{0,100}$/);
    });
  });
});
