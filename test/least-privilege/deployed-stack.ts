import { join } from "node:path";
import * as z from "zod";
import { LOCAL_ACCOUNT, LOCAL_REGION } from "../../local/deployment/account";
import { StackResolver } from "../../local/deployment/resolver";
import { readTerraformJson, type TerraformStack } from "../../local/deployment/terraform-json";
import { SHARED_STACK_ID, serverStackId } from "../../stacks/naming/names";

/** The resources of a synthesized stack with the values that they have after apply. */
export class DeployedStack {
  private constructor(
    private readonly stack: TerraformStack,
    private readonly resolver: StackResolver,
  ) {}

  /**
   * The shared stack and a server's.
   * @param outdir CDKTF's output folder.
   */
  static async read(outdir: string, server: string): Promise<{ shared: DeployedStack; own: DeployedStack }> {
    const open = async (id: string, remoteStates: Readonly<Record<string, StackResolver>>) => {
      const stack = await readTerraformJson(join(outdir, "stacks", id, "cdk.tf.json"));
      const account = { accountId: LOCAL_ACCOUNT, region: LOCAL_REGION };
      return new DeployedStack(stack, new StackResolver({ stack, account, remoteStates }));
    };
    const shared = await open(SHARED_STACK_ID, {});
    return { shared, own: await open(serverStackId(server), { [SHARED_STACK_ID]: shared.resolver }) };
  }

  /** All resources of a type: their names in state, and the attributes that the shape names. */
  all<Shape extends z.ZodRawShape>(
    type: string,
    shape: Shape,
  ): { name: string; values: z.output<z.ZodObject<Shape>> }[] {
    const schema = z.object(shape);
    return Object.entries(this.stack.resource[type] ?? {}).map(([name, written]) => {
      const present = Object.entries(schema.shape)
        .filter(([attribute, wanted]) => attribute in written || !z.safeParse(wanted, undefined).success)
        .map(([attribute]) => [attribute, this.resolver.attribute(type, name, attribute)]);
      return { name, values: schema.parse(Object.fromEntries(present)) };
    });
  }

  /** @throws Error where there is not exactly one such resource. */
  only<Shape extends z.ZodRawShape>(type: string, shape: Shape): z.output<z.ZodObject<Shape>> {
    const [first, ...more] = this.all(type, shape);
    if (first === undefined || more.length > 0) {
      throw new Error(`Expected one ${type}, found ${more.length + 1}`);
    }
    return first.values;
  }
}

/** JSON text within an attribute. */
export const jsonAttribute = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
