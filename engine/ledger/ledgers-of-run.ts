import { usesModifiedTime } from "../change-window";
import type { Slice } from "../slice";
import { warnOnce } from "../work/tally";
import type { Work } from "../work/work";
import { type FolderLedgers, Ledgers, NO_LEDGERS } from "./ledgers";

/** The ledgers that a run reads and writes, as one of its invocations sees them. */
export function ledgersOfRun({ services, context }: Slice, work: Work): FolderLedgers {
  return usesModifiedTime(context)
    ? NO_LEDGERS
    : new Ledgers({
        objects: services.objects,
        context,
        checkFence: () => work.checkFence(),
        warn: (example) =>
          warnOnce(
            work,
            "Ledgers could not be read, and their files are compared with S3. The texts are kept",
            example,
          ),
      });
}
