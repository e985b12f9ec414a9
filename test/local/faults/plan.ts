import type { z } from "zod";
import { type FaultPlan, faultsSchema } from "../../../local/faults/faults-schema";

/** Faults as a file would have them, with every default in its place. */
export const planOf = (written: z.input<typeof faultsSchema>): FaultPlan => faultsSchema.parse(written);
