import type { Workspace } from "./workspace";

/** A folder that was packed and uploaded. */
export interface ConfigurationVersion {
  readonly id: string;
  readonly isSpeculative: boolean;
  /** A gzipped tar archive; nothing before it is uploaded. */
  slug?: Buffer;
}

export type RunStatus =
  | "pending"
  | "planning"
  | "planned"
  | "planned_and_saved"
  | "planned_and_finished"
  | "applying"
  | "applied"
  | "discarded"
  | "errored";

const OVER: readonly RunStatus[] = ["planned_and_finished", "applied", "discarded", "errored"];

/** Its part of a run: planning, or applying. */
export class Phase {
  status: "pending" | "running" | "finished" | "errored" = "pending";
  /** All that Terraform printed, between the bytes by which the client tells begin and end. */
  log = "";

  constructor(readonly id: string) {}

  begin(): void {
    this.status = "running";
    this.log = "\x02";
  }

  end(status: "finished" | "errored", printed: string): void {
    this.status = status;
    this.log += `${printed}\x03`;
  }
}

export interface RunOptions {
  readonly isDestroy: boolean;
  readonly isPlanOnly: boolean;
  /** Whether its plan is kept to be applied, and meanwhile keeps no other run from going on. */
  readonly isSaved: boolean;
  readonly isApproved: boolean;
}

export class Run {
  status: RunStatus = "pending";
  hasChanges = false;
  readonly plan: Phase;
  readonly apply: Phase;
  readonly isDestroy: boolean;
  readonly isPlanOnly: boolean;
  readonly isSaved: boolean;
  /** Whether it is applied without anybody's approval. */
  readonly isApproved: boolean;

  constructor(
    readonly id: string,
    readonly workspace: Workspace,
    readonly configuration: ConfigurationVersion,
    { isDestroy, isPlanOnly, isSaved, isApproved }: RunOptions,
  ) {
    this.plan = new Phase(`plan-${id}`);
    this.apply = new Phase(`apply-${id}`);
    this.isDestroy = isDestroy;
    this.isPlanOnly = isPlanOnly;
    this.isSaved = isSaved;
    this.isApproved = isApproved;
  }

  /** Whether somebody may approve of its plan, or discard it. */
  get isPlanned(): boolean {
    return this.status === "planned" || this.status === "planned_and_saved";
  }

  get isOver(): boolean {
    return OVER.includes(this.status);
  }
}
