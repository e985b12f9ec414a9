import type { Command } from "commander";
import { parseUrl } from "../../config/fields/url";
import { UserError } from "../../local/errors/user-error";
import { COMMAND, shellWords } from "../commands/command-line";
import { definitionFile, knownDefinition } from "../commands/definition-file";
import { EXIT } from "../commands/exit-codes";
import { interruptionSignal } from "../commands/interruption";
import { promptsAtTerminal } from "../terminal/prompts";
import { wrapped } from "../terminal/wrap";
import { addCommand } from "./add-command";
import { print, printExactly, printJson } from "./print";

const DETAILS = `Nobody logs in: neither user nor password is sent, and the connection ends once the server has shown its key. A key that came over the network proves nothing: compare its fingerprint with what the server's owner tells you by other means.

AWS Transfer Family takes RSA and ECDSA host keys. An ed25519 key is shown for comparison alone.

When a server gets new keys: add them with --add before the change, and remove the old ones with --remove after it.

Exit code: 0 the server has keys for PublicKey; 1 it could not be reached, or shows none that PublicKey trusts; 2 wrong definition or usage, or no key that connectors take.`;

interface Flags {
  readonly add?: boolean;
  readonly accept?: readonly string[];
  readonly remove?: readonly string[];
  readonly json?: boolean;
}

export function addHostKey(program: Command): void {
  addCommand(program, "host-key", {
    group: "definitions",
    summary: "show a server's host keys, as PublicKey takes them, or change those of a definition",
    details: DETAILS,
    examples: [
      "host-key sftp.example.com:2222",
      "host-key partner",
      "host-key partner --add",
      "host-key partner --add --accept SHA256:... --remove SHA256:...",
    ],
  })
    .argument("<server>", "HOST or HOST:PORT, or a definition by its name in servers/ or its file")
    .option("--add", "add the keys that the server shows to the definition, once you have confirmed them")
    .option("--accept <fingerprint...>", "add the key with this fingerprint, without a question")
    .option("--remove <fingerprint...>", "remove the key with this fingerprint from the definition")
    .option("--json", "print the result as one JSON document")
    .action(hostKey);
}

async function hostKey(server: string, flags: Flags): Promise<void> {
  const { add = false, accept = [], remove = [], json = false } = flags;
  if (add || accept.length > 0 || remove.length > 0) {
    await rotate(await definitionFile(server), { add, accept, remove, json });
    return;
  }
  const file = await knownDefinition(server);
  await (file === undefined ? show(server, json) : compare(file, json));
}

async function show(host: string, json: boolean): Promise<void> {
  const { acceptedHostKeys, serverHostKeys } = await import("../commands/definitions/host-keys.js");
  const { hostKeyLines, publicKeyYaml } = await import("../commands/definitions/host-key-text.js");
  const url = parsedHost(host);
  const keys = await serverHostKeys(url, interruptionSignal());
  if (json) {
    printJson({ url, keys });
  } else {
    process.stderr.write(`${hostKeyLines(keys)}\n\n`);
  }
  const accepted = acceptedHostKeys(url, keys);
  if (!json) {
    warn("Compare the fingerprints with what the server's owner tells you before you trust these keys:");
    printExactly(publicKeyYaml(accepted));
  }
}

async function compare(file: string, json: boolean): Promise<void> {
  const { compareHostKeys, newHostKeys } = await import("../commands/definitions/rotation.js");
  const { comparison } = await import("../commands/definitions/host-key-text.js");
  const compared = await compareHostKeys(file, interruptionSignal(), warn);
  const { definition, shown, trusted } = compared;
  const isTrusted = shown.some(({ key }) => trusted.some((one) => one.key === key));
  if (json) {
    printJson({ server: definition.name, file, url: definition.url, keys: shown, trusted });
  } else {
    print(comparison(shown, trusted));
    if (!isTrusted) {
      print("\nThe server shows none of the keys that PublicKey trusts: runs fail until you know why.");
    }
    if (newHostKeys(compared).length > 0) {
      print(`\nNext: ask the server's owner, then ${COMMAND} ${shellWords(["host-key", file, "--add"])}`);
    }
  }
  process.exitCode = isTrusted ? EXIT.ok : EXIT.failed;
}

async function rotate(file: string, { add, accept, remove, json }: Required<Flags>): Promise<void> {
  const { rotateHostKeys } = await import("../commands/definitions/rotation.js");
  const { hostKeyLines } = await import("../commands/definitions/host-key-text.js");
  const signal = interruptionSignal();
  const prompts = () => promptsAtTerminal(signal, "Name the keys that are right with --accept FINGERPRINT.");
  const { added, removed } = await rotateHostKeys(file, { add, accept, remove }, { prompts, signal, warn });
  if (json) {
    printJson({ file, added, removed });
    return;
  }
  const lines = [
    ...(added.length === 0 ? [] : [`Added to ${file}:`, hostKeyLines(added)]),
    ...(removed.length === 0 ? [] : [`Removed from ${file}:`, hostKeyLines(removed)]),
  ];
  print(lines.length === 0 ? `Nothing was changed in ${file}.` : lines.join("\n"));
}

/** @throws UserError for what the field Url would not take. */
function parsedHost(host: string): string {
  const { value, findings } = parseUrl(host);
  if (value === undefined) {
    const reasons = findings.map(({ message, allowed }) => `${message} (allowed: ${allowed})`);
    throw new UserError(`${JSON.stringify(host)} ${reasons.join("; ")}`);
  }
  return value;
}

function warn(text: string): void {
  process.stderr.write(`${wrapped(text, process.stderr)}\n`);
}
