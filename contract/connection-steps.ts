/** What to do where no request of a run got through, by the words with which the connection failed. */
const STEPS: readonly (readonly [words: RegExp, step: string])[] = [
  [
    /no SSH server|not an? SSH/i,
    "Something else than an SSH server answers at Url. Check the port: SFTP is neither FTP nor HTTPS, and has usually port 22.",
  ],
  [
    /no (matching )?(\S+ )?(key exchange|cipher|mac\b)|algorithm negotiation|no common/i,
    "Connector and server have no algorithm in common. SecurityPolicyName decides what the connector offers: name a policy with " +
      "algorithms that the server has, or have the server's owner allow newer ones.",
  ],
  [
    /host ?key/i,
    "The server is up, and shows no host key that PublicKey trusts. Ask its owner which keys it has, all RSA and ECDSA ones, and " +
      "whether they were changed; trust none before you know why.",
  ],
  [
    /authenticat|credential|private ?key|login|password/i,
    "The server is up and its host key is right; it does not let this user in. Check user name, and password or key; then ask its " +
      "owner which methods it takes, and whether the account is locked or its password has expired.",
  ],
  [
    /refused|reach|host name|no answer|does not answer|timed? ?out|resol|looked up|unknown host/i,
    "Nothing answers at Url. Check host name and port, that the server is up, and that its firewall lets the connector's addresses " +
      "in (output connector_egress_ips; with local, this machine's).",
  ],
];

/** @param words the failure's own, of the service or the server; `undefined` where they tell no cause. */
export function connectionStep(words: string): string | undefined {
  return STEPS.find(([pattern]) => pattern.test(words))?.[1];
}
