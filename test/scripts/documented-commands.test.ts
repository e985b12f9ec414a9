import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { SSHD_TITLE, type Sshd, startSshd } from "../../bench/servers/sshd";
import { outcomeOf } from "../support/command";
import { type Fillings, fencesOf, fenceWith, filledIn, PAGES, placeOf } from "../support/fences";
import { copyProject, EVERY_COMMAND, lendFunctions } from "../support/project-copy";
import { tempFolder } from "../support/temp-folder";

/** Where a person calls the commands. */
interface World {
  /** Has one definition. */
  readonly project: string;
  /** The folder that is synced, as the server names it. */
  readonly remote: string;
  /** The folder that a trial is to write to. */
  readonly trial: string;
}

interface Expectation {
  readonly page: string;
  /** Of the block, to know it by. */
  readonly text: string;
  fillings(world: World): Fillings;
  /** Whether the commands ask the definition's SFTP server. */
  readonly asksServer: boolean;
  readonly code: number;
  /** Of all that is printed. */
  readonly prints: readonly RegExp[];
  leaves?(world: World): readonly string[];
}

const SERVER = { "servers/NAME.yaml": "servers/partner.yaml" };

/** Every block with the mark `run`, in the order in which a reader meets them. */
const EXPECTATIONS: readonly Expectation[] = [
  {
    page: "README.md",
    text: "npm start",
    // The packages are there. What is left to see is that package-lock.json fits package.json.
    fillings: () => ({ "npm ci": "npm ci --dry-run --offline --silent" }),
    asksServer: false,
    code: 0,
    prints: [
      /2 transferred, the other 6 unchanged/,
      /RemoteFoldersList > GetListStatus > SyncRemoteFolder/,
      /Try next/,
    ],
  },
  {
    page: "README.md",
    text: "npx sftp-sync validate",
    // This server takes keys alone; the values are in the environment.
    fillings: () => ({
      ...SERVER,
      "read -rs SFTP_PASSWORD": "",
      "SFTP_USERNAME=... SFTP_PASSWORD": "SFTP_USERNAME SFTP_PRIVATE_KEY_FILE",
    }),
    asksServer: true,
    code: 0,
    prints: [/^1 valid definition/m, /partner \/ in .*SUCCEEDED/, /would/i],
    leaves: ({ project, remote }) => [join(project, ".local", "lake", remote, "orders.csv")],
  },
  {
    page: "docs/definitions-by-command.md",
    text: "npx sftp-sync new",
    fillings: () => ({
      HOST: "$(sed -n 's/^Url: //p' servers/partner.yaml)",
      "SHA256:...": "$(npx sftp-sync show partner | grep -m 1 -o 'SHA256:[^ ]*')",
      NAME: "fresh",
      BUCKET: "archive",
    }),
    asksServer: true,
    code: 0,
    prints: [
      /^Written: servers\/fresh\.yaml$/m,
      /^fresh +1 +yes/m,
      /^\+Schedule: "@daily"$/m,
      /^In PublicKey, and shown by the server:$/m,
      /^2 valid definition/m,
    ],
    leaves: ({ project }) => [join(project, "servers", "fresh.yaml")],
  },
  {
    page: "docs/faults.md",
    text: "--faults faults.yaml",
    fillings: ({ trial }) => ({ ...SERVER, "~/sftp-sync-trial": trial }),
    asksServer: true,
    code: 1,
    prints: [/TransferIncomplete/, /orders\.csv: .*Permission denied/],
    leaves: ({ trial, remote }) => [join(trial, "lake", remote, "prices.csv")],
  },
  {
    page: "docs/globs.md",
    text: "--against paths.txt",
    fillings: () => SERVER,
    asksServer: true,
    code: 0,
    prints: [/^partner \/ in: takes \d of 3 paths$/m, /^ {2}takes a\.csv$/m],
  },
  {
    page: "docs/operations.md",
    text: "findOrigin",
    fillings: () => ({ "FILE.mjs": "finish-run.mjs", "LINE, COLUMN": "2, 2000" }),
    asksServer: false,
    code: 0,
    prints: [/fileName: '.*\.(ts|js)'/, /lineNumber: \d+/],
  },
];

describe("blocks of the documents with the mark run", () => {
  it("have an expectation each, below", () => {
    const run = PAGES.flatMap(fencesOf).filter(({ mark }) => mark === "run");
    expect(EXPECTATIONS.map(({ page, text }) => placeOf(fenceWith(page, text)))).to.have.members(run.map(placeOf));
  });
});

describe("documented commands", function () {
  this.timeout(180_000);
  let world: World;
  let sshd: Sshd | undefined;

  before(async () => {
    sshd = await startSshd();
    const project = tempFolder();
    copyProject(project, [...EVERY_COMMAND, ".npmrc"]);
    await lendFunctions(project);
    const remote = join(tempFolder(), "in");
    mkdirSync(remote);
    writeFileSync(join(remote, "orders.csv"), "1\n");
    writeFileSync(join(remote, "prices.csv"), "1\n");
    if (sshd !== undefined) {
      writeFileSync(join(project, "servers", "partner.yaml"), definition(sshd, remote));
    }
    const faults = fenceWith("docs/faults.md", "# The second call").text.replaceAll("/in/", `${remote}/`);
    writeFileSync(join(project, "faults.yaml"), faults);
    world = { project, remote, trial: join(tempFolder(), "trial") };
  });

  after(() => sshd?.close());

  for (const { page, text, fillings, asksServer, code, prints, leaves } of EXPECTATIONS) {
    const fence = fenceWith(page, text);

    it(`work as they stand in ${placeOf(fence)}${asksServer ? `, with ${SSHD_TITLE}` : ""}`, async function () {
      if (asksServer && sshd === undefined) {
        this.skip();
      }
      const script = filledIn(fence, fillings(world));
      const options = { cwd: world.project, env: environment(sshd) };
      const { how, stdout, stderr } = await outcomeOf("sh", ["-ec", script], options);
      expect(how, stdout + stderr).to.equal(code);
      for (const pattern of prints) {
        expect(stdout + stderr).to.match(pattern);
      }
      expect((leaves?.(world) ?? []).filter((file) => !existsSync(file))).to.deep.equal([]);
    });
  }
});

/** With the credentials, and without what the npm that runs these tests says of itself. */
function environment(sshd: Sshd | undefined): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(SFTP_|INIT_CWD$|npm_)/.test(name));
  return {
    ...Object.fromEntries(own),
    ...(sshd && { SFTP_USERNAME: sshd.username, SFTP_PRIVATE_KEY_FILE: sshd.privateKeyFile }),
  };
}

function definition({ port, hostPublicKeys }: Sshd, folder: string): string {
  const sync = {
    Name: "in",
    LocalRepository: { BucketName: "lake", Prefix: "" },
    RemoteFolders: { Folder: folder, Recursive: true },
  };
  return stringify({
    Name: "partner",
    Url: `127.0.0.1:${port}`,
    PublicKey: hostPublicKeys,
    Schedule: "@daily",
    SyncSettings: [sync],
  });
}
