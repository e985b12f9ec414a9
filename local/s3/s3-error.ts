/** An error as S3 answers it: a code in the XML body (and the SDK's error name), and an HTTP status. */
export class S3Error extends Error {
  override readonly name = "S3Error";

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const noSuchKey = (key: string) => new S3Error("NoSuchKey", 404, `The specified key does not exist: ${key}`);

export const noSuchBucket = (bucket: string) =>
  new S3Error("NoSuchBucket", 404, `The specified bucket does not exist: ${bucket}`);

export const preconditionFailed = () =>
  new S3Error("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");

export const accessDenied = (message: string) => new S3Error("AccessDenied", 403, message);

export const notImplemented = (what: string) =>
  new S3Error("NotImplemented", 501, `The local S3 endpoint does not implement ${what}`);

export const invalidArgument = (message: string) => new S3Error("InvalidArgument", 400, message);
