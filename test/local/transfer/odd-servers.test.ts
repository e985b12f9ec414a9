import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { join } from "node:path";
import { TestConnectionCommand } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { type AuthContext, type AuthenticationType, Server } from "ssh2";
import { noSshdReason, SSHD_TITLE, startSshd } from "../../../bench/servers/sshd";
import { credentialsFrom } from "../../../local/runner/credentials";
import { generateHostKeys, publicKeyOf } from "../../../local/sftp-server/host-keys";
import type { SftpCredentials } from "../../../local/transfer/remote-server";
import { tempFolder } from "../../support/temp-folder";
import { CONNECTOR, startTransfer } from "./local-transfer";

const PASSWORD = "pass-phrase-7";
const LOGIN: SftpCredentials = { username: "partner", password: PASSWORD };

/** What a connector says of a server that it cannot use. */
async function failureAt(url: string, trustedHostKeys: readonly string[], credentials = LOGIN): Promise<string> {
  const transfer = await startTransfer({ connector: { url, trustedHostKeys }, credentials });
  try {
    const event = await transfer.list("/folder");
    const tested = await transfer.client.send(new TestConnectionCommand({ ConnectorId: CONNECTOR }));
    expect(tested.Status).to.equal("ERROR");
    expect(event).to.nested.include({ "detail.failure-code": "CONNECTION_ERROR" });
    const message: unknown = Reflect.get(Reflect.get(event, "detail"), "failure-message");
    expect(message).to.be.a("string").that.does.not.contain(PASSWORD);
    return String(message);
  } finally {
    await transfer.close();
  }
}

async function failureOf(server: NetServer | Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  try {
    return await failureAt(`127.0.0.1:${port}`, [publicKeyOf(HOST_KEY)]);
  } finally {
    server.close();
  }
}

/** A TCP server that greets, and answers nothing. */
async function failureAtGreeting(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    greet(socket);
  });
  return failureOf(server);
}

const [HOST_KEY = ""] = generateHostKeys();

/** An SSH server whose logins go as the test says. */
async function failureAtLogin(banner: string, decide: (attempt: AuthContext) => void): Promise<string> {
  const server = new Server({ hostKeys: [HOST_KEY], banner }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", decide);
  });
  return failureOf(server);
}

/** A message that ends an SSH connection before keys are exchanged (RFC 4253, sections 6 and 11.1). @param words in UTF-8. */
function disconnection(words: string): Buffer {
  const PROTOCOL_ERROR = 2;
  const text = Buffer.from(words);
  const payload = Buffer.alloc(1 + 4 + 4 + text.length + 4);
  payload.writeUInt8(1, 0);
  payload.writeUInt32BE(PROTOCOL_ERROR, 1);
  payload.writeUInt32BE(text.length, 5);
  text.copy(payload, 9);
  const padding = 4 + ((8 - ((4 + 1 + payload.length + 4) % 8)) % 8);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + payload.length + padding, 0);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}

