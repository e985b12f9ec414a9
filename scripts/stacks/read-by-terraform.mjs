/** Names that Terraform reads in the folder in which it works, whoever has put the file there: configuration and values of variables. */
export const READ_BY_TERRAFORM = /(\.(tf|tofu)(\.json)?|(^terraform|\.auto)\.tfvars(\.json)?)$/i;

/** What the cdktf library writes into a stack's folder. */
export const STACK_FILE = "cdk.tf.json";
