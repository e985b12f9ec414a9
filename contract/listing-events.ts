/** Detail types under which EventBridge carries how a connector's directory listing ended (Transfer Family user guide). */
export const LISTING_FAILED = "SFTP Connector Directory Listing Failed";
export const LISTING_COMPLETED = "SFTP Connector Directory Listing Completed";
