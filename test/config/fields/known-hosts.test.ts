import { createHmac } from "node:crypto";
import { expect } from "chai";
import { knownHosts } from "../../../config/fields/known-hosts";

const USUAL = { host: "sftp.example.com", port: 22 };
const OTHER_PORT = { ...USUAL, port: 2222 };

function hashed(name: string): string {
  const salt = Buffer.from("twenty bytes of salt");
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

describe("knownHosts", () => {
  for (const [field, server] of [
    ["sftp.example.com", USUAL],
    ["SFTP.Example.com", USUAL],
    ["[sftp.example.com]:22", USUAL],
    ["other,192.0.2.1,sftp.example.com", USUAL],
    ["*.example.com", USUAL],
    ["s?tp.*", USUAL],
    ["*", USUAL],
    ["*.example.com,!www.example.com", USUAL],
    ["[sftp.example.com]:2222", OTHER_PORT],
    ["[*.example.com]:2222", OTHER_PORT],
    [hashed("sftp.example.com"), USUAL],
    [hashed("[sftp.example.com]:2222"), OTHER_PORT],
    ["sftp.example.com", { host: "sftp.example.com.", port: 22 }],
    ["fe80::1%eth0", { host: "fe80::1%eth0", port: 22 }],
    ["fe80::1%eth0,sftp.example.com", USUAL],
    ["2001:db8:0:0::1", { host: "2001:db8::1", port: 22 }],
    ["2001:db8::1", { host: "2001:DB8::1", port: 22 }],
    ["[2001:db8::1]:2222", { host: "2001:db8::1", port: 2222 }],
  ] as const) {
    it(`finds ${server.host}:${server.port} in ${field}`, () => {
      expect(knownHosts(field, server)).to.equal("its");
    });
  }

  for (const [field, server] of [
    ["other.example.com", USUAL],
    ["example.com", USUAL],
    ["*.example.com?", USUAL],
    ["sftp.example.co", USUAL],
    ["sftp-example-com", USUAL],
    ["[sftp.example.com]:2222", USUAL],
    ["sftp.example.com", OTHER_PORT],
    ["[sftp.example.com]:222", OTHER_PORT],
    ["!www.example.com", USUAL],
    [hashed("other.example.com"), USUAL],
    [hashed("sftp.example.com"), OTHER_PORT],
    ["|2|x|y", USUAL],
    ["|", USUAL],
  ] as const) {
    it(`does not find ${server.host}:${server.port} in ${field}`, () => {
      expect(knownHosts(field, server)).to.equal("another's");
    });
  }

  for (const [field, server] of [
    ["*,!sftp.example.com", USUAL],
    ["!sftp.*", USUAL],
    ["sftp.example.com,!*.com", USUAL],
    ["[*]:2222,![sftp.example.com]:2222", OTHER_PORT],
  ] as const) {
    it(`sees that ${field} excepts ${server.host}:${server.port}`, () => {
      expect(knownHosts(field, server)).to.equal("not-its");
    });
  }

  it("takes as many stars as there are, in no more time than the lengths ask for", () => {
    const pattern = `${"*a".repeat(2000)}*b`;
    expect(knownHosts(pattern, { host: "a".repeat(250), port: 22 })).to.equal("another's");
  });
});
