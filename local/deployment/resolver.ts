import { COMPUTED, type LocalAccount } from "./computed-attributes";
import { RESOURCES, type Resource, type ResourceType } from "./resources";
import { parseReference, parseTemplate } from "./template";
import type { TerraformStack } from "./terraform-json";

export interface StackResolverProps {
  readonly stack: TerraformStack;
  readonly account: LocalAccount;
  /** Other stacks, by the name of the remote state under which this one reads their outputs. */
  readonly remoteStates: Readonly<Record<string, StackResolver>>;
}

/** Gives the values that a stack's expressions would have after apply, on this machine and always the same. */
export class StackResolver {
  constructor(private readonly props: StackResolverProps) {}

  /**
   * The resources of a type: their name in state, and those of their arguments that are read on this machine, resolved.
   * @throws ZodError where the stacks write them otherwise than expected here.
   */
  resources<T extends ResourceType>(type: T): { readonly name: string; readonly args: Resource<T> }[] {
    const schema = RESOURCES[type];
    return Object.entries(this.props.stack.resource[type] ?? {}).map(([name, args]) => {
      const read = Object.entries(args).filter(([argument]) => argument in schema.shape);
      return { name, args: schema.parse(this.resolve(Object.fromEntries(read))) };
    });
  }

  /** The value of an output. @throws Error where there is none. */
  output(name: string): unknown {
    const output = this.props.stack.output[name];
    if (output === undefined) {
      throw new Error(`The stack in ${this.props.stack.folder} has no output ${name}`);
    }
    return this.resolve(output.value);
  }

  /** An attribute of a resource of this stack, argument or computed. */
  attribute(type: string, name: string, attribute: string): unknown {
    return this.attributeOf(type, name, this.props.stack.resource[type]?.[name], attribute);
  }

  /**
   * Replaces every expression in a value, deeply.
   * @throws Error for an expression that this machine has no value for: a gap in `local/deployment`, never the user's.
   */
  resolve(value: unknown): unknown {
    if (typeof value === "string") {
      return this.template(value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
    }
    return value;
  }

  private template(text: string): unknown {
    const parts = parseTemplate(text);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && "expression" in only) {
      return this.expression(only.expression);
    }
    return parts.map((part) => ("text" in part ? part.text : String(this.expression(part.expression)))).join("");
  }

  private expression(expression: string): unknown {
    const steps = parseReference(expression);
    if (steps === undefined) {
      throw this.unresolved(expression, "only references are understood here");
    }
    const [first = "", second = "", third = "", fourth = "", ...rest] = steps;
    if (first === "path" && second === "module") {
      return ".";
    }
    if (first === "data" && second === "terraform_remote_state") {
      const remote = this.props.remoteStates[third];
      if (remote === undefined || fourth !== "outputs") {
        throw this.unresolved(expression, "no such remote state");
      }
      const [output = "", ...inside] = rest;
      return walk(remote.output(output), inside);
    }
    return first === "data"
      ? walk(this.attributeOf(`data.${second}`, third, this.props.stack.data[second]?.[third], fourth), rest)
      : walk(this.attribute(first, second, third), fourth === "" ? [] : [fourth, ...rest]);
  }

  private attributeOf(
    type: string,
    name: string,
    args: Record<string, unknown> | undefined,
    attribute: string,
  ): unknown {
    const address = `${type}.${name}`;
    if (args === undefined) {
      throw this.unresolved(`${address}.${attribute}`, "no such resource");
    }
    if (attribute in args) {
      return this.resolve(args[attribute]);
    }
    const compute = COMPUTED[type]?.[attribute];
    if (compute === undefined) {
      throw this.unresolved(`${address}.${attribute}`, "neither an argument nor a computed attribute known here");
    }
    return compute((argument) => String(this.attributeOf(type, name, args, argument)), this.props.account, address);
  }

  private unresolved(expression: string, why: string): Error {
    return new Error(`The stack in ${this.props.stack.folder} refers to ${expression}: ${why}`);
  }
}

function walk(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return value;
  }
  const inner =
    typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === step) : undefined;
  if (inner === undefined) {
    throw new Error(`There is no ${step} in ${JSON.stringify(value)}`);
  }
  return walk(inner[1], rest);
}
