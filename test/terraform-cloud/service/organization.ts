import type { ConfigurationVersion, Run } from "./run";
import type { Worker } from "./worker";
import { type Project, Workspace } from "./workspace";

/** An organization of the service: its projects and workspaces, and the runs in them. */
export class Organization {
  readonly projects: Project[] = [{ id: "prj-default", name: "Default Project" }];
  readonly workspaces: Workspace[] = [];
  readonly configurations: ConfigurationVersion[] = [];

  constructor(
    readonly name: string,
    private readonly workerOf: (workspace: Workspace) => Promise<Worker>,
  ) {}

  get runs(): readonly Run[] {
    return this.workspaces.flatMap(({ runs }) => runs);
  }

  addProject(name: string): Project {
    const project = { id: `prj-${name}`, name };
    this.projects.push(project);
    return project;
  }

  /** @param projectId by default the project that every organization has. */
  addWorkspace(name: string, projectId = "prj-default"): Workspace {
    const project = this.projects.find(({ id }) => id === projectId);
    if (project === undefined) {
      throw new Error(`no project ${projectId}`);
    }
    const workspace = new Workspace(name, project);
    this.workspaces.push(workspace);
    return workspace;
  }

  workspace(name: string): Workspace {
    const workspace = this.workspaces.find((other) => other.name === name);
    if (workspace === undefined) {
      throw new Error(`no workspace ${name}`);
    }
    return workspace;
  }

  start(run: Run): void {
    run.workspace.runs.push(run);
    this.goOn(run.workspace);
  }

  /** What a person does who approves of a run's plan. */
  approve(run: Run): void {
    if (run.isPlanned) {
      run.status = "applying";
      void this.apply(run);
    }
  }

  discard(run: Run): void {
    if (run.isPlanned || run.status === "pending") {
      run.status = "discarded";
      this.goOn(run.workspace);
    }
  }

  /** Plans what may be planned: a run that changes something waits until nothing else does, and nobody holds the lock. */
  goOn(workspace: Workspace): void {
    const { runs, currentRun, isLocked } = workspace;
    for (const run of runs.filter(({ status }) => status === "pending")) {
      if (run.isPlanOnly || run.isSaved || (run === currentRun && !isLocked)) {
        run.status = "planning";
        void this.plan(run);
      }
    }
  }

  private async plan(run: Run): Promise<void> {
    run.plan.begin();
    try {
      const worker = await this.workerOf(run.workspace);
      const printed = await worker.plan(run);
      run.hasChanges = !printed.includes("No changes.");
      const planned = run.isSaved ? "planned_and_saved" : "planned";
      run.status = run.hasChanges && !run.isPlanOnly ? planned : "planned_and_finished";
      run.plan.end("finished", printed);
    } catch (error) {
      run.status = "errored";
      run.plan.end("errored", messageOf(error));
    }
    if (run.isApproved) {
      this.approve(run);
    }
    this.goOn(run.workspace);
  }

  private async apply(run: Run): Promise<void> {
    run.apply.begin();
    try {
      const worker = await this.workerOf(run.workspace);
      run.apply.end("finished", await worker.apply(run));
      run.status = "applied";
      // The state is another one now: what was planned for the old one cannot be applied any more.
      run.workspace.runs
        .filter(({ status }) => status === "planned_and_saved")
        .forEach((stale) => {
          this.discard(stale);
        });
    } catch (error) {
      run.status = "errored";
      run.apply.end("errored", messageOf(error));
    }
    this.goOn(run.workspace);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
