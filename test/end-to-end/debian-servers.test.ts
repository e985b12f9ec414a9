import { expect } from "chai";
import { freePort } from "../../bench/servers/free-port";
import { type ServerProcess, startServerProcess } from "../../bench/servers/server-process";
import { Relay } from "../support/relay";
import { DEBIAN_SERVERS } from "./servers";
import { type Observation, observe } from "./servers/observe";
import { rowsOf } from "./servers/rows";
import { makePlace, remoteServerAt, type ServerPlace } from "./servers/server-place";
import { type Row, readTable, writeTable } from "./servers/tables";
import { type Contents, HARD, ODD_NAMES, writeTree } from "./servers/tree";
import { World } from "./world";

const TABLES = ["copies", "answers"] as const;

/** How many connections a server greets depends on how busy the machine is. */
const OF_THE_MOMENT = "Connections at once";

function timeless(row: Row | undefined): Row {
  return Object.fromEntries(Object.entries(row ?? {}).filter(([column]) => column !== OF_THE_MOMENT));
}

/** Set by `npm run generate:servers`. */
const IS_WRITING = process.env.SERVERS_PAGE === "write";

describe("the local runner over Debian's SFTP servers", function () {
  this.timeout(120_000);
  const measured: Record<(typeof TABLES)[number], Row[]> = { copies: [], answers: [] };
  let place: ServerPlace;
  let relay: Relay;
  let tree: Contents;
  const worlds = new Map<boolean, World>();

  /**
   * Where the served folder is the root, or lies where it lies on this machine. All servers look alike from there, so that what
   * is installed once serves them all, as warm as it is.
   */
  async function worldOf(isRoot: boolean): Promise<World> {
    const world =
      worlds.get(isRoot) ?? (await World.create(remoteServerAt(place, relay.port, isRoot ? "" : place.root)));
    worlds.set(isRoot, world);
    return world;
  }

  before(async () => {
    place = await makePlace();
    relay = await Relay.start();
    tree = await writeTree(await worldOf(true));
  });
  after(async () => {
    for (const world of worlds.values()) {
      await world.close();
    }
    relay?.close();
    await place?.remove();
  });

  for (const server of DEBIAN_SERVERS) {
    const { title, unavailable, jailed } = server;
    describe(`${title}${unavailable === undefined ? "" : ` (skipped: ${unavailable})`}`, () => {
      let running: ServerProcess | undefined;
      let observation: Observation;
      let rows: Awaited<ReturnType<typeof rowsOf>>;

      before(async function () {
        if (unavailable !== undefined) {
          this.skip();
        }
        const port = await freePort();
        relay.target = port;
        running = await startServerProcess(await server.program(place, port));
        const world = await worldOf(jailed);
        observation = await observe(world, tree);
        rows = await rowsOf(server, port, place, world, observation);
        for (const table of TABLES) {
          measured[table].push(rows[table]);
        }
      });
      after(async () => {
        relay.cut();
        await running?.close();
      });

      it("gives every file with a plain name, byte by byte, and nothing in its place", () => {
        const { arrived } = observation;
        for (const [path, content] of tree) {
          if (!ODD_NAMES.includes(path) || arrived.has(path)) {
            expect(arrived.get(path)?.equals(content), path).to.equal(true);
          }
        }
      });

      it("has nothing to copy in the second run", () => {
        expect(observation.second.files.transferred).to.equal(0);
      });

      it("lets nobody but its user read", () => {
        expect([...observation.arrived.keys()].filter((path) => path.startsWith(HARD.closedFile))).to.deep.equal([]);
      });

      it("answers as docs/servers.md says of this version", function () {
        const documented = TABLES.map((table) => readTable(table).find((row) => row.Server === title));
        if (IS_WRITING || documented[0]?.Version !== rows.copies.Version) {
          this.skip();
        }
        expect(documented.map(timeless)).to.deep.equal(TABLES.map((table) => timeless(rows[table])));
      });
    });
  }

  describe("docs/servers.md", () => {
    before(function () {
      if (DEBIAN_SERVERS.some(({ unavailable }) => unavailable !== undefined)) {
        this.skip();
      }
      if (IS_WRITING) {
        for (const table of TABLES) {
          writeTable(table, measured[table]);
        }
      }
    });

    for (const table of TABLES) {
      it(`has the servers and columns of the run in its table of ${table}`, () => {
        const shape = (rows: readonly Row[]) => rows.map((row) => [row.Server, Object.keys(row)]);
        expect(shape(readTable(table))).to.deep.equal(shape(measured[table]));
      });
    }
  });
});
