import { StorageFailure } from "../errors/storage-failure";
import { strangerAt } from "./strangers";

/**
 * Refuses a folder of a data directory in which others could put things in the place of ours, as sshd refuses such a home. They
 * would see what is copied, and links that they put there in time would lead a run's files anywhere.
 * @param folder as far as it is there.
 * @throws StorageFailure
 */
export async function refuseStrangers(root: string, folder: string): Promise<void> {
  const stranger = await strangerAt(folder);
  if (stranger === undefined) {
    return;
  }
  const { found, allowed, remedy } = stranger;
  const other = "use a directory of your own with --data DIR, which is made where there is none";
  throw new StorageFailure(`Others can change what lies in the data directory ${root}: ${found} (${allowed})`, {
    folder: root,
    next: remedy === undefined ? other : `take that from them (${remedy}), or ${other}`,
  });
}
