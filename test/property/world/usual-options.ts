import type { SyncOptions, WorldOptions } from "./scenario";

export const USUAL_SYNC: SyncOptions = {
  changeDetection: "ledger",
  filter: "everything",
  recursive: true,
  maxDepth: 100,
  minimumAgeSeconds: 0,
  missingFolder: "fail",
  missingObject: "fail",
};

/** A connector as the documentation shows it. */
export const USUAL_OPTIONS: WorldOptions = {
  syncs: [USUAL_SYNC],
  roundsPerExecution: 190,
  pendingFiles: 1000,
  dialect: {
    truncated: "text",
    sizes: "number",
    paths: "absolute",
    times: "iso",
    unknown: "omitted",
    emptyFolders: "written",
    resultPaths: "asked",
    completed: "told",
  },
};
