import * as z from "zod";
import { definitionSchema, EXTENSION } from "./definition/form/definition-schema";
import { settingsSchema } from "./settings/settings-schema";

/** What the reference page reads of a JSON Schema. */
const nodeSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get items() {
    return nodeSchema.optional();
  },
});

export type SchemaNode = z.output<typeof nodeSchema>;

/** The JSON Schema of a definition as it is written, for editors. Draft 7 is what their YAML support knows best. */
export function definitionJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(definitionSchema, { io: "input", target: "draft-7" });
  return {
    title: "Server definition",
    ...schema,
    patternProperties: { [EXTENSION.source]: {} },
    anyOf: [{ required: ["Schedule"] }, { properties: { SyncSettings: { items: { required: ["Schedule"] } } } }],
  };
}

export function definitionNode(): SchemaNode {
  return nodeSchema.parse(definitionJsonSchema());
}

export function settingsNode(): SchemaNode {
  return nodeSchema.parse(z.toJSONSchema(settingsSchema, { io: "input", target: "draft-7" }));
}
