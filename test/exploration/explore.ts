/** A deviation from what happens if nobody interferes: at which choice, and which option. */
type Deviation = readonly [at: number, option: number];

/** One way in which a play goes: everything else is the first option. */
export type Path = readonly Deviation[];

/**
 * @param options how many there are.
 * @param state two plays that meet the same state go on in the same way; asked for only where that matters.
 * @returns which option to take.
 * @throws Known where the state was met before: the rest of the play is known.
 */
export type Choose = (options: number, state: () => string) => number;

/** Ends a play whose rest is known. */
export class Known extends Error {}

export interface Explored {
  /** From the start to an end, or to a state that was met before. */
  readonly plays: number;
  readonly states: number;
  /** By message, the first way in which it comes about: the one with the fewest deviations. */
  readonly failures: ReadonlyMap<string, Path>;
}

/**
 * Plays every way in which a play may go, those with few deviations first, and no more of them than it takes to
 * fail. A play is deterministic but for the choices, and is played from the start each time.
 */
export async function explore(play: (choose: Choose) => Promise<void>): Promise<Explored> {
  const seen = new Set<string>();
  const failures = new Map<string, Path>();
  let paths: readonly Path[] = [[]];
  let plays = 0;
  while (paths.length > 0 && failures.size === 0) {
    const next: Path[] = [];
    for (const path of paths) {
      plays += 1;
      const failure = await outcome(() => play(chooser(path, seen, (deviation) => next.push([...path, deviation]))));
      if (failure !== undefined && !failures.has(failure)) {
        failures.set(failure, path);
      }
    }
    paths = next;
  }
  return { plays, states: seen.size, failures };
}

/** Plays one way. */
export async function replay(play: (choose: Choose) => Promise<void>, path: Path): Promise<void> {
  let at = 0;
  await play(() => {
    const position = at;
    at += 1;
    return optionAt(path, position);
  });
}

function chooser(path: Path, seen: Set<string>, deviate: (deviation: Deviation) => void): Choose {
  const known = path.at(-1)?.[0] ?? -1;
  let at = -1;
  return (options, state) => {
    at += 1;
    if (at <= known) {
      return optionAt(path, at);
    }
    const met = state();
    if (seen.has(met)) {
      throw new Known();
    }
    seen.add(met);
    for (let option = 1; option < options; option += 1) {
      deviate([at, option]);
    }
    return 0;
  };
}

function optionAt(path: Path, at: number): number {
  return path.find(([position]) => position === at)?.[1] ?? 0;
}

async function outcome(play: () => Promise<void>): Promise<string | undefined> {
  try {
    await play();
    return undefined;
  } catch (error) {
    return error instanceof Known ? undefined : String(error instanceof Error ? error.message : error);
  }
}
