/** How the command line tells scripts what happened. */
export const EXIT = {
  ok: 0,
  /**
   * A run failed, or what it leaves behind could not be written. Also where somebody was asked and did not say yes, so that a script
   * does not go on as if it were done; only `stop` ends with 0 then.
   */
  failed: 1,
  /** Wrong definition, settings or usage. */
  usage: 2,
  /** A mistake in this program (EX_SOFTWARE of sysexits.h). */
  bug: 70,
  /** Ended by Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;
