// Talks to a running mission: node client.mjs URL live|replay. Prints one JSON object with what it saw.
import protocol from "@foxglove/ws-protocol";
import { parse } from "@foxglove/rosmsg";
import { MessageReader, MessageWriter } from "@foxglove/rosmsg2-serialization";
import WebSocket from "ws";

const { FoxgloveClient } = protocol;

const [url, scenario] = process.argv.slice(2);
const patience = 120_000;
const channels = new Map(), services = new Map(), readers = new Map(), received = new Map(), subscribed = new Map();
const withdrawn = [], statuses = [], times = [], parameters = new Map(), watched = [], answers = new Map();
const graph = { published: {}, subscribed: {}, services: {} };
const seen = { scenario };
let info;

const fail = (why) => { console.error(why); process.exit(1); };
setTimeout(() => fail(`no end within ${patience} ms; seen so far ${JSON.stringify(seen)}`), patience).unref();

async function until(what, condition) {
  seen.waitingFor = what;
  for (;;) {
    const value = condition();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 10));
  }
}

// Handlers are there before the socket opens: the first message comes with its answer.
function open(socket) {
  const client = new FoxgloveClient({ ws: socket });
  client.on("serverInfo", (message) => {
    seen.withdrawn = [...channels.values()].every((channel) => withdrawn.includes(channel.id));
    channels.clear();
    info = message;
  });
  client.on("status", (status) => statuses.push(status));
  client.on("time", (message) => times.push(message.timestamp));
  client.on("unadvertise", (ids) => withdrawn.push(...ids));
  client.on("advertise", (list) => list.forEach((c) => channels.set(c.topic, c)));
  client.on("advertiseServices", (list) => list.forEach((s) => services.set(s.name, s)));
  client.on("parameterValues", (message) => message.id ? parameters.set(message.id, message.parameters) : watched.push(...message.parameters));
  client.on("serviceCallResponse", (answer) => answers.set(answer.callId, answer));
  client.on("serviceCallFailure", (failure) => answers.set(failure.callId, failure));
  client.on("connectionGraphUpdate", (update) => {
    update.publishedTopics.forEach((t) => { graph.published[t.name] = t.publisherIds; });
    update.subscribedTopics.forEach((t) => { graph.subscribed[t.name] = t.subscriberIds; });
    update.advertisedServices.forEach((s) => { graph.services[s.name] = s.providerIds; });
  });
  client.on("message", ({ subscriptionId, timestamp, data }) => {
    const topic = subscribed.get(subscriptionId);
    received.get(topic).push({ timestamp, message: readers.get(topic).readMessage(data) });
  });
  return new Promise((done) => {
    client.on("open", () => done(client));
    client.on("error", () => done(null));
  });
}

async function connect() {
  for (;;) {
    const client = await open(new WebSocket(url, [FoxgloveClient.SUPPORTED_SUBPROTOCOL]));
    if (client) return client;
    await new Promise((done) => setTimeout(done, 50));
  }
}

const client = await connect();
client.on("error", (error) => fail(`${error}`));
client.on("close", () => fail(`closed while waiting for ${seen.waitingFor}`));

async function subscribe(topic) {
  const channel = await until(`channel ${topic}`, () => channels.get(topic));
  if (channel.encoding !== "cdr" || channel.schemaEncoding !== "ros2msg") fail(`${topic} is ${channel.encoding} with ${channel.schemaEncoding}`);
  readers.set(topic, new MessageReader(parse(channel.schema, { ros2: true })));
  received.set(topic, []);
  const id = client.subscribe(channel.id);
  subscribed.set(id, topic);
  return id;
}

const last = (topic) => received.get(topic)?.at(-1)?.message;
const hear = (topic, condition = () => true) => until(`message on ${topic}`, () => { const m = last(topic); return m && condition(m) ? m : null; });

async function call(name, request) {
  const service = await until(`service ${name}`, () => services.get(name));
  const callId = answers.size + 1;
  const data = new MessageWriter(parse(service.request.schema, { ros2: true })).writeMessage(request);
  client.sendServiceCallRequest({ serviceId: service.id, callId, encoding: "cdr", data });
  const answer = await until(`answer of ${name}`, () => answers.get(callId));
  if (!answer.data) fail(`${name}: ${answer.message}`);
  return new MessageReader(parse(service.response.schema, { ros2: true })).readMessage(answer.data);
}

async function ask(names, id) {
  client.getParameters(names, id);
  return await until(`parameters ${id}`, () => parameters.get(id));
}

