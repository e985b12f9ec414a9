import { type NewRoot, newRoot, type Root } from "../../../engine/work/root";
import { START } from "./fake-services";

/** The root of a run of `/data` that begins at {@link START}. */
export function testRoot(changes: Partial<NewRoot> = {}): Root {
  return newRoot({
    folder: "/data",
    windowStart: undefined,
    startedAt: START,
    deadline: START,
    transfers: [],
    ...changes,
  });
}
