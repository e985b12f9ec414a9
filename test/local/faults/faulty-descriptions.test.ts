import { expect } from "chai";
import { faultyDescriptions } from "../../../local/faults/faulty-descriptions";
import { planOf } from "./plan";

const CONNECTOR = { ConnectorId: "c-1", Status: "ACTIVE" };

describe("faultyDescriptions", () => {
  it("leaves a connector alone without a fault", () => {
    expect(faultyDescriptions(planOf({}))(CONNECTOR)).to.deep.equal(CONNECTOR);
  });

  it("says that it is not ready, as often as the fault strikes", () => {
    const plan = planOf({
      UnreadyConnector: [{ Times: 1 }, { Status: "ERRORED", Message: "no route", After: 1, Times: 1 }],
    });
    const describeConnector = faultyDescriptions(plan);
    expect(describeConnector(CONNECTOR)).to.deep.equal({ ...CONNECTOR, Status: "PENDING" });
    expect(describeConnector(CONNECTOR)).to.deep.equal({ ...CONNECTOR, Status: "ERRORED", ErrorMessage: "no route" });
    expect(describeConnector(CONNECTOR)).to.deep.equal(CONNECTOR);
  });
});
