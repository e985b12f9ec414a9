import { expect } from "chai";
import { parseGlob } from "../../config/fields/globs";
import { parseHostKey } from "../../config/fields/host-keys";
import { parseBucketName, parsePrefix } from "../../config/fields/local-repository";
import { parseName } from "../../config/fields/name-field";
import { parseFolder } from "../../config/fields/remote-folders";
import { parseUrl } from "../../config/fields/url";
import type { Parsed } from "../../config/problems/problem";
import { parseScheduleField } from "../../config/schedule/schedule";
import { parseTimeZone } from "../../config/schedule/time-zone";
import { parseSettings } from "../../config/settings/settings";
import { expectReadable } from "./support/fuzz";

const CHARACTERS = 300_000;

/** Of these the same sign again and again made an expression go back over the text from each of its places. */
const SIGNS = [":", "/", "\n", "#", "a", " ", "-", "%", ",", "+(", "{a,", ".*", "\\.", "* ", "5,"];

const PARSERS: Readonly<Record<string, (text: string) => Parsed<unknown>>> = {
  Folder: parseFolder,
  Prefix: parsePrefix,
  BucketName: parseBucketName,
  Name: parseName,
  Url: parseUrl,
  PublicKey: parseHostKey,
  Include: parseGlob,
  Schedule: parseScheduleField,
  ScheduleTimezone: parseTimeZone,
};

describe("long texts", () => {
  for (const [field, parse] of Object.entries(PARSERS)) {
    it(`of a field are read once: ${field}`, () => {
      for (const sign of SIGNS) {
        const text = `/${sign.repeat(CHARACTERS / sign.length)}x`;
        for (const { message, received = "", allowed = "" } of parse(text).findings) {
          expectReadable(`${message} ${received} ${allowed}`);
        }
      }
    });
  }

  it("of a version constraint are refused, whatever blanks they have", () => {
    const awsProviderVersion = `${"1 ,  ".repeat(40)}x`;
    const { settings, problems } = parseSettings({ region: "eu-central-1", awsProviderVersion });
    expect(settings).to.equal(undefined);
    expect(problems.map(({ path }) => path)).to.deep.equal(["context.awsProviderVersion"]);
  });

  it("of addresses are held against one another in one pass", () => {
    const notificationEmails = Array.from({ length: 20_000 }, (_, index) => `ops${index}@example.com`);
    const { settings, problems } = parseSettings({ region: "eu-central-1", notificationEmails });
    expect(problems).to.deep.equal([]);
    expect(settings?.notificationEmails).to.have.lengthOf(20_000);
  });
});