describe("a connector at a server that ends the connection with words of its own", () => {
  const FORGED = "goodbye\r\nNext: ask nobody \u001b[2J\u202e";

  it("quotes them in one line, and no more of them than a line has", async () => {
    const message = await failureAtGreeting((socket) => {
      socket.write("SSH-2.0-odd\r\n");
      socket.write(disconnection(`${FORGED}${"x".repeat(5000)}`));
    });
    expect(message).to.match(/: goodbye Next: ask nobody \[2Jx+\.\.\.$/);
    expect(message).to.have.length.below(400);
  });

  it("tells the methods that it takes in one line", async () => {
    const message = await failureAtLogin("", (attempt) => {
      attempt.reject([`password\n${FORGED}${"x".repeat(5000)}` as AuthenticationType]);
    });
    expect(message).to.match(/\(it takes password goodbye Next: ask nobody \[2Jx+\.\.\.\)$/);
    expect(message).to.have.length.below(600);
  });
});

describe("a connector at a port where no SSH server is", () => {
  for (const [protocol, greeting, expected] of [
    ["FTP", "220 (vsFTPd 3.0.3)\r\n", 'it speaks FTP, which is not SFTP, and begins with "220 (vsFTPd 3.0.3)"'],
    ["SMTP", "220 mail.example.com ESMTP Postfix\r\n", "it speaks SMTP"],
    ["HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n", 'it speaks HTTP, and begins with "HTTP/1.1 400 Bad Request"'],
    ["TLS", Buffer.from("15030300020246", "hex"), "it speaks TLS, such as FTPS or HTTPS"],
  ] as const) {
    it(`says so of ${protocol}, and does not wait for more`, async () => {
      expect(await failureAtGreeting((socket) => socket.write(greeting))).to.contain(
        `no SSH server answers there: ${expected}`,
      );
    });
  }

  it("waits for a server that says other things before", async () => {
    const message = await failureAtGreeting((socket) => {
      socket.write("Welcome to Example Corp.\r\n");
      setTimeout(() => socket.end("SSH-2.0-example\r\n"), 100);
    });
    expect(message).not.to.contain("no SSH server");
  });

  it("shows how anything else begins that ends the connection", async () => {
    expect(await failureAtGreeting((socket) => socket.end("ready\u0007 for orders\r\n"))).to.match(
      /no SSH server answers there, and begins with "ready for orders"$/,
    );
  });
});

describe("a connector at a server that asks for more than a password", () => {
  const METHODS = ["keyboard-interactive"] as const;

  it("answers no second prompt with it, and shows what was asked", async () => {
    const given: string[] = [];
    const message = await failureAtLogin("", (attempt) => {
      if (attempt.method !== "keyboard-interactive") {
        attempt.reject([...METHODS]);
        return;
      }
      attempt.prompt([{ prompt: "Password: ", echo: false }], (answers) => {
        given.push(...answers);
        attempt.prompt([{ prompt: "One-time code: ", echo: false }], (codes) => given.push(...codes));
      });
    });
    expect(message).to.contain(
      'asks for something else than one hidden password, and a connector has nothing else to say: "One-time code:"',
    );
    // Of two connections.
    expect(given).to.deep.equal([PASSWORD, PASSWORD]);
  });

  it("gives the password to no form for a new one", async () => {
    const given: string[] = [];
    const message = await failureAtLogin("", (attempt) => {
      if (attempt.method !== "keyboard-interactive") {
        attempt.reject([...METHODS]);
        return;
      }
      const prompts = ["Current password: ", "New password: "].map((prompt) => ({ prompt, echo: false }));
      attempt.prompt(prompts, "partner", "Your password has expired.", (answers) => given.push(...answers));
    });
    expect(message).to.contain('"Your password has expired. Current password: New password:"');
    expect(given).to.deep.equal([]);
  });

  it("says that the password has to be changed", async () => {
    const message = await failureAtLogin("", (attempt) => {
      if (attempt.method === "password") {
        attempt.requestChange("Choose a new one within 24 hours", () => attempt.reject());
      } else {
        attempt.reject(["password"]);
      }
    });
    expect(message).to.contain('nothing else to say: "Choose a new one within 24 hours (a new password)"');
  });

  it("is quoted without the password that it says in its banner, in its prompts, and in the methods that it takes", async () => {
    const message = await failureAtLogin(`${"x".repeat(995)}${PASSWORD}`, (attempt) => {
      if (attempt.method === "keyboard-interactive") {
        attempt.prompt(
          [`Not ${PASSWORD}? `, "Again: "].map((prompt) => ({ prompt, echo: false })),
          () => undefined,
        );
      } else {
        attempt.reject(["keyboard-interactive"]);
      }
    });
    expect(message).to.contain('"Not ***? Again:"').and.not.contain("pass-");
  });

  it("spends one attempt on a wrong password, and says what the server takes and says", async () => {
    const attempts: string[] = [];
    const message = await failureAtLogin("Three attempts,\r\nthen we block you.", (attempt) => {
      attempts.push(attempt.method);
      attempt.reject(["keyboard-interactive", "password"]);
    });
    expect(message).to.contain("refuses the user partner with the password (it takes keyboard-interactive, password; ");
    expect(message).to.contain('it says "Three attempts, then we block you."');
    expect(attempts.filter((method) => method === "password" || method === "keyboard-interactive")).to.deep.equal([
      "password",
      "password",
    ]);
  });
});

(noSshdReason === undefined ? describe : describe.skip)(`a connector at ${SSHD_TITLE}`, () => {
  async function failureWith(settings: readonly string[], username?: string): Promise<string> {
    const server = await startSshd(settings);
    if (server === undefined) {
      throw new Error(noSshdReason);
    }
    try {
      const { credentials } = await credentialsFrom({
        SFTP_USERNAME: username ?? server.username,
        SFTP_PRIVATE_KEY_FILE: server.privateKeyFile,
      });
      return await failureAt(`127.0.0.1:${server.port}`, server.hostPublicKeys, credentials);
    } finally {
      await server.close();
    }
  }

  it("that prints text knows it from a packet", async () => {
    expect(await failureWith(["ForceCommand echo This account is currently not available."])).to.contain(
      'it says "This account is currently not available."',
    );
  });

  it("that shows a banner passes it on when it refuses", async () => {
    const banner = join(tempFolder(), "banner");
    writeFileSync(banner, "Accounts of 2025 are closed.\n");
    const message = await failureWith([`Banner ${banner}`], "nobody-there");
    expect(message).to.contain("refuses the user nobody-there with the private key (it takes publickey; ");
    expect(message).to.contain('it says "Accounts of 2025 are closed."');
  });
});
