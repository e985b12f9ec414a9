import type { World } from "../world";
import { askServer } from "./answers";
import { greeted, logIn } from "./connections";
import type { DebianServer } from "./debian-server";
import type { Observation } from "./observe";
import { closedFolder, countedOutcome, latinName, links, outcome, share } from "./outcomes";
import type { ServerPlace } from "./server-place";
import type { Row } from "./tables";
import { type Contents, HARD, ODD_NAMES } from "./tree";

const isOdd = (path: string) => ODD_NAMES.includes(path);

const firstPart = (path: string) => path.split("/")[0] ?? "";

const code = (text: string) => `\`${text}\``;

function only(contents: Contents, isWanted: (path: string) => boolean): Contents {
  return new Map([...contents].filter(([path]) => isWanted(path)));
}

/** Twice as many as a connector opens at most. */
const CONNECTIONS = 10;

/** What docs/servers.md says of a server that listens at a port, by the names of the tables. */
export async function rowsOf(
  server: DebianServer,
  port: number,
  place: ServerPlace,
  world: World,
  observation: Observation,
): Promise<{ readonly copies: Row; readonly answers: Row }> {
  const hostKeys = await logIn(server, place, world.remote.url);
  const { missingFolder, namesPerAnswer } = await askServer(world);
  const { tree, arrived, second, changes, arrivedThen } = observation;
  const known = new Set([...tree.keys(), ...Object.values(HARD)].map(firstPart));
  const renamed = new Set([...arrived.keys()].map(firstPart).filter((part) => !known.has(part))).size;
  return {
    copies: {
      Server: server.title,
      Version: server.version(),
      Login: server.login,
      "Host keys": hostKeys.map(code).join(", "),
      "First run": share(
        only(tree, (path) => !isOdd(path)),
        arrived,
      ),
      "Odd names": share(only(tree, isOdd), arrived) + (renamed === 0 ? "" : `, ${renamed} under other names`),
      "Second run": String(second.files.transferred),
      Changes: share(changes, arrivedThen),
    },
    answers: {
      Server: server.title,
      Links: links(observation),
      "Link to nothing": countedOutcome(HARD.dangling, observation),
      Pipe: countedOutcome(HARD.pipe, observation),
      "Name in Latin-1": latinName(observation),
      "Closed file": outcome(HARD.closedFile, observation),
      "Closed folder": closedFolder(observation),
      "Missing folder": code(missingFolder),
      "Connections at once": `${await greeted(port, CONNECTIONS)} of ${CONNECTIONS}`,
      "Names per answer": String(namesPerAnswer),
    },
  };
}
