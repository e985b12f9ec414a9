import type { FaultPlan } from "./faults-schema";
import { Triggers } from "./trigger";

/** A connector's descriptions, as it says in them that it is not ready. */
export function faultyDescriptions(plan: FaultPlan): (connector: object) => object {
  const unready = new Triggers(plan.UnreadyConnector);
  return (connector) => {
    const fault = unready.strike(() => true);
    return fault === undefined
      ? connector
      : {
          ...connector,
          Status: fault.Status,
          ...(fault.Message === undefined ? {} : { ErrorMessage: fault.Message }),
        };
  };
}
