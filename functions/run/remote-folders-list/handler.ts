import { remoteFoldersList } from "../../../engine/run/remote-folders-list";
import { sliceHandler } from "../../runtime/slice-handler";

export const handler = sliceHandler(remoteFoldersList);
