import { expect } from "chai";
import { type Node, Parser } from "commonmark";
import * as z from "zod";
import {
  embeddedJson,
  ref,
  resource,
  resources,
  type StackJson,
  stackSchema,
  synthStack,
  synthTexts,
  testServer,
  testSettings,
  testSync,
} from "../support";
import { isKnownMetric } from "./known-metrics";

const graphSchema = z.strictObject({
  title: z.string().min(1),
  region: z.literal("eu-central-1"),
  view: z.enum(["timeSeries", "singleValue"]),
  stacked: z.boolean().optional(),
  metrics: z.array(z.array(z.union([z.string(), z.record(z.string(), z.string())])).min(1)).min(1),
  period: z.int().multipleOf(60),
  stat: z.literal("Sum"),
  setPeriodToTimeRange: z.literal(true).optional(),
  yAxis: z.object({ left: z.object({ min: z.literal(0), showUnits: z.literal(false), label: z.string() }) }).optional(),
});

const place = { x: z.int().min(0), y: z.int().min(0), width: z.int().min(1).max(24), height: z.int().min(1) };

/** As CloudWatch documents a dashboard's body; it would refuse anything else only when the stack is applied. */
const bodySchema = z.strictObject({
  start: z.literal("-P7D"),
  periodOverride: z.literal("inherit"),
  widgets: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("metric"), ...place, properties: graphSchema }),
        z.strictObject({
          type: z.literal("alarm"),
          ...place,
          properties: z.strictObject({ title: z.string().min(1), alarms: z.array(z.string()).min(1).max(100) }),
        }),
        z.strictObject({
          type: z.literal("log"),
          ...place,
          properties: z.strictObject({
            title: z.string().min(1),
            region: z.literal("eu-central-1"),
            view: z.literal("table"),
            query: z.string().startsWith("SOURCE '"),
          }),
        }),
        z.strictObject({
          type: z.literal("text"),
          ...place,
          properties: z.strictObject({ markdown: z.string().min(1) }),
        }),
      ]),
    )
    .max(500),
});

type Widget = z.infer<typeof bodySchema>["widgets"][number];

const description = `Orders ${ref("x")} of 100%{y}`;
const manySyncs = Array.from({ length: 120 }, (_, index) => testSync(`sync-${index}`));
const definitions = [
  testServer("partner-a", {
    description,
    syncs: [testSync("orders"), testSync("manual", { schedule: { kind: "on-demand" } })],
  }),
  testServer("partner-b", { syncs: manySyncs }),
];
const server = synthStack("server-partner-a", { definitions });
const large = synthStack("server-partner-b", { definitions });
const shared = synthStack("shared", {});

const widgetsOf = (stack: StackJson, id: string): Widget[] =>
  embeddedJson(bodySchema, resource(stack, `aws_cloudwatch_dashboard.${id}`).dashboard_body).widgets;

const dashboards = {
  "of a server": widgetsOf(server, "server"),
  "of a server with 120 syncs": widgetsOf(large, "server"),
  "of all servers": widgetsOf(shared, "overview"),
};

/** Every node of a Markdown text: what it is, and its text. */
function nodesOf(markdown: string): Pick<Node, "type" | "literal">[] {
  const nodes: Node[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    nodes.push(...(event.entering ? [event.node] : []));
  }
  return nodes;
}

/** What a reader of a Markdown text sees. */
const plainText = (markdown: string) =>
  nodesOf(markdown)
    .map(({ literal }) => literal ?? "")
    .join("");

const graphs = (widgets: Widget[]) =>
  widgets.flatMap((widget) => (widget.type === "metric" ? [widget.properties] : []));

/** Metrics of a graph that are named, with their dimensions. */
function namedMetrics(widgets: Widget[]) {
  return graphs(widgets)
    .flatMap(({ metrics }) => metrics)
    .flatMap((entry) => {
      const [namespace, name, ...pairs] = entry.flatMap((part) => (typeof part === "string" ? [part] : []));
      if (namespace === undefined || name === undefined) {
        return [];
      }
      const dimensions = pairs.filter((_, index) => index % 2 === 0);
      return [{ namespace, name, dimensions, values: pairs.filter((_, index) => index % 2 === 1) }];
    });
}

