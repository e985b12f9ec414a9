import { SliceSuperseded } from "../errors";
import type { Slice } from "../slice";
import { Work } from "./work";

/** The run's work state, which its first slice has written. */
export async function loadWork({ services, context }: Slice): Promise<Work> {
  const work = await Work.load(services.objects, context);
  if (work === undefined) {
    throw new Error(`The run's work state under s3://${context.bucket}/${context.prefix} is gone`);
  }
  const { takenOverBy } = work.root;
  if (takenOverBy !== undefined) {
    const reason = takenOverBy === context.run ? "has ended" : `was taken over by ${takenOverBy}`;
    throw new SliceSuperseded(`The run ${context.run} ${reason}`);
  }
  return work;
}
