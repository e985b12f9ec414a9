import { expect } from "chai";
import { awsFailure } from "../../../scripts/commands/aws/access/aws-failure";
import { type Move, promote } from "../../../scripts/commands/aws/credentials/promotion";
import { CURRENT, PENDING } from "../../../scripts/commands/aws/credentials/secret-versions";
import type { ConnectionTest } from "../../../scripts/commands/aws/status/test-connection";
import { errorOf } from "../../support/errors";

describe("next credentials that somebody promotes", () => {
  const isConnected = { isConnected: true } as ConnectionTest;
  let labels: Map<string, string>;

  beforeEach(() => {
    labels = new Map([
      [CURRENT, "old"],
      [PENDING, "new"],
    ]);
  });

  /** As Secrets Manager moves a label: only from the version that has it. */
  const move: Move = async (label, { to, from }) => {
    expect(labels.get(label)).to.equal(from);
    if (to === undefined) {
      labels.delete(label);
    } else {
      labels.set(label, to);
    }
  };

  const promoted = (meanwhile: () => void) =>
    promote(new Map(labels), move, {
      test: async () => {
        meanwhile();
        return isConnected;
      },
      versions: async () => new Map(labels),
      command: (...words) => words.join(" "),
      signal: undefined,
    });

  it("are current once the connector has got in with them", async () => {
    expect(await promoted(() => undefined)).to.deep.equal({ secretVersion: "new", test: isConnected });
    expect([...labels]).to.deep.equal([[CURRENT, "new"]]);
  });

  /** @param attempts requests that the SDK made before it gave up. */
  const refusedAfter = async (attempts: number) => {
    const refusal = Object.assign(new Error("not staged"), { $metadata: { httpStatusCode: 400, attempts } });
    let isFirst = true;
    const late: Move = async (label, versions) => {
      if (isFirst) {
        isFirst = false;
        labels.set(CURRENT, "new");
        throw awsFailure(refusal, { action: "secretsmanager:UpdateSecretVersionStage", region: "eu-central-1" });
      }
      await move(label, versions);
    };
    await errorOf(
      promote(new Map(labels), late, {
        test: async () => isConnected,
        versions: async () => new Map(labels),
        command: (...words) => words.join(" "),
        signal: undefined,
      }),
    );
    return labels.get(CURRENT);
  };

  it("stay current where AWS refuses the only request, since somebody else has promoted them", async () => {
    expect(await refusedAfter(1)).to.equal("new");
  });

  it("are not left untried where a repetition is refused: the request before it may have been carried out", async () => {
    expect(await refusedAfter(2)).to.equal("old");
  });

  for (const [who, version] of [
    ["goes back to the old ones", "old"],
    ["puts others in their place", "other"],
  ] as const) {
    it(`are kept where somebody else ${who} while they are tried: which of them let the connector in is not known`, async () => {
      const error = await errorOf(promoted(() => labels.set(CURRENT, version)));
      expect(error.message).to.match(/^Somebody else has changed the credentials while the next ones were tried: /);
      expect(error)
        .to.have.property("next")
        .that.matches(/^credentials --promote tries the next ones again/);
      expect(Object.fromEntries(labels)).to.deep.equal({ [CURRENT]: version, [PENDING]: "new" });
    });
  }
});
