import { errorCode } from "../../../../config/error-code";
import { oneLine } from "../../../../contract/printable";
import { UserError } from "../../../../local/errors/user-error";
import { shellWords } from "../../command-line";

/**
 * What went wrong. `credentials`: there are none, or AWS does not take them; nothing else will work. `denied`: they may not do
 * this. `absent`: there is no such thing in this account and Region. `throttled`: too many requests. `unreachable`: no answer.
 * `service`: anything else that AWS says.
 */
export type AwsFailureKind = "credentials" | "denied" | "absent" | "throttled" | "unreachable" | "service";

/** AWS refuses a request, or cannot be asked: shown as a message, never with a stack trace. */
export class AwsFailure extends UserError {
  override readonly name = "AwsFailure";

  constructor(
    message: string,
    readonly kind: AwsFailureKind,
    options: { readonly next: string; readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Whether it failed for want of credentials: there are none, also not of a profile that was named, or expired ones. */
export function isWithoutCredentials(error: unknown): boolean {
  return error instanceof AwsFailure && error.message.startsWith(NO_CREDENTIALS_HERE);
}

const NO_CREDENTIALS_HERE = "There are no AWS credentials here";

export interface Asked {
  /** As policies name it, with what it is asked for. */
  readonly action: string;
  readonly region: string;
  readonly profile?: string | undefined;
}

/** Characters of AWS's own words that are shown. */
const MAX_WORDS = 400;

const NO_CREDENTIALS: readonly string[] = ["CredentialsProviderError", "TokenProviderError", "ProviderError"];
const EXPIRED: readonly string[] = [
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
  "RequestExpired",
  "UnauthorizedSSOTokenError",
];
const NOT_ACCEPTED: readonly string[] = [
  "AuthFailure",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];
const DENIED: readonly string[] = [
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
  "AuthorizationErrorException",
  "NotAuthorized",
  "OptInRequired",
  "UnauthorizedOperation",
];
const ABSENT: readonly string[] = [
  "ExecutionDoesNotExist",
  "NoSuchBucket",
  "ParameterNotFound",
  "ResourceNotFoundException",
  "StateMachineDoesNotExist",
];
const THROTTLED = /throttl|too ?many ?requests|RequestLimitExceeded|SlowDown|LimitExceeded/i;
const CLOCK = /RequestTimeTooSkewed|signature (has )?expired|signature not yet current/i;
const UNREACHABLE: readonly string[] = [
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
];

/** Turns what the SDK throws into an {@link AwsFailure}; gives back any other error as it is. */
export function awsFailure(error: unknown, asked: Asked): unknown {
  if (error instanceof UserError || !(error instanceof Error)) {
    return error;
  }
  const { name } = error;
  const { action, region, profile } = asked;
  const words = oneLine(error.message, MAX_WORDS);
  const login = profile === undefined ? "aws sso login" : `aws sso login ${shellWords(["--profile", profile])}`;
  const failure = (kind: AwsFailureKind, message: string, next: string) =>
    new AwsFailure(message, kind, { next, cause: error });

  if (NO_CREDENTIALS.includes(name)) {
    return /sso|token is expired|expired/i.test(words)
      ? failure("credentials", `The AWS credentials have expired: ${words}`, `${login}, then the same command`)
      : failure(
          "credentials",
          profile === undefined
            ? `${NO_CREDENTIALS_HERE}: ${words}`
            : `The profile ${profile} has no AWS credentials: ${words}`,
          `${login} or aws configure, or name a profile with --profile; aws configure list-profiles shows them`,
        );
  }
  if (CLOCK.test(`${name} ${words}`)) {
    return failure("credentials", `AWS finds the time of this machine wrong: ${words}`, "set the clock");
  }
  if (EXPIRED.includes(name)) {
    return failure(
      "credentials",
      `The AWS credentials have expired: ${words}`,
      `${login}, or put newer ones where these came from: aws configure list shows where`,
    );
  }
  if (NOT_ACCEPTED.includes(name)) {
    return failure(
      "credentials",
      `AWS does not accept the credentials that were found (${name}): ${words}`,
      "aws configure list shows where they come from; correct them there, or name a profile with --profile",
    );
  }
  if (DENIED.includes(name) || statusOf(error) === 403) {
    return failure(
      "denied",
      `AWS denies ${action}: ${words}`,
      "aws sts get-caller-identity shows who asks. Have that action allowed, or name another profile with --profile",
    );
  }
  if (ABSENT.includes(name)) {
    return failure("absent", `${action}: ${words || name}`, "check --profile (account) and --region, or deploy it");
  }
  if (THROTTLED.test(name) || statusOf(error) === 429) {
    return failure("throttled", `AWS takes no more requests at the moment: ${action}`, "wait a minute, then try again");
  }
  if (UNREACHABLE.includes(errorCode(error) ?? "") || /TimeoutError|CERT|SSL/i.test(`${name} ${errorCode(error)}`)) {
    return failure(
      "unreachable",
      `AWS cannot be reached for ${action}: ${words || errorCode(error)}`,
      `check the network and its proxy, and that ${region} is a Region: --region, or region in cdktf.json`,
    );
  }
  return "$metadata" in error || "$fault" in error
    ? failure("service", `AWS answers ${action} with ${name}: ${words}`, "correct what that says, or try again later")
    : error;
}

/**
 * Whether AWS has certainly not done what it was asked for: it refused the one request that was made. Where the SDK has repeated it,
 * an earlier one may have been carried out, and its answer lost.
 */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof AwsFailure) || !(error.cause instanceof Error)) {
    return false;
  }
  const { attempts, httpStatusCode = 0 } = metadataOf(error.cause);
  return attempts === 1 && httpStatusCode >= 400 && httpStatusCode < 500;
}

function statusOf(error: object): number | undefined {
  return metadataOf(error).httpStatusCode;
}

/** What the SDK says of the answer, and of the requests that were made for it. */
function metadataOf(error: object): { readonly httpStatusCode?: number; readonly attempts?: number } {
  return "$metadata" in error && typeof error.$metadata === "object" ? (error.$metadata ?? {}) : {};
}
