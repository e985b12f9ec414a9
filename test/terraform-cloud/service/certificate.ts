import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** For `SSL_CERT_FILE`: whoever is given it trusts this certificate, and no other from a file. */
  readonly file: string;
}

/** Makes a certificate for `localhost` that is its own authority. @param folder receives it and its key. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
    ...["-keyout", keyFile, "-out", file],
  ]);
  return { key: await readFile(keyFile, "utf8"), cert: await readFile(file, "utf8"), file };
}
