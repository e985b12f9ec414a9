import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { DescribeExecutionCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { type RunEventInput, SCHEDULED_TIME_ATTRIBUTE } from "../../../contract/run-event";
import { REPORT_FILE, type Report, reportSchema } from "../../../engine/report";
import { runPrefix } from "../../../engine/run-context";
import type { Clients } from "./clients";

/** A run, before it is started. */
export interface RunName {
  readonly server: string;
  readonly sync: string;
  /** The execution's name: unique in its state machine. */
  readonly run: string;
}

export interface EndedRun {
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** How long to wait before an execution is looked at again. */
const POLL_MS = 100;

/** Starts what is deployed, in the way in which it is started for real. */
export class Runs {
  private readonly clients: Clients;
  private readonly listResultsBucket: string;

  constructor(clients: Clients, listResultsBucket: string) {
    this.clients = clients;
    this.listResultsBucket = listResultsBucket;
  }

  /** Does what EventBridge Scheduler does when the sync's schedule is due. */
  async bySchedule({ server, sync, run }: RunName): Promise<EndedRun> {
    const { scheduler } = this.clients;
    const schedule = await scheduler.send(new GetScheduleCommand({ GroupName: `sftp-sync-${server}`, Name: sync }));
    const scheduledTime = `${new Date().toISOString().slice(0, 19)}Z`;
    const input = schedule.Target?.Input?.replaceAll(SCHEDULED_TIME_ATTRIBUTE, scheduledTime);
    return this.execute(schedule.Target?.Arn, run, input);
  }

  /** Does what a person does: starts the state machine with the event in the sync's SSM parameter, or a change of it. */
  async byHand(
    { server, sync, run }: RunName,
    stateMachineArn: string,
    changes: Pick<RunEventInput, "Mode"> = {},
  ): Promise<EndedRun> {
    const { ssm } = this.clients;
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/sftp-sync/${server}/${sync}` }));
    const event = { ...JSON.parse(Parameter?.Value ?? ""), ...changes };
    return this.execute(stateMachineArn, run, JSON.stringify(event));
  }

  async report({ server, sync, run }: RunName): Promise<Report> {
    const Key = runPrefix(server, sync, run) + REPORT_FILE;
    const command = new GetObjectCommand({ Bucket: this.listResultsBucket, Key });
    const { Body } = await this.clients.s3.send(command);
    return reportSchema.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  }

  private async execute(
    stateMachineArn: string | undefined,
    name: string,
    input: string | undefined,
  ): Promise<EndedRun> {
    const { states } = this.clients;
    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    return this.ended(executionArn);
  }

  /** Waits for the end of an execution. */
  async ended(executionArn: string | undefined): Promise<EndedRun> {
    const { states } = this.clients;
    for (;;) {
      const { status, error, cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== "RUNNING") {
        return { status: status ?? "", error, cause };
      }
      await sleep(POLL_MS);
    }
  }
}
