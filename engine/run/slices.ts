import type { SliceFunction } from "../../contract/run-loop";
import type { Slice, SliceResult } from "../slice";
import { getListStatus } from "./get-list-status";
import { remoteFoldersList } from "./remote-folders-list";
import { syncRemoteFolder } from "./sync-remote-folder";

/** What each function of the loop does, for runners of a whole loop. Lambda loads the code of one function alone. */
export const SLICES: Readonly<Record<SliceFunction, (slice: Slice) => Promise<SliceResult>>> = {
  "remote-folders-list": remoteFoldersList,
  "get-list-status": getListStatus,
  "sync-remote-folder": syncRemoteFolder,
};
