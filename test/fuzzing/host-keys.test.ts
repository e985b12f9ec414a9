import { expect } from "chai";
import fc from "fast-check";
import { hostKeyBlobReason } from "../../config/fields/host-key-blob";
import { hostsBeforeKey, parseHostKey } from "../../config/fields/host-keys";
import { knownHosts } from "../../config/fields/known-hosts";
import { expectReadable, fuzz } from "./support/fuzz";
import { anyText, mutated } from "./support/hostile";

const string = (bytes: Uint8Array) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const filled = (first: number, count: number) => Buffer.concat([Buffer.from([first]), Buffer.alloc(count, 0xa5)]);

const KEYS: readonly (readonly [string, Buffer])[] = [
  [
    "ssh-rsa",
    Buffer.concat([string(Buffer.from("ssh-rsa")), string(Buffer.from([1, 0, 1])), string(filled(0x91, 255))]),
  ],
  ...(
    [
      ["nistp256", 65],
      ["nistp384", 97],
      ["nistp521", 133],
    ] as const
  ).map(
    ([curve, bytes]) =>
      [
        `ecdsa-sha2-${curve}`,
        Buffer.concat([
          string(Buffer.from(`ecdsa-sha2-${curve}`)),
          string(Buffer.from(curve)),
          string(filled(4, bytes - 1)),
        ]),
      ] as const,
  ),
];

const keys = fc.constantFrom(...KEYS).map(([type, blob]) => `${type} ${blob.toString("base64")}`);

const hosts = fc.constantFrom(
  "sftp.example.com",
  "[sftp.example.com]:2222",
  "*.example.com,!bad.example.com",
  "10.0.0.1",
  "2001:db8::1",
  "fe80::1%eth0",
  "|1|c2FsdA==|aGFzaA==",
);

const lines = fc.oneof(
  keys,
  fc.tuple(hosts, keys).map(([host, key]) => `${host} ${key} comment`),
  fc.tuple(hosts, keys).map(([host, key]) => `# ${host}:22 SSH-2.0-x\n${host} ${key}`),
);

const servers = fc.record({
  host: fc.constantFrom("sftp.example.com", "10.0.0.1", "2001:db8::1", "fe80::1%eth0", "SFTP.example.com."),
  port: fc.constantFrom(22, 2222),
});

describe("hostile host keys", () => {
  it("are refused in words that show no key, or kept in a form that is read the same again", () => {
    fuzz(fc.oneof({ weight: 3, arbitrary: mutated(lines) }, anyText), 400, (text) => {
      const { value, findings } = parseHostKey(text);
      expect(value === undefined).to.equal(findings.some(({ severity }) => severity === "error"));
      for (const { message, received, allowed = "" } of findings) {
        expectReadable(`${message} ${allowed}`);
        expect(received).to.equal(undefined);
      }
      if (value !== undefined) {
        expect(value).to.match(/^[a-z0-9-]+ AAAA[A-Za-z0-9+/]+={0,2}$/);
        expect(parseHostKey(value)).to.deep.equal({ value, findings: [] });
      }
    });
  });

  it("are about this server or another, whatever stands before them", () => {
    fuzz(
      fc.tuple(fc.oneof(mutated(fc.tuple(hosts, keys).map((words) => words.join(" "))), mutated(hosts)), servers),
      400,
      ([text, server]) => {
        const field = hostsBeforeKey(text) ?? text;
        expect(["its", "another's", "not-its"]).to.include(knownHosts(field, server));
        expect(knownHosts(`${"*".repeat(300)}x${field}`, server)).to.be.a("string");
      },
    );
  });

  it("are lines of known_hosts that match as its manual says, by a reading of its own", () => {
    const pattern = fc
      .array(fc.constantFrom("a", "b", ".", "*", "?"), { minLength: 1, maxLength: 6 })
      .map((signs) => signs.join(""));
    const host = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 6 }).map((signs) => signs.join(""));
    fuzz(
      fc.tuple(fc.array(fc.tuple(fc.boolean(), pattern), { minLength: 1, maxLength: 3 }), host),
      300,
      ([patterns, name]) => {
        const field = patterns.map(([isExcepted, text]) => `${isExcepted ? "!" : ""}${text}`).join();
        const matching = patterns.filter(([, text]) => matches(text, name) || matches(text, `[${name}]:22`));
        const expected = matching.some(([isExcepted]) => isExcepted)
          ? "not-its"
          : matching.length > 0
            ? "its"
            : "another's";
        expect(knownHosts(field, { host: name, port: 22 }), field).to.equal(expected);
      },
    );
  });

  it("have blobs of which each damaged one is told from a whole one", () => {
    const damaged = fc.tuple(fc.constantFrom(...KEYS), fc.nat({ max: 40 }), fc.integer({ min: 1, max: 255 }));
    fuzz(damaged, 200, ([[type, blob], place, flip]) => {
      const bytes = Buffer.from(blob);
      bytes[place] = Number(bytes[place]) ^ flip;
      expect(hostKeyBlobReason(type, blob.toString("base64"))).to.equal(undefined);
      // Lengths, types and curves; of coordinates nothing is known.
      if (place < 4 + type.length) {
        expectReadable(hostKeyBlobReason(type, bytes.toString("base64")) ?? "\0");
      }
    });
  });
});

/** `*` any characters, `?` one, tried in every way. */
function matches(pattern: string, name: string): boolean {
  if (pattern === "") {
    return name === "";
  }
  const [sign = "", rest] = [pattern[0], pattern.slice(1)];
  return sign === "*"
    ? matches(rest, name) || (name !== "" && matches(pattern, name.slice(1)))
    : name !== "" && (sign === "?" || sign === name[0]) && matches(rest, name.slice(1));
}
