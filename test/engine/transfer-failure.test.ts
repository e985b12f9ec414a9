import { expect } from "chai";
import { failureKind, isMissingFolder } from "../../engine/transfer-failure";

const FAILED = { path: "/data/a", status: "FAILED" } as const;

describe("failureKind", () => {
  const table: [string | undefined, string | undefined, string][] = [
    ["FILE_NOT_FOUND", undefined, "vanished"],
    [undefined, "No such file", "vanished"],
    [undefined, "no such file or directory", "vanished"],
    ["RETRIEVE_FILE_FAILED", "The file was not found", "vanished"],
    ["FileNotFound", undefined, "vanished"],
    ["NoSuchFile", undefined, "vanished"],
    ["PERMISSION_DENIED", undefined, "permanent"],
    [undefined, "Permission denied", "permanent"],
    ["ACCESS_DENIED", "cannot write to S3", "permanent"],
    ["AccessDenied", undefined, "permanent"],
    ["TRANSFER_TIMED_OUT", "no result in 45000 seconds", "permanent"],
    ["CONNECTION_LOST", "reset by peer", "retryable"],
    [undefined, undefined, "retryable"],
    [undefined, "Host not found", "retryable"],
  ];
  for (const [failureCode, failureMessage, expected] of table) {
    it(`${failureCode ?? "no code"}, ${failureMessage ?? "no message"}: ${expected}`, () => {
      expect(failureKind({ ...FAILED, failureCode, failureMessage })).to.equal(expected);
    });
  }

  const named: [path: string, failureMessage: string, string][] = [
    ["/in/no such file.csv", "Connection reset: /in/no such file.csv", "retryable"],
    ["/in/no such file.csv", "Permission denied: /in/no such file.csv", "permanent"],
    ["/in/no such file.csv", 'cannot open "no such file.csv"', "retryable"],
    ["/in/permission/x.csv", "Connection reset: /in/permission/x.csv", "retryable"],
    ["/in/permission/x.csv", "No such file: /in/permission/x.csv", "vanished"],
    ["/in/a", "No such file, or permission denied: /in/a", "permanent"],
  ];
  for (const [path, failureMessage, expected] of named) {
    it(`"${failureMessage}" of ${path}: ${expected}`, () => {
      expect(failureKind({ path, status: "FAILED", failureCode: "READ_FILE_ERROR", failureMessage })).to.equal(
        expected,
      );
    });
  }

  it("believes a code that says what it was, whatever the message says", () => {
    const failureMessage = "No such file, or permission denied";
    for (const failureCode of ["CONNECTION_ERROR", "TIMEOUT_ERROR"]) {
      expect(failureKind({ ...FAILED, failureCode, failureMessage })).to.equal("retryable");
    }
    expect(failureKind({ ...FAILED, failureCode: "RETRIEVE_FILE_NOT_FOUND", failureMessage })).to.equal("vanished");
  });

  for (const failureMessage of ["Private key not found in secret", "KMS key not found", "Host key not found"]) {
    it(`"${failureMessage}" speaks of no file: nothing vanished`, () => {
      expect(failureKind({ ...FAILED, failureCode: undefined, failureMessage })).not.to.equal("vanished");
    });
  }
});

describe("isMissingFolder", () => {
  const table: [string | undefined, string | undefined, boolean][] = [
    ["DIRECTORY_NOT_FOUND", undefined, true],
    [undefined, "No such file", true],
    [undefined, "The directory does not exist", true],
    ["FAILED", "/data: no such file or directory", true],
    ["PERMISSION_DENIED", "Permission denied", false],
    ["CONNECTION", "Host not found", false],
    [undefined, "Private key not found in secret", false],
    [undefined, undefined, false],
  ];
  for (const [code, message, expected] of table) {
    it(`${code ?? "no code"}, ${message ?? "no message"}: ${expected}`, () => {
      expect(isMissingFolder("/data", code, message)).to.equal(expected);
    });
  }

  it("takes a folder's own name for nothing", () => {
    const folder = "/in/folder_not_found";
    expect(isMissingFolder(folder, "LIST_DIRECTORY_ERROR", `Permission denied: ${folder}`)).to.equal(false);
    expect(isMissingFolder(folder, "LIST_DIRECTORY_ERROR", `No such file: ${folder}`)).to.equal(true);
  });
});
