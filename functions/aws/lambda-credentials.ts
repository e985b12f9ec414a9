import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Takes the place of the SDK's own chain of providers in the functions' code (scripts/build/bundle.ts): Lambda puts the credentials
 * of a function's role into its environment. What reads profiles, SSO and a host's metadata is a fifth of the SDK's code.
 */
export const defaultProvider = fromEnv;
