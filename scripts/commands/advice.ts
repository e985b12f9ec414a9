import { causeSteps, type RunEvidence } from "../../contract/cause-steps";
import { nextStep } from "../../contract/next-step";
import { RUN_ERROR_NAMES, type RunErrorName } from "../../contract/run-errors";

/** Where this machine stands for AWS, other things are to be looked at than the notification names. */
const HERE: Readonly<Partial<Record<RunErrorName, string>>> = {
  ListingFailed:
    "Check that a server is up at Url and can be reached from this machine, that its host key is one of those under " +
    "PublicKey, that it accepts SFTP_USERNAME with SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE, and that this user may list " +
    "the folders.",
  CredentialsMissing: "Set SFTP_USERNAME, and SFTP_PASSWORD or SFTP_PRIVATE_KEY_FILE, in the environment.",
};

/** What to do about a run that failed on this machine; undefined for names of AWS: the functions' logs say more. */
export function advice(errorName: string, run: RunEvidence): string | undefined {
  const own = RUN_ERROR_NAMES.find((name) => name === errorName);
  return own === undefined ? undefined : (causeSteps(own, run) ?? HERE[own] ?? nextStep(own));
}
