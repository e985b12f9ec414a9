import { expect } from "chai";
import * as z from "zod";
import { definitionJsonSchema, definitionNode, type SchemaNode } from "../../config/json-schema";
import { definition, sync } from "./support";

describe("definitionJsonSchema", () => {
  const schema = z.fromJSONSchema(definitionJsonSchema());
  const isTaken = (changes: Record<string, unknown>) => schema.safeParse(definition(changes)).success;
  const isPlace = (place: Record<string, unknown>) =>
    isTaken({ SyncSettings: [sync({ LocalRepository: { BucketName: "data-lake", ...place } })] });

  it("takes what the loader takes", () => {
    expect(isTaken({})).to.equal(true);
    expect(isTaken({ "x-place": { BucketName: "data-lake" } })).to.equal(true);
    expect(isTaken({ SecurityPolicyName: "TransferSFTPConnectorSecurityPolicy-2031-01" })).to.equal(true);
    expect(isPlace({ KmsKeyArn: "" })).to.equal(true);
    expect(isPlace({ KmsKeyArn: "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd" })).to.equal(true);
  });

  it("lets an editor mark names and ARNs that are of the wrong form", () => {
    expect(isTaken({ SecurityPolicyName: "2024-03" })).to.equal(false);
    expect(isPlace({ BucketName: "Data_Lake" })).to.equal(false);
    expect(isPlace({ KmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/lake" })).to.equal(false);
  });

  it("says how long each text may be", () => {
    const unlimited: string[] = [];
    const walk = (node: SchemaNode, path: string): void => {
      if (node.type === "string" && node.enum === undefined && node.maxLength === undefined) {
        unlimited.push(path);
      }
      Object.entries(node.properties ?? {}).forEach(([name, field]) => {
        walk(field, `${path}.${name}`);
      });
      if (node.items !== undefined) {
        walk(node.items, `${path}[]`);
      }
    };
    walk(definitionNode(), "");
    expect(unlimited).to.deep.equal([]);
  });
});