const expressions = (widgets: Widget[]): string[] =>
  graphs(widgets)
    .flatMap(({ metrics }) => metrics.flat())
    .flatMap((part) => (typeof part === "string" || part.expression === undefined ? [] : [part.expression]));

for (const [title, widgets] of Object.entries(dashboards)) {
  describe(`the dashboard ${title}`, () => {
    it("fills CloudWatch's 24 columns, without overlaps and holes", () => {
      const cells = widgets.flatMap(({ x, y, width, height }) =>
        Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
      );
      const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
      const grid = Array.from({ length: 24 * bottom }, (_, cell) => `${cell % 24},${Math.floor(cell / 24)}`);
      expect(cells.sort()).to.deep.equal(grid.sort());
    });

    it("shows metrics that exist", () => {
      expect(namedMetrics(widgets)).not.to.be.empty;
      for (const metric of namedMetrics(widgets)) {
        expect(isKnownMetric(metric), JSON.stringify(metric)).to.equal(true);
      }
    });

    it("keeps CloudWatch's limits: 500 metrics in a graph, 2,500 in all", () => {
      expect(Math.max(...graphs(widgets).map(({ metrics }) => metrics.length))).to.be.at.most(500);
      expect(namedMetrics(widgets)).to.have.length.at.most(2500);
    });

    it("gives every graph a title of its own, and no two lines of one the same colour", () => {
      const titles = graphs(widgets).map((graph) => graph.title);
      expect(new Set(titles)).to.have.lengthOf(titles.length);
      for (const { metrics, title: graph } of graphs(widgets)) {
        const options = metrics.flat().flatMap((part) => (typeof part === "string" ? [] : [part]));
        const colors = options.flatMap(({ color }) => color ?? []);
        expect(colors.length, graph).to.be.oneOf([0, options.length]);
        expect(new Set(colors), graph).to.have.lengthOf(colors.length);
      }
    });
  });
}

