import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformResource } from "cdktf";
import type { Node } from "constructs";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `aws_iam_role`, `data.aws_partition`, `output`; elements without a type of their own share `other`. */
export function resourceType(element: TerraformElement | Node): string {
  if (!TerraformElement.isTerraformElement(element)) {
    return "asset";
  }
  if (TerraformDataSource.isTerraformDataSource(element)) {
    return `data.${element.terraformResourceType}`;
  }
  if (TerraformResource.isTerraformResource(element)) {
    return element.terraformResourceType;
  }
  return TerraformOutput.isTerraformOutput(element) ? "output" : "other";
}

/**
 * An element's name in state: the ids on its construct path, joined with `_`, without those that only repeat words of
 * its type: `engine/role` is `aws_iam_role.engine`. Names from definitions stand in it as written, dashes included.
 * @throws Error when the result is no Terraform identifier.
 */
export function logicalId(path: readonly string[], type: string): string {
  const words = new Set(type.split(/[._]/));
  const telling = path.filter((id) => !id.split("_").every((word) => words.has(word)));
  const id = (telling.length === 0 ? path.slice(0, 1) : telling).join("_");
  if (!IDENTIFIER.test(id)) {
    throw new Error(`${type}: "${id}" is not a Terraform identifier (${path.join("/")})`);
  }
  return id;
}
