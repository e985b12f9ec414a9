import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { ECDSA_KEY } from "../config/support";

/** What partners send, and when: `[sync, folder, bucket, schedule, zone]`. */
const FEEDS = [
  ["orders", "/out/orders", "sales-landing", "cron(0 6 ? * MON-FRI *)", "Europe/Berlin"],
  ["invoices", "/out/invoices", "finance-landing", "@daily", "UTC"],
  ["prices", "/pricing", "sales-landing", "cron(15 */4 * * ? *)", "UTC"],
  ["stock", "/inventory", "logistics-landing", "@hourly", "UTC"],
  ["shipments", "/edi/desadv", "logistics-landing", "cron(0/20 5-18 ? * * *)", "America/New_York"],
  ["claims", "/export/claims", "finance-landing", "cron(30 22 ? * SUN *)", "Europe/London"],
  ["returns", "/returns", "logistics-landing", "rate(6 hours)", "UTC"],
  ["catalogue", "/media/catalogue", "media-archive", "cron(0 2 ? * SAT *)", "Asia/Tokyo"],
  ["archive", "/history", "media-archive", "on-demand", "UTC"],
] as const;

const PARTNERS = [
  ...["aldous-freight", "bergmann", "cobalt-foods", "dunmore", "eastgate", "fjordline", "granit-bau", "hollis-and-co"],
  ...[
    "iberica",
    "juniper-labs",
    "kestrel",
    "lumen-retail",
    "meridian",
    "northwind",
    "oakridge",
    "pinewood",
    "quarry-street",
  ],
  ...["rosental", "silverlake", "tanaka-parts"],
] as const;

/**
 * Writes definitions of made-up partners, always the same ones.
 * @param folder of the definitions; made where it is not there. @param servers how many.
 */
export function writeSampleInstallation(folder: string, servers: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < servers; index += 1) {
    const definition = sampleDefinition(index);
    writeFileSync(join(folder, `${definition.Name}.yaml`), stringify(definition));
  }
}

function sampleDefinition(index: number) {
  const round = Math.floor(index / PARTNERS.length);
  const partner = PARTNERS[index % PARTNERS.length] ?? "";
  const name = round === 0 ? partner : `${partner}-${round + 1}`;
  const feeds = Array.from(
    { length: 1 + (index % 3) },
    (_, nth) => FEEDS[(index * 2 + nth * 3) % FEEDS.length] ?? FEEDS[0],
  );
  return {
    Name: name,
    Description: `Feeds of ${name}`,
    Url: `sftp.${name}.example.com`,
    PublicKey: [ECDSA_KEY],
    Enabled: index % 11 !== 7,
    SyncSettings: feeds.map(([sync, folder, bucket, schedule, zone], nth) => ({
      Name: sync,
      LocalRepository: { BucketName: bucket, Prefix: name },
      RemoteFolders: { Folder: folder, Recursive: true },
      Schedule: schedule,
      ScheduleTimezone: zone,
      Enabled: (index + nth) % 9 !== 4,
    })),
  };
}
