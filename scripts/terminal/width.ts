/** What lines are written to: a terminal, which has a width, or something else. */
export interface Lines {
  readonly isTTY?: boolean;
  /** Some terminals say 0. */
  readonly columns?: number;
}

/** What a terminal that does not tell its width is taken for. */
const USUAL_COLUMNS = 80;

/** Files and pipes have no width; whoever reads them likes lines that do not end too early, nor never. */
const PIPE_COLUMNS = 120;

/** Below this nothing that is cut into lines can be read. */
const FEWEST_COLUMNS = 40;

/** Columns that a line may have. A pipe gets as many as the variable COLUMNS says, if it is set. */
export function lineWidth(stream: Lines = process.stdout): number {
  const told = Number(process.env.COLUMNS);
  const columns = stream.isTTY ? stream.columns || USUAL_COLUMNS : told > 0 ? told : PIPE_COLUMNS;
  return Math.max(FEWEST_COLUMNS, columns);
}
