import { ServiceError } from "../endpoint/json-service";

/** A place in S3 as Transfer Family writes it: `/bucket` or `/bucket/prefix`. */
export interface S3Path {
  readonly bucket: string;
  /** Without slashes at its end; empty for the bucket itself. */
  readonly prefix: string;
}

/** @throws ServiceError InvalidRequestException */
export function parseS3Path(path: string, parameter: string): S3Path {
  const match = /^\/([^/]+)(?:\/(.*?))?\/*$/su.exec(path);
  const [, bucket, prefix = ""] = match ?? [];
  if (bucket === undefined) {
    throw new ServiceError("InvalidRequestException", `${parameter} is not of the form /bucket/prefix: ${path}`);
  }
  return { bucket, prefix };
}

/** The key of a file of this name there. */
export const keyIn = ({ prefix }: S3Path, name: string) => (prefix === "" ? name : `${prefix}/${name}`);
