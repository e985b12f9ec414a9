import { expect } from "chai";
import type { AuthenticationType } from "ssh2";
import { loginMethods } from "../../../local/transfer/login-methods";

/** What a server names after each refusal, and what is then tried. */
const SERVERS: Readonly<
  Record<string, { names: (AuthenticationType[] | null)[]; tried: (AuthenticationType | false)[] }>
> = {
  "wants a key, then a password": {
    names: [null, ["publickey"], ["password"]],
    tried: ["none", "publickey", "password"],
  },
  "wants a password, then a key": {
    names: [null, ["password"], ["publickey"]],
    tried: ["none", "password", "publickey"],
  },
  "takes either": {
    names: [null, ["password", "publickey"], ["password", "publickey"], ["password", "publickey"]],
    tried: ["none", "publickey", "password", "keyboard-interactive"],
  },
  "names no method": {
    names: [null, [], [], [], []],
    tried: ["none", "publickey", "password", "keyboard-interactive", false],
  },
};

describe("loginMethods", () => {
  for (const [server, { names, tried }] of Object.entries(SERVERS)) {
    it(`tries in turn what a server accepts that ${server}`, () => {
      expect(names.map(loginMethods())).to.deep.equal(tried);
    });
  }
});
