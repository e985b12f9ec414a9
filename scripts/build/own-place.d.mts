export function isOwnPlace(root: string, path: string): boolean;

/** Modes of what is made: `0o755`. */
export interface OwnModes {
  readonly folder: number;
  readonly file: number;
}

export function ownModes(root: string): OwnModes;
