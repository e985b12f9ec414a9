import * as z from "zod";
import type { Resource } from "./documents";
import type { Workspace } from "./workspace";

/** Who asks: a person, or the run of a workspace. */
export interface Caller {
  /** Undefined for a person, who may do everything. */
  readonly workspace?: Workspace;
}

export interface ApiRequest {
  readonly caller: Caller;
  /** The segments of the path that a pattern leaves open, in their order. */
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What is answered: a document's data, the text of a file, or just a status. */
export type ApiAnswer =
  | { readonly data: Resource | readonly Resource[]; readonly included?: readonly Resource[] }
  | { readonly text: string | Buffer; readonly contentType?: string }
  | { readonly status: number };

export type Handler = (request: ApiRequest) => ApiAnswer;

/** By method and path, with `*` for any one segment. */
export type Routes = Readonly<Record<string, Handler>>;

export const NOT_FOUND: ApiAnswer = { status: 404 };
export const NO_CONTENT: ApiAnswer = { status: 204 };
export const CONFLICT: ApiAnswer = { status: 409 };

const bodySchema = z.object({
  data: z.object({
    attributes: z
      .looseObject({
        name: z.string().optional(),
        speculative: z.boolean().nullish(),
        "is-destroy": z.boolean().nullish(),
        "plan-only": z.boolean().nullish(),
        "auto-apply": z.boolean().nullish(),
        "save-plan": z.boolean().nullish(),
        "terraform-version": z.string().optional(),
      })
      .prefault({}),
    relationships: z.record(z.string(), z.object({ data: z.object({ id: z.string() }).nullish() })).default({}),
  }),
});

/** What a document asks for. @throws Error where it is none. */
export function readBody(body: Buffer): z.infer<typeof bodySchema>["data"] {
  return bodySchema.parse(JSON.parse(body.toString())).data;
}