describe("a server's dashboard", () => {
  const widgets = dashboards["of a server"];

  it("shows this server and nothing else", () => {
    expect([...new Set(namedMetrics(widgets).flatMap(({ values }) => values))]).to.have.members([
      "partner-a",
      "orders",
      "manual",
      ref("aws_sfn_state_machine.run.arn"),
      "sftp-sync-partner-a",
      "sftp-sync-partner-a-remote-folders-list",
      "sftp-sync-partner-a-get-list-status",
      "sftp-sync-partner-a-sync-remote-folder",
      "sftp-sync-partner-a-finish-run",
    ]);
    expect(expressions(widgets)).to.deep.equal([]);
  });

  it("shows the state of every alarm that the stack has", () => {
    for (const [stack, shown] of [
      [server, widgets],
      [large, dashboards["of a server with 120 syncs"]],
    ] as const) {
      const arns = shown.flatMap((widget) => (widget.type === "alarm" ? widget.properties.alarms : []));
      const ids = Object.keys(resources(stack, "aws_cloudwatch_metric_alarm"));
      expect(arns).to.have.members(ids.map((id) => ref(`aws_cloudwatch_metric_alarm.${id}.arn`)));
    }
  });

  it("asks the connector's log for its failures", () => {
    const queries = widgets.flatMap((widget) => (widget.type === "log" ? [widget.properties.query] : []));
    expect(queries).to.have.lengthOf(1);
    expect(queries[0]).to.match(/ \| filter `status-code` = "FAILED" or `activity-type` = "ERROR" \| /);
    expect(queries[0]?.startsWith(`SOURCE '${ref("aws_cloudwatch_log_group.connector.name")}' | `)).to.equal(true);
  });

  it("says of which syncs no alarm tells that they have not succeeded, and why", () => {
    const [heading] = widgets.flatMap((widget) => (widget.type === "text" ? [widget.properties.markdown] : []));
    expect(heading).to.include("# SFTP sync partner-a");
    expect(plainText(heading ?? "")).to.include(description);
    expect(heading).to.include("- `manual`: it runs on demand");
    expect(heading).not.to.include("`orders`");
  });

  const FORGED = [
    "[click here](https://evil.example)",
    "![](https://evil.example/x.png)",
    "<a href='https://evil.example'>x</a> <img src=x>",
    "<https://evil.example>",
    "[button:primary:Approve](https://evil.example)",
    "[x][y]\n\n[y]: https://evil.example",
    "done\n\n# All syncs are fine\n\n***\n",
    "- a\n- b\n1. c\n> d",
    "```\ncode\n```",
    "a | b\n--- | ---\n1 | 2",
    "`code` and *stars* and _lines_ and ~~gone~~",
    "    indented",
    "&lt;b&gt; &#91;x](y)",
    "\\[x](https://evil.example)",
    "ends with a backslash \\",
    "title\n===",
    "a  \nb\u2028c\u202ed",
    "see www.evil.example or https://evil.example",
  ];

  it("shows a description as the text it is, whatever it holds", () => {
    const texts = FORGED.map((text, index) => [`partner-${index}`, text] as const);
    const stacks = synthTexts({ definitions: texts.map(([name, text]) => testServer(name, { description: text })) });
    const usual = synthTexts({ definitions: [testServer("partner-0", { description: "Orders" })] });
    const headingOf = (from: typeof stacks, name: string) => {
      const stack = stackSchema.parse(JSON.parse(from.get(`server-${name}`) ?? ""));
      const [first] = widgetsOf(stack, "server").flatMap((one) =>
        one.type === "text" ? [one.properties.markdown] : [],
      );
      return first ?? "";
    };
    const types = (markdown: string) => nodesOf(markdown).flatMap(({ type }) => (type === "text" ? [] : [type]));
    for (const [name, text] of texts) {
      const heading = headingOf(stacks, name);
      expect(types(heading), text).to.deep.equal(types(headingOf(usual, "partner-0")));
      const seen = text.replaceAll("\u202e", "").replaceAll(/\s+/g, " ").trim();
      expect(plainText(heading), text).to.include(seen);
      // What other dialects make links, buttons and tables of.
      expect(heading.split("\n")[1]?.split(" \u00b7 `")[0]).not.to.match(/(?<!\\)[[\]|~:@]|:\/\/|www\./);
    }
  });

  it("is left out where the settings say so; the alarms stay", () => {
    const without = synthStack("server-partner-a", { definitions, settings: testSettings({ dashboards: false }) });
    expect(resources(without, "aws_cloudwatch_dashboard")).to.deep.equal({});
    expect(resources(without, "aws_cloudwatch_metric_alarm")).to.deep.equal(
      resources(server, "aws_cloudwatch_metric_alarm"),
    );
  });
});

describe("the overview", () => {
  const widgets = dashboards["of all servers"];

  it("finds the servers by searching for their metrics", () => {
    const searches = expressions(widgets).map((expression) => /SEARCH\('(.*)', 'Sum'\)/.exec(expression)?.[1]);
    const runs = (name: string) => `{"sftp-sync",Server,Sync} MetricName="${name}"`;
    expect(new Set(searches)).to.deep.equal(
      new Set([
        runs("RunsSucceeded"),
        runs("RunsFailed"),
        runs("FilesTransferred"),
        runs("FilesFailed"),
        runs("BytesTransferred"),
        'Namespace="sftp-sync/ConnectorErrors"',
      ]),
    );
  });

  it("labels what it found by server and sync, in CloudWatch's words and not Terraform's", () => {
    const { dashboard_body: body } = resource(shared, "aws_cloudwatch_dashboard.overview");
    expect(body).to.include(`$${ref("PROP('Dim.Server')")} / $${ref("PROP('Dim.Sync')")}`);
  });

  it("stays where servers do without dashboards", () => {
    const stack = synthStack("shared", { settings: testSettings({ dashboards: false }) });
    expect(Object.keys(resources(stack, "aws_cloudwatch_dashboard"))).to.deep.equal(["overview"]);
  });
});
