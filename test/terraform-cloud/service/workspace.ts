import type { Run } from "./run";

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface StateVersion {
  readonly id: string;
  /** As Terraform writes it. Empty until it is uploaded. */
  text: string;
}

/** A workspace, with the settings that people change on its pages. */
export class Workspace {
  readonly id: string;
  readonly states: StateVersion[] = [];
  readonly runs: Run[] = [];
  executionMode: "remote" | "local" = "remote";
  isLocked = false;
  /** Whether a repository starts its runs. */
  isVcsDriven = false;
  /** Whether the runs of other workspaces may read its state. */
  sharesState = false;
  terraformVersion = "latest";

  constructor(
    readonly name: string,
    readonly project: Project,
  ) {
    this.id = `ws-${name}`;
  }

  get state(): StateVersion | undefined {
    return this.states.findLast(({ text }) => text !== "");
  }

  addState(text: string): StateVersion {
    const version = { id: `sv-${this.name}-${this.states.length + 1}`, text };
    this.states.push(version);
    return version;
  }

  /** The run that is under way, or waits for somebody's approval: until it ends, no other one begins. */
  get currentRun(): Run | undefined {
    const isSet = ({ isPlanOnly, isSaved, status }: Run) => !isPlanOnly && (!isSaved || status === "applying");
    return this.runs.find((run) => isSet(run) && !run.isOver);
  }
}
