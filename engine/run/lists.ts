import { printable } from "../../contract/printable";
import type { ObjectStore } from "../ports/services";
import { type ListKind, listName } from "../report";
import type { RunContext } from "../run-context";

/** Lines in one list, as long as they are short. */
const LINES_PER_LIST = 5000;

/** Characters of one list: the function holds one at a time, in up to six times as many bytes, and has 512 MB. */
const CHARACTERS_PER_LIST = 8_000_000;

/** What all lists of one kind hold together. Reading and writing that takes about two minutes, and the function has five. */
export const MOST_LISTED: MostListed = { lines: 1_000_000, characters: 400_000_000 };

export interface MostListed {
  readonly lines: number;
  readonly characters: number;
}

export interface WrittenLists {
  /** Names of the objects, beside the report. */
  readonly lists: string[];
  /** How many items they hold. */
  readonly listed: number;
}

/**
 * Writes JSON, one item a line, into objects beside the report: `files-001.jsonl` and so on. A repetition writes the same again.
 * @param most the rest is left out.
 */
export async function writeLists(
  objects: ObjectStore,
  { bucket, prefix }: RunContext,
  kind: ListKind,
  items: AsyncIterable<unknown>,
  most: MostListed,
): Promise<WrittenLists> {
  const lists: string[] = [];
  let lines: string[] = [];
  let [characters, listed, listedCharacters] = [0, 0, 0];
  const write = async () => {
    const list = listName(kind, lists.length + 1);
    await objects.write(bucket, prefix + list, lines.join(""));
    lists.push(list);
    lines = [];
    characters = 0;
  };
  for await (const item of items) {
    const line = `${printable(JSON.stringify(item))}\n`;
    if (listed === most.lines || listedCharacters + line.length > most.characters) {
      break;
    }
    if (lines.length === LINES_PER_LIST || characters + line.length > CHARACTERS_PER_LIST) {
      await write();
    }
    lines.push(line);
    characters += line.length;
    listedCharacters += line.length;
    listed += 1;
  }
  if (lines.length > 0) {
    await write();
  }
  return { lists, listed };
}
