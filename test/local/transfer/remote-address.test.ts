import { expect } from "chai";
import { parseRemoteAddress } from "../../../local/transfer/remote-address";

describe("parseRemoteAddress", () => {
  for (const [url, expected] of Object.entries({
    "sftp.example.com": { host: "sftp.example.com", port: 22 },
    "sftp.example.com:2222": { host: "sftp.example.com", port: 2222 },
    "sftp://sftp.example.com:2222/": { host: "sftp.example.com", port: 2222 },
    "192.0.2.1:22": { host: "192.0.2.1", port: 22 },
    "[2001:db8::1]:2222": { host: "2001:db8::1", port: 2222 },
    "[::1]": { host: "::1", port: 22 },
    "user@host": undefined,
    "host:0": undefined,
    "host:70000": undefined,
    "https://host": undefined,
    "": undefined,
  })) {
    it(`reads "${url}"`, () => {
      expect(parseRemoteAddress(url)).to.deep.equal(expected);
    });
  }
});
