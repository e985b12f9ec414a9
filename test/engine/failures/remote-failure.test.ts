import { expect } from "chai";
import { FAILURE_KINDS } from "../../../engine/failures/failure";
import { mayPass, remoteFailure } from "../../../engine/failures/remote-failure";

const path = "/data/a";

describe("remoteFailure", () => {
  const table: [string | undefined, string | undefined, string][] = [
    ["FILE_NOT_FOUND", undefined, "not-found"],
    [undefined, "No such file", "not-found"],
    [undefined, "no such file or directory", "not-found"],
    ["RETRIEVE_FILE_FAILED", "The file was not found", "not-found"],
    ["FileNotFound", undefined, "not-found"],
    ["NoSuchFile", undefined, "not-found"],
    ["PERMISSION_DENIED", undefined, "not-permitted"],
    [undefined, "Permission denied", "not-permitted"],
    ["ACCESS_DENIED", "cannot write to S3", "not-permitted"],
    ["AccessDenied", undefined, "not-permitted"],
    ["CONNECTION_LOST", "reset by peer", "connection"],
    [undefined, undefined, "other"],
    [undefined, "Host not found", "other"],
  ];
  for (const [code, message, expected] of table) {
    it(`${code ?? "no code"}, ${message ?? "no message"}: ${expected}`, () => {
      expect(remoteFailure({ path, code, message }).kind).to.equal(expected);
    });
  }

  const named: [path: string, message: string, string][] = [
    ["/in/no such file.csv", "Connection reset: /in/no such file.csv", "other"],
    ["/in/no such file.csv", "Permission denied: /in/no such file.csv", "not-permitted"],
    ["/in/no such file.csv", 'cannot open "no such file.csv"', "other"],
    ["/in/permission/x.csv", "Connection reset: /in/permission/x.csv", "other"],
    ["/in/permission/x.csv", "No such file: /in/permission/x.csv", "not-found"],
    ["/in/a", "No such file, or permission denied: /in/a", "not-permitted"],
  ];
  for (const [path, message, expected] of named) {
    it(`"${message}" of ${path}: ${expected}`, () => {
      expect(remoteFailure({ path, code: "READ_FILE_ERROR", message }).kind).to.equal(expected);
    });
  }

  it("believes a code that says what it was, whatever the message says", () => {
    const message = "No such file, or permission denied";
    for (const code of ["CONNECTION_ERROR", "TIMEOUT_ERROR"]) {
      expect(remoteFailure({ path, code, message }).kind).to.equal("connection");
    }
    expect(remoteFailure({ path, code: "RETRIEVE_FILE_NOT_FOUND", message }).kind).to.equal("not-found");
  });

  for (const message of ["Private key not found in secret", "KMS key not found", "Host key not found"]) {
    it(`"${message}" speaks of no file: nothing vanished`, () => {
      expect(remoteFailure({ path, code: undefined, message }).kind).to.equal("other");
    });
  }

  const folders: [string | undefined, string | undefined, string][] = [
    ["DIRECTORY_NOT_FOUND", undefined, "not-found"],
    [undefined, "The directory does not exist", "not-found"],
    ["FAILED", "/data: no such file or directory", "not-found"],
    ["LIST_DIRECTORY_ERROR", "Permission denied: /data/folder_not_found", "not-permitted"],
    ["LIST_DIRECTORY_ERROR", "No such file: /data/folder_not_found", "not-found"],
  ];
  for (const [code, message, expected] of folders) {
    it(`of a folder, ${code ?? "no code"}, ${message ?? "no message"}: ${expected}`, () => {
      expect(remoteFailure({ path: "/data/folder_not_found", code, message }).kind).to.equal(expected);
    });
  }

  it("tells in its detail what the service said, as far as it said anything", () => {
    expect(remoteFailure({ path, code: "A", message: "b" }).detail).to.equal("A: b");
    expect(remoteFailure({ path, code: undefined, message: "b" }).detail).to.equal("b");
    expect(remoteFailure({ path, code: undefined, message: undefined }).detail).to.equal("");
  });
});

describe("mayPass", () => {
  it("lets only what may be different next time be tried again at once", () => {
    expect(FAILURE_KINDS.filter(mayPass)).to.deep.equal(["connection", "other"]);
  });
});
