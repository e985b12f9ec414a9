import { expect } from "chai";
import { hostAndPort, parseUrl } from "../../../config/fields/url";
import { outcome } from "../support";

const IPV6 = "warning: is an IPv6 address, which an SFTP connector without VPC egress may not reach";
const PRIVATE = "warning: is a private address, which an SFTP connector without VPC egress does not reach";

describe("parseUrl", () => {
  const taken: readonly (readonly [string, string, readonly string[]])[] = [
    ["sftp.example.com", "sftp.example.com", []],
    ["sftp.example.com:2222", "sftp.example.com:2222", []],
    ["localhost:65535", "localhost:65535", []],
    ["192.0.2.1", "192.0.2.1", []],
    ["127.0.0.1:2222", "127.0.0.1:2222", []],
    ["[::1]:22", "[::1]:22", []],
    ["[0:0:0:0:0:0:0:1]", "[0:0:0:0:0:0:0:1]", []],
    ["[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]", []],
    ["[2001:db8::1]:22", "[2001:db8::1]:22", [IPV6]],
    ["[fd00::1]", "[fd00::1]", [IPV6]],
    ...["10.0.0.1", "172.16.0.1", "172.31.255.255:22", "192.168.1.1", "100.64.0.1", "169.254.10.1"].map(
      (address) => [address, address, [PRIVATE]] as const,
    ),
    ...["9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1"].map(
      (address) => [address, address, []] as const,
    ),
    ["my_host.example", "my_host.example", []],
    ["sftp://host", "host", ["warning: the protocol is not needed and was removed"]],
    ["SFTP://host:1", "host:1", ["warning: the protocol is not needed and was removed"]],
    ["host/", "host", ["warning: the slash at the end was removed"]],
  ];
  for (const [text, value, findings] of taken) {
    it(`takes ${text}`, () => {
      expect(outcome(parseUrl(text))).to.deep.equal({ value, findings });
    });
  }

  const refused: readonly (readonly [string, string])[] = [
    ["", "is not a host name or IP address"],
    ["ftp://host", "ftp is not SFTP"],
    ["https://host", "https is not SFTP"],
    ["host/folder", "holds more than host and port: a folder belongs in RemoteFolders.Folder"],
    ["host:0", "the port is not a number from 1 to 65535"],
    ["host:65536", "the port is not a number from 1 to 65535"],
    ["host:", "the port is not a number from 1 to 65535"],
    ["host:ssh", "the port is not a number from 1 to 65535"],
    ["256.1.1.1", "is not a host name or IP address"],
    ["[2001:db8::1", "is not a host name or IP address"],
    ["2001:db8::1", "an IPv6 address must stand in square brackets"],
    ["a b", "is not a host name or IP address"],
    ["[fe80::1%eth0]", "is not a host name or IP address"],
    ["-a.example", "is not a host name or IP address"],
    ["a..b", "is not a host name or IP address"],
    [`${"a".repeat(64)}.example`, "is not a host name or IP address"],
    [`${"a.".repeat(130)}b`, "is longer than 248 characters"],
  ];
  for (const [text, message] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))}`, () => {
      expect(outcome(parseUrl(text))).to.deep.equal({ value: undefined, findings: [`error: ${message}`] });
    });
  }

  it("shows an IPv6 address without brackets, and how it is written", () => {
    expect(parseUrl("2001:db8::1").findings).to.deep.equal([
      {
        severity: "error",
        message: "an IPv6 address must stand in square brackets",
        received: '"2001:db8::1"',
        allowed: "[2001:db8::1]",
      },
    ]);
  });

  const international: readonly (readonly [string, string])[] = [
    ["müller.example", "xn--mller-kva.example"],
    ["sftp://müller.example:2222/", "xn--mller-kva.example:2222"],
  ];
  for (const [text, allowed] of international) {
    it(`says what ${text} is in the DNS`, () => {
      expect(outcome(parseUrl(text)).findings).to.deep.equal(["error: has characters beyond ASCII"]);
      expect(parseUrl(text).findings[0]?.allowed).to.equal(allowed);
    });
  }

  for (const text of ["user@host", "user:hunter2@host", "sftp://user:hunter2@host:22"]) {
    it(`refuses a user without showing it: ${text}`, () => {
      const result = parseUrl(text);
      expect(outcome(result).findings).to.deep.equal([
        "error: holds a user before an @, and credentials do not belong in a file",
      ]);
      expect(JSON.stringify(result)).not.to.contain("hunter2");
    });
  }
});

describe("hostAndPort", () => {
  it("takes a url apart; the port is 22 where none is given", () => {
    expect(hostAndPort("host")).to.deep.equal({ host: "host", port: 22 });
    expect(hostAndPort("host:2222")).to.deep.equal({ host: "host", port: 2222 });
    expect(hostAndPort("[::1]:2222")).to.deep.equal({ host: "::1", port: 2222 });
    expect(hostAndPort("[::1]")).to.deep.equal({ host: "::1", port: 22 });
  });
});