async function live() {
  await until("serverInfo", () => info);
  Object.assign(seen, { capabilities: info.capabilities, encodings: info.supportedEncodings });
  const pose = await subscribe("/rover_1/pose");
  for (const topic of ["/tf", "/rover_1/elevation_map", "/rover_1/robot_description", "/fleet/markers", "/fleet/elevation_cloud", "/rover_1/safety_status", "/rover_1/points"]) {
    await subscribe(topic);
  }
  seen.description = (await hear("/rover_1/robot_description")).data.slice(0, 60);
  seen.layers = (await hear("/rover_1/elevation_map")).layers;
  seen.points = (await hear("/rover_1/points")).width;
  await hear("/rover_1/pose");
  seen.frames = [...new Set(await until("wheels on /tf", () => {
    const frames = received.get("/tf").flatMap((t) => t.message.transforms.map((x) => `${x.header.frame_id} ${x.child_frame_id}`));
    return frames.some((f) => f.includes("wheel")) && frames.some((f) => f.startsWith("map ")) ? frames : null;
  }))];
  seen.markers = [...new Set((await hear("/fleet/markers", (m) => m.markers.length > 2)).markers.map((m) => m.ns))];
  seen.cloud = (await hear("/fleet/elevation_cloud")).fields.map((f) => f.name);

  const all = await ask([], "all");
  seen.parameters = all.map((p) => p.name);
  client.subscribeParameterUpdates(["/fleet/fleet_markers.notice_time_s"]);
  client.setParameters([{ name: "/fleet/fleet_markers.notice_time_s", value: 20, type: "float64" }], "set");
  seen.set = await until("answer to set", () => parameters.get("set"));
  seen.told = await until("parameter update", () => watched.find((p) => p.name === "/fleet/fleet_markers.notice_time_s"));
  client.setParameters([{ name: "/fleet/fleet_markers.notice_time_s", value: 9999 }], "refused");
  seen.refused = (await until("refusal", () => statuses.find((s) => s.message.includes("/fleet/fleet_markers.notice_time_s")))).message;

  client.subscribeConnectionGraph();
  await until("connection graph", () => graph.published["/rover_1/pose"] && graph.services["/rover_1/hold"]);
  seen.publishers = graph.published["/rover_1/pose"];

  seen.held = await call("/rover_1/hold", { data: true });
  await hear("/rover_1/safety_status", (m) => m.linear_velocity === 0 && m.angular_velocity === 0);
  seen.released = await call("/rover_1/hold", { data: false });

  await subscribe("/rover_1/goal_operator");
  const type = "geometry_msgs/msg/PoseStamped";
  const definition = channels.get("/rover_1/goal_operator").schema;
  const goal = client.advertise({ topic: "/rover_1/goal_pose", encoding: "cdr", schemaName: type });
  client.sendMessage(goal, new MessageWriter(parse(definition, { ros2: true })).writeMessage({
    header: { stamp: { sec: 0, nsec: 0 }, frame_id: "map" },
    pose: { position: { x: 3, y: -2, z: 0 }, orientation: { x: 0, y: 0, z: 0, w: 1 } },
  }));
  const sent = (await hear("/rover_1/goal_operator")).pose.position;
  seen.goal = [sent.x, sent.y];

  client.advertise({ topic: "/rover_1/cmd_vel", encoding: "cdr", schemaName: "geometry_msgs/msg/TwistStamped" });
  seen.forbidden = (await until("refusal of cmd_vel", () => statuses.find((s) => s.message.startsWith("/rover_1/cmd_vel")))).message;

  client.unsubscribe(pose);
  const before = times.length;
  await until("time", () => times.length > before + 5);
  seen.rising = times.every((t, i) => i === 0 || t >= times[i - 1]);
}

async function replay() {
  await until("serverInfo", () => info);
  await subscribe("/rover_1/pose");
  await subscribe("/rover_1/robot_description");
  await subscribe("/tf");
  seen.description = (await hear("/rover_1/robot_description")).data.length;
  seen.rate = (await ask(["/player.rate"], "rate"))[0];
  client.setParameters([{ name: "/player.rate", value: 20, type: "float64" }], "faster");
  await until("answer to set", () => parameters.get("faster"));
  await until("the recording's tenth second", () => received.get("/rover_1/pose").some((m) => m.timestamp > 10_000_000_000n));
  await back();
  seen.wheels = received.get("/tf").some((t) => t.message.transforms.some((x) => x.child_frame_id === "rover_1/wheel_front_left"));
}

// Standing still at an earlier time, where the recording was not so far yet: as after a new start of the server.
async function back() {
  const session = info.sessionId;
  client.setParameters([{ name: "/player.paused", value: true }, { name: "/player.skip_to_s", value: 4, type: "float64" }], "back");
  await until("a new session", () => info.sessionId !== session);
  await subscribe("/rover_1/robot_description");
  await subscribe("/rover_1/pose");
  await subscribe("/tf");
  await until("the time of before", () => times.at(-1) < 5_000_000_000n);
  seen.back = Number(times.at(-1)) * 1e-9;
  seen.kept = (await hear("/rover_1/robot_description")).data.length;
  seen.paused = (await ask(["/player.paused"], "paused"))[0].value;
  client.setParameters([{ name: "/player.paused", value: false }], "on");
  await until("the recording's sixth second again", () => received.get("/rover_1/pose").some((m) => m.timestamp > 6_000_000_000n));
  seen.again = Number(received.get("/rover_1/pose")[0].timestamp) * 1e-9;
  await until("wheels again", () => received.get("/tf").some((t) => t.message.transforms.some((x) => x.child_frame_id.includes("wheel"))));
}

await (scenario === "live" ? live() : replay());
delete seen.waitingFor;
console.log(JSON.stringify(seen));
process.exit(0);
