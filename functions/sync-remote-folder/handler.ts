import { syncRemoteFolder } from "../../engine/run/slices";
import { sliceHandler } from "../runtime/slice-handler";

export const handler = sliceHandler(syncRemoteFolder);
