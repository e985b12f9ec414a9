import * as z from "zod";

const connectorId = z.string().regex(/^c-[0-9a-f]{17}$/, "failed to satisfy the pattern c-([0-9a-f]{17})");

/** `(.)+`: no line breaks. The model counts characters, JavaScript UTF-16 units. */
const path = z
  .string()
  .regex(/^.+$/u, "failed to satisfy the pattern (.)+")
  .refine((text) => [...text].length <= 1024, "must have a length of at most 1024");

const pathList = z.array(path).min(1).max(10);

export const startDirectoryListingSchema = z.object({
  ConnectorId: connectorId,
  RemoteDirectoryPath: path,
  MaxItems: z.int().min(1).max(200_000).default(1000),
  OutputDirectoryPath: path,
});

export const startFileTransferSchema = z.object({
  ConnectorId: connectorId,
  RetrieveFilePaths: pathList,
  LocalDirectoryPath: path,
  SendFilePaths: z.undefined("is not supported by the local service").optional(),
});

export const listFileTransferResultsSchema = z.object({
  ConnectorId: connectorId,
  TransferId: z
    .string()
    .regex(/^[0-9a-zA-Z./-]+$/)
    .max(512),
  MaxResults: z.int().min(1).max(1000).default(1000),
  NextToken: z.string().min(1).max(6144).optional(),
});

export const connectorRequestSchema = z.object({ ConnectorId: connectorId });

export const updateConnectorSchema = z.object({
  ConnectorId: connectorId,
  Url: z.string().max(255).optional(),
  AccessRole: z.string().optional(),
  LoggingRole: z.string().optional(),
  SecurityPolicyName: z.string().optional(),
  // Members that are not known here are kept: the service may know more of them.
  SftpConfig: z
    .looseObject({
      UserSecretId: z.string().min(1).max(2048).optional(),
      TrustedHostKeys: z.array(z.string().min(1).max(2048)).min(1).max(10).optional(),
      MaxConcurrentConnections: z.int().min(1).max(5).optional(),
      OrderedUserSecretVersionStages: z.array(z.string().min(1)).optional(),
    })
    .optional(),
});

export type StartDirectoryListing = z.infer<typeof startDirectoryListingSchema>;
export type UpdateConnector = z.infer<typeof updateConnectorSchema>;
