import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";

/** One line of /etc/passwd or /etc/group, at its colons. */
type Fields = readonly string[];

/**
 * Whether a group is this user's alone, as Linux distributions make one for each user, with the user's name or number: what its
 * members may write, nobody else may. Groups that are not in /etc/group, such as those of a directory service, go by the number.
 */
export async function isOwnGroup(gid: number): Promise<boolean> {
  const uid = process.getuid?.();
  const name = ownName();
  const [groups, users] = await Promise.all([linesOf("/etc/group"), linesOf("/etc/passwd")]);
  const group = groups.find(([, , number]) => number === String(gid));
  if (gid !== uid && (name === undefined || group?.[0] !== name)) {
    return false;
  }
  const members = (group?.[3] ?? "").split(",").filter((member) => member !== "" && member !== name);
  const others = users.filter(([, , user, primary]) => primary === String(gid) && user !== String(uid));
  return members.length === 0 && others.length === 0;
}

/** Undefined for a number that nobody has given a name, as in containers. */
function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

async function linesOf(file: string): Promise<Fields[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").map((line) => line.split(":"));
}
