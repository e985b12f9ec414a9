const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

interface WalkedRun {
  readonly due: number;
  readonly shown: number;
}

/**
 * What is due between two times, minute by minute by a zone's clock: never what the clock does not show, nor what it has shown
 * before. Clocks are put forward and back at whole quarters of an hour.
 */
export function walkedWindow(timezone: string, from: number, to: number, isDue: (shown: Date) => boolean): WalkedRun[] {
  const format = new Intl.DateTimeFormat("sv", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" });
  const runs: WalkedRun[] = [];
  let latest = 0;
  for (let quarter = Math.floor(from / QUARTER) * QUARTER; quarter < to; quarter += QUARTER) {
    const shownAtQuarter = Date.parse(`${format.format(quarter).replace(" ", "T")}Z`);
    for (let minute = 0; minute < QUARTER; minute += MINUTE) {
      const shown = shownAtQuarter + minute;
      const due = quarter + minute;
      if (shown > latest && due >= from && due < to && isDue(new Date(shown))) {
        runs.push({ due, shown });
      }
      latest = Math.max(latest, shown);
    }
  }
  return runs;
}
