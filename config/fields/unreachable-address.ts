import { BlockList, isIPv4, isIPv6 } from "node:net";

const PRIVATE = new BlockList();
/** RFC 1918; shared by carriers (RFC 6598); link-local (RFC 3927). Not the loopback addresses: with these one tries things. */
for (const [network, bits] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
] as const) {
  PRIVATE.addSubnet(network, bits);
}

const LOOPBACK = new BlockList();
LOOPBACK.addAddress("::1", "ipv6");
LOOPBACK.addSubnet("::ffff:127.0.0.0", 104, "ipv6");

/**
 * What is in the way of a connector that reaches servers over the internet, as all of these do: none has VPC egress. Whether
 * such a connector reaches servers by IPv6 is documented nowhere.
 * @param host an IPv6 address without its brackets.
 */
export function unreachableReason(host: string): string | undefined {
  if (isIPv4(host) && PRIVATE.check(host)) {
    return "is a private address, which an SFTP connector without VPC egress does not reach";
  }
  if (isIPv6(host) && !LOOPBACK.check(host, "ipv6")) {
    return "is an IPv6 address, which an SFTP connector without VPC egress may not reach";
  }
  return undefined;
}
