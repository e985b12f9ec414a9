import * as z from "zod";

/**
 * What a server's stack hands to the function that sets the connector's concurrency: the value, and those settings that
 * the function sends back with it, as the definition has them.
 */
export const concurrencyEventSchema = z.strictObject({
  ConnectorId: z.string().regex(/^c-[0-9a-f]{17}$/, "is c- and 17 hexadecimal digits"),
  MaxConcurrentConnections: z.int().min(1).max(5),
  /** ARN. */
  UserSecretId: z.string().min(1),
  /** `type base64`. */
  TrustedHostKeys: z.array(z.string().min(1)).min(1).max(10),
});

export type ConcurrencyEvent = z.infer<typeof concurrencyEventSchema>;
