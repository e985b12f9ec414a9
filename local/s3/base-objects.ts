import type { ObjectStore } from "../../engine/ports/services";

/** Objects that lie elsewhere, and are only looked at. */
export type BaseObjects = Pick<ObjectStore, "read" | "head" | "list">;
