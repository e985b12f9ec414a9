import { syncRemoteFolder } from "../../../engine/run/sync-remote-folder";
import { sliceHandler } from "../../runtime/slice-handler";

export const handler = sliceHandler(syncRemoteFolder);
