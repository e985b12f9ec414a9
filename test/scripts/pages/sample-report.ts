import type { Report } from "../../../engine/report";

/** Of a run that failed, with something in every field. */
export const REPORT: Report = {
  version: 1,
  server: "partner",
  sync: "orders",
  run: "20261130T060000000Z-1a2b3c",
  execution: "arn:aws:states:eu-central-1:123456789012:execution:sftp-sync-partner:20261130T060000000Z-1a2b3c",
  status: "FAILED",
  error: { name: "TransferIncomplete", message: "2 of 12 files failed" },
  dryRun: false,
  mode: "as-scheduled",
  folder: "/out/orders",
  startedAt: "2026-11-30T06:00:00.000Z",
  finishedAt: "2026-11-30T06:03:20.000Z",
  seconds: 200,
  folders: { listed: 3, failed: 0, missing: 0, truncated: 0, spared: 1 },
  files: { seen: 12, transferred: 4, failed: 2, unfinished: 0, skipped: { unchanged: 5, excluded: 1 } },
  bytes: 12_300_000,
  resentInDoubt: 0,
  warnings: ["the server takes fewer connections than MaxConcurrentConnections"],
  failures: [
    {
      path: "/out/orders/a.csv",
      reason: "TransferFailed: denied",
      error: "TransferFailed",
      kind: "not-permitted",
      detail: "denied",
    },
    { path: "/out/orders/b.csv", reason: "TransferFailed" },
  ],
  furtherFailures: { count: 3, lists: ["failures-001.jsonl"] },
};
