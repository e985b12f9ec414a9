import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import type { Settings } from "../config/settings/settings";
import { logicalId, resourceType } from "./naming/logical-id";
import { PermissionsBoundary } from "./policies/permissions-boundary";
import { AwsEnvironment } from "./terraform/aws-environment";
import { OneRegion } from "./terraform/one-region";
import { keepState, requiredTerraform } from "./terraform/terraform-state";
import { literal } from "./terraform/terraform-text";

export interface BaseStackProps {
  readonly settings: Settings;
}

/**
 * What every stack has: the AWS provider with its Region and default tags, the backend, and addresses in state that are
 * readable and never move. CDKTF's own addresses end in hashes, and it merges two elements of one address silently.
 */
export class BaseStack extends TerraformStack {
  readonly aws: AwsEnvironment;
  protected readonly settings: Settings;
  private readonly owners = new Map<string, string>();

  constructor(scope: Construct, id: string, { settings }: BaseStackProps) {
    super(scope, id);
    this.settings = settings;
    keepState(this, id, settings);
    const tags = settings.additionalTags;
    new AwsProvider(this, "aws", {
      region: settings.region,
      ...(settings.account === undefined ? {} : { allowedAccountIds: [settings.account] }),
      ...(Object.keys(tags).length === 0 ? {} : { defaultTags: [{ tags }] }),
    });
    this.addOverride("terraform.required_version", requiredTerraform(settings));
    this.addOverride("terraform.required_providers.aws.version", settings.awsProviderVersion);
    this.aws = new AwsEnvironment(this, "current", { region: settings.region });
    new OneRegion(this, "region", { region: settings.region, hasWorkspaces: settings.terraformCloud === undefined });
    if (settings.permissionsBoundaryArn !== undefined) {
      Aspects.of(this).add(new PermissionsBoundary(literal(settings.permissionsBoundaryArn)));
    }
  }

  /**
   * CDKTF resolves every value once more before it synthesizes, to find references from one stack to another. There are none:
   * what stacks share goes by parameters (shared-outputs.ts). Terraform refuses a reference to what its stack does not have.
   */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  /** @throws Error when another element of the same type has this address already, or it is no Terraform identifier. */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const type = resourceType(element);
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const id = logicalId(path, type);
    const address = `${type}.${id}`;
    const owner = this.owners.get(address) ?? node.path;
    if (owner !== node.path) {
      throw new Error(`Stack ${this.node.id}: ${owner} and ${node.path} would both be ${address}. Rename one of them.`);
    }
    this.owners.set(address, owner);
    return id;
  }
}
