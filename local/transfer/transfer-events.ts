import { randomUUID } from "node:crypto";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../deployment/account";
import { connectorArn } from "./connector";

/** The events of a connector that fetches files, by the names under which EventBridge carries them. */
export type TransferEventName = `SFTP Connector ${"Directory Listing" | "File Retrieve"} ${"Completed" | "Failed"}`;

/** What is specific to a listing's or a file's event, under the names of the Transfer Family user guide. */
export type EventDetail = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;

/** An event as Amazon EventBridge carries it to rules and targets. */
export interface TransferEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": TransferEventName;
  readonly source: "aws.transfer";
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: EventDetail;
}

export interface EventSubject {
  readonly connectorId: string;
  /** The connector's, with `sftp://`. */
  readonly url: string;
  readonly start: Date;
  readonly end: Date;
}

export function transferEvent(name: TransferEventName, subject: EventSubject, detail: EventDetail): TransferEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": name,
    source: "aws.transfer",
    account: LOCAL_ACCOUNT,
    time: `${subject.end.toISOString().slice(0, 19)}Z`,
    region: LOCAL_REGION,
    resources: [connectorArn(subject.connectorId)],
    detail: {
      "connector-id": subject.connectorId,
      url: subject.url,
      "start-timestamp": subject.start.toISOString(),
      "end-timestamp": subject.end.toISOString(),
      ...detail,
    },
  };
}
