import { serverOf } from "../access/deployed-syncs";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { type AlarmState, alarmStates } from "./alarms";

export interface AlarmsOptions extends AwsOptions {
  /** Only this one's: name of a server, or its definition's file. */
  readonly server?: string | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

/** The alarms of the installation, whatever their state. @throws UserError, AwsFailure */
export async function alarmsOf(options: AlarmsOptions): Promise<AlarmState[]> {
  const session = options.session ?? (await openSession(options));
  const { server } = options;
  const name = server === undefined ? undefined : (await serverOf(session, { server })).name;
  return alarmStates(session, name);
}
