import { dottedPath, type Path } from "../../../config/problems/path";
import { UserError } from "../../../local/errors/user-error";

/** For a place that is to be removed and is not there. */
export function missing(path: Path): UserError {
  return new UserError(`${dottedPath(path)} is not in the file`);
}

/** For a place that has no text of its own to change. */
export function unreachable(path: Path): UserError {
  return new UserError(
    `${dottedPath(path)} cannot be changed alone: an alias, a merge key or another form stands there`,
    {
      next: "change it in an editor",
    },
  );
}
