import { getListStatus } from "../../../engine/run/get-list-status";
import { sliceHandler } from "../../runtime/slice-handler";

export const handler = sliceHandler(getListStatus);
