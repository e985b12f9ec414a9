import { expect } from "chai";
import { lookUpObjects } from "../../../engine/target/target-objects";
import { byUtf8 } from "../../../engine/target/utf8-order";
import { FakeServices } from "../support/fake-services";
import { TARGET } from "../support/run-input";

const DIRECTORY = "in/data/";

function lookUp(services: FakeServices, names: readonly string[]) {
  return lookUpObjects(services.objects, TARGET, DIRECTORY, names);
}

function store(services: FakeServices, names: readonly string[]): void {
  for (const name of names) {
    services.objects.put(TARGET, DIRECTORY + name, { size: 1 });
  }
}

function operations(services: FakeServices): string[] {
  return services.objects.requestsTo(TARGET).map(({ operation }) => operation);
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `f${String(index).padStart(2, "0")}`);
}

describe("lookUpObjects", () => {
  it("asks nothing about no name", async () => {
    const services = new FakeServices();
    expect((await lookUp(services, [])).size).to.equal(0);
    expect(operations(services)).to.deep.equal([]);
  });

  it("asks ten names by ten HEADs and no LIST", async () => {
    const services = new FakeServices();
    store(services, numbered(9));
    expect([...(await lookUp(services, numbered(10))).keys()]).to.deep.equal(numbered(9));
    expect(operations(services)).to.deep.equal(Array(10).fill("head"));
  });

  it("asks eleven names by one LIST and no HEAD", async () => {
    const services = new FakeServices();
    store(services, numbered(10));
    expect([...(await lookUp(services, numbered(11))).keys()]).to.deep.equal(numbered(10));
    expect(operations(services)).to.deep.equal(["list"]);
  });

  it("finds the first key of the range, and names that begin others", async () => {
    const services = new FakeServices();
    const names = ["a", "aa", "ab", ...numbered(9)];
    store(services, names);
    expect([...(await lookUp(services, names)).keys()]).to.have.members(names);
  });

  it("finds a first name that ends in a letter beyond the Basic Multilingual Plane", async () => {
    const services = new FakeServices();
    const names = ["a\u{1F600}", ...numbered(10)];
    store(services, names);
    expect((await lookUp(services, names)).has("a\u{1F600}")).to.equal(true);
  });

  it("orders by UTF-8 bytes, where UTF-16 orders differently", async () => {
    const services = new FakeServices();
    const names = [...numbered(9), "\u{1F600}", "\uFF5E"];
    store(services, names);
    expect([...(await lookUp(services, names)).keys()]).to.have.members(names);
  });

  it("starts close to the first name instead of at the folder's beginning", async () => {
    const services = new FakeServices();
    store(services, ["a", ...numbered(11)]);
    await lookUp(services, numbered(11));
    const [{ startAfter = "" } = {}] = services.objects.requestsTo(TARGET);
    expect(byUtf8(startAfter, `${DIRECTORY}f00`)).to.be.lessThan(0);
    expect(byUtf8(startAfter, `${DIRECTORY}a`)).to.be.greaterThan(0);
  });

  it("does not list what lies between far names at any price: it asks for those that are left", async () => {
    const services = new FakeServices();
    const archive = Array.from({ length: 2500 }, (_, index) => `m${String(index).padStart(4, "0")}`);
    const names = ["a", "m0500", ...Array.from({ length: 9 }, (_, index) => `z${index}`)];
    store(services, [...archive, ...names]);
    expect([...(await lookUp(services, names)).keys()]).to.have.members(names);
    expect(operations(services).filter((operation) => operation === "head")).to.have.length(9);
  });

  it("lists on where it costs less than a HEAD for each name", async () => {
    const services = new FakeServices();
    const archive = Array.from({ length: 2500 }, (_, index) => `m${String(index).padStart(4, "0")}`);
    const names = ["a", ...archive.filter((_, index) => index % 50 === 0), "z"];
    store(services, [...archive, ...names]);
    expect([...(await lookUp(services, names)).keys()]).to.have.members(names);
    expect(operations(services)).not.to.include("head");
  });

  it("takes no key of a deeper folder for a name", async () => {
    const services = new FakeServices();
    store(services, ["f00/f01", "f05/x"]);
    expect((await lookUp(services, numbered(11))).size).to.equal(0);
  });

  it("takes an object named __proto__ for an object", async () => {
    const services = new FakeServices();
    store(services, ["__proto__"]);
    expect((await lookUp(services, ["__proto__", "constructor"])).has("__proto__")).to.equal(true);
    expect((await lookUp(services, ["__proto__", "constructor", ...numbered(9)])).has("constructor")).to.equal(false);
  });
});

describe("byUtf8", () => {
  it("sorts as S3 does", () => {
    expect(["\u{1F600}", "\uFF5E", "é", "z", "Z", ""].sort(byUtf8)).to.deep.equal([
      "",
      "Z",
      "z",
      "é",
      "\uFF5E",
      "\u{1F600}",
    ]);
  });
});
