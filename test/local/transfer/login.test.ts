import { expect } from "chai";
import type { AuthenticationType } from "ssh2";
import { Login } from "../../../local/transfer/login";

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
  "takes a key or a password": {
    names: [null, ["password", "publickey"], ["password", "publickey"], ["password", "publickey"]],
    tried: ["none", "publickey", "password", false],
  },
  "takes a password in two ways, which would be two attempts": {
    names: [null, ["keyboard-interactive", "password"], ["keyboard-interactive", "password"], ["password"]],
    tried: ["none", "password", "publickey", false],
  },
  "asks for the password": {
    names: [null, ["keyboard-interactive"], ["keyboard-interactive"]],
    tried: ["none", "keyboard-interactive", "publickey"],
  },
  "names no method": {
    names: [null, [], [], []],
    tried: ["none", "publickey", "password", false],
  },
};

const PASSWORD = "pass-phrase-7";
const hidden = (prompt: string) => ({ prompt, echo: false });

describe("a login", () => {
  for (const [server, { names, tried }] of Object.entries(SERVERS)) {
    it(`tries in turn what a server accepts that ${server}`, () => {
      const login = new Login(PASSWORD);
      expect(names.map((accepted) => login.next(accepted))).to.deep.equal(tried);
    });
  }

  it("answers one hidden prompt with the password, once", () => {
    const login = new Login(PASSWORD);
    expect(login.answer("", [hidden("Password: ")])).to.deep.equal([PASSWORD]);
    expect(login.unmetDemand).to.equal(undefined);
    expect(login.answer("", [hidden("One-time code: ")])).to.equal(undefined);
    expect(login.unmetDemand).to.contain('nothing else to say: "One-time code:"');
  });

  for (const [title, instructions, prompts] of [
    ["a prompt whose answer may be seen", "", [{ prompt: "User: ", echo: true }]],
    ["several prompts", "Change your password", [hidden("Current: "), hidden("New: ")]],
  ] as const) {
    it(`does not give the password away to ${title}`, () => {
      const login = new Login(PASSWORD);
      expect(login.answer(instructions, prompts)).to.equal(undefined);
      expect(login.unmetDemand).to.contain(prompts[0].prompt.trim()).and.to.contain(instructions);
    });
  }

  it("cannot answer a prompt without words either", () => {
    const login = new Login(PASSWORD);
    expect(login.answer("", [{ prompt: "", echo: true }])).to.equal(undefined);
    expect(login.unmetDemand).to.match(/nothing else to say$/);
  });

  it("has nothing to say to a prompt without a password", () => {
    const login = new Login(undefined);
    expect(login.answer("", [hidden("Password: ")])).to.equal(undefined);
    expect(login.unmetDemand).to.contain('"Password:"');
  });

  it("asks for no code after the password: another step ends it", () => {
    const login = new Login(PASSWORD);
    expect([login.next(null), login.next(["password"])]).to.deep.equal(["none", "password"]);
    login.next(["keyboard-interactive"], true);
    expect(login.told).to.contain("it takes keyboard-interactive; it wants a further step");
  });

  it("tells the server's words on one line, and not more than can be read", () => {
    const login = new Login(PASSWORD);
    login.hear(`Account locked.\r\n\u001b[31mCall us${"!".repeat(500)}`);
    expect(login.told).to.match(/^ \(it says "Account locked\. \[31mCall us!{200,}\.\.\."\)$/);
    expect(new Login(PASSWORD).told).to.equal("");
  });
});
