import { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { type RunEvent, runEventSchema } from "../../../../contract/run-event";
import { systemClock } from "../../../../engine/ports/system-clock";
import { REPORT_FILE, type Report, type ReportedFile, reportSchema, type SkippedFile } from "../../../../engine/report";
import { runPrefix } from "../../../../engine/run-context";
import { jsonOrNothing, parseStored, UnreadableState } from "../../../../engine/stored-json";
import type { Root } from "../../../../engine/work/root";
import { readRoot } from "../../../../engine/work/work";
import { objectStore } from "../../../../functions/aws/object-store";
import { UserError } from "../../../../local/errors/user-error";
import { readListedFiles, readSkippedFiles } from "../../../../local/runner/listed-files";
import type { AwsSession } from "../access/session";
import { type RunPlaces, runPlaces } from "./run-places";

/** One execution of a server's state machine: a run, or a part of a long one. */
export interface Execution {
  readonly name: string;
  readonly arn: string;
  /** As Step Functions has it: `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`, `PENDING_REDRIVE`. */
  readonly status: string;
  readonly startedAt: Date;
  readonly stoppedAt: Date | undefined;
  /** Absent where it was started with something else. */
  readonly event: RunEvent | undefined;
  readonly error: Report["error"];
}

/** The runs of a server, by what Step Functions and the list-results bucket know of them. */
export class ServerRuns {
  private readonly states: SFNClient;
  private readonly s3: S3Client;
  private readonly objects: ReturnType<typeof objectStore>;

  private constructor(
    private readonly session: AwsSession,
    readonly server: string,
    readonly places: RunPlaces,
  ) {
    this.states = new SFNClient(session.config);
    this.s3 = new S3Client(session.config);
    this.objects = objectStore(this.s3, systemClock);
  }

  /** @throws AwsFailure where the account is not to be learnt. */
  static async open(session: AwsSession, server: string): Promise<ServerRuns> {
    return new ServerRuns(session, server, await runPlaces(session, server));
  }

  close(): void {
    this.states.destroy();
    this.s3.destroy();
  }

  /** @param name sorts by time. */
  async start(name: string, input: object): Promise<void> {
    const { stateMachineArn } = this.places;
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    await this.session.ask(`states:StartExecution ${stateMachineArn}`, () => this.states.send(command));
  }

  async stop({ arn }: Pick<Execution, "arn">, cause: string): Promise<void> {
    const command = new StopExecutionCommand({ executionArn: arn, error: "Stopped", cause });
    await this.session.ask(`states:StopExecution ${arn}`, () => this.states.send(command));
  }

  /**
   * Names of executions, the latest first.
   * @param status only those that are in it.
   * @returns nothing where there is no state machine.
   */
  async *names(status?: "RUNNING"): AsyncGenerator<string> {
    const { stateMachineArn } = this.places;
    let token: string | undefined;
    do {
      const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: status, nextToken: token });
      const page = await this.session.ask(`states:ListExecutions ${stateMachineArn}`, () =>
        this.states.send(command).catch(nothingOf(StateMachineDoesNotExist)),
      );
      for (const { name } of page?.executions ?? []) {
        if (name !== undefined) {
          yield name;
        }
      }
      token = page?.nextToken || undefined;
    } while (token !== undefined);
  }

  /** @returns `undefined` where there is none, or none any more: Step Functions forgets them 90 days after their end. */
  async execution(name: string): Promise<Execution | undefined> {
    const executionArn = this.places.executionArn(name);
    const found = await this.session.ask(`states:DescribeExecution ${executionArn}`, () =>
      this.states.send(new DescribeExecutionCommand({ executionArn })).catch(nothingOf(ExecutionDoesNotExist)),
    );
    return (
      found && {
        name,
        arn: executionArn,
        status: found.status ?? "",
        startedAt: found.startDate ?? new Date(0),
        stoppedAt: found.stopDate,
        event: runEventSchema.safeParse(jsonOrNothing(found.input ?? "")).data,
        error: found.error === undefined ? undefined : { name: found.error, message: found.cause ?? "" },
      }
    );
  }

  /** @returns `undefined` where the run has left none: it is at work, was cut off, or is older than what the bucket keeps. */
  async report(sync: string, run: string): Promise<Report | undefined> {
    const { bucket } = this.places;
    const key = this.reportKey(sync, run);
    return this.read(key, async () => {
      const stored = await this.objects.read(bucket, key);
      return stored && parseStored(this.reportOf(sync, run), stored.text, `s3://${bucket}/${key}`);
    });
  }

  /** Of this very run: its names say where the lists are that it has. */
  private reportOf(sync: string, run: string) {
    return reportSchema.refine(
      (report) => report.server === this.server && report.sync === sync && report.run === run,
      "it is the report of another run",
    );
  }

  /** The files that a run transferred, or in a dry run would; absent where its report names none. @param most of them. */
  async files({ sync, run, fileLists }: Report, most: number): Promise<ReportedFile[] | undefined> {
    const { prefix, read } = this.listsOf(sync, run);
    return fileLists && this.read(prefix, () => readListedFiles(fileLists.lists, read, most));
  }

  /** The files that a run skipped, or in a dry run would; absent where its report names none. @param most of them. */
  async skippedFiles({ sync, run, skippedLists }: Report, most: number): Promise<SkippedFile[] | undefined> {
    const { prefix, read } = this.listsOf(sync, run);
    return skippedLists && this.read(prefix, () => readSkippedFiles(skippedLists.lists, read, most));
  }

  private listsOf(sync: string, run: string) {
    const prefix = runPrefix(this.server, sync, run);
    return { prefix, read: async (list: string) => (await this.objects.read(this.places.bucket, prefix + list))?.text };
  }

  reportKey(sync: string, run: string): string {
    return runPrefix(this.server, sync, run) + REPORT_FILE;
  }

  /** A run's work state. @returns `undefined` before its first slice, and for a run that was skipped. */
  async root(sync: string, run: string): Promise<Root | undefined> {
    const { bucket } = this.places;
    const prefix = runPrefix(this.server, sync, run);
    return this.read(prefix, async () => (await readRoot(this.objects, bucket, prefix))?.root);
  }

  private async read<T>(key: string, request: () => Promise<T>): Promise<T> {
    try {
      return await this.session.ask(`s3:GetObject s3://${this.places.bucket}/${key}`, request);
    } catch (error) {
      throw error instanceof UnreadableState
        ? new UserError(error.message, {
            cause: error,
            next: "look at that object; a later version of this project may have written it",
          })
        : error;
    }
  }
}

/** An answer, not a failure. */
function nothingOf(kind: new (...args: never[]) => Error) {
  return (error: unknown): undefined => {
    if (!(error instanceof kind)) {
      throw error;
    }
  };
}
