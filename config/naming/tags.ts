/** On every connector: whose it is. The value is the installation's `namePrefix`. */
export const INSTALLATION_TAG = "SftpSyncInstallation";

/** On every role of a server: the server's name. */
export const SERVER_TAG = "SftpSyncServer";

/** On every role: which part of the installation acts under it. */
export const PART_TAG = "SftpSyncPart";

/** Keys that policies go by. No tag of somebody else's may have one, in whichever case: IAM does not tell cases apart. */
export const POLICY_TAGS: readonly string[] = [INSTALLATION_TAG, SERVER_TAG, PART_TAG];
