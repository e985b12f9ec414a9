// Of themselves these end a process without the event `exit`, or in the middle of its listeners: mocha sends SIGTERM to a
// worker a second after it was told to end, however much it has to remove.
for (const [signal, number] of [
  ["SIGHUP", 1],
  ["SIGTERM", 15],
] as const) {
  process.once(signal, () => process.exit(128 + number));
}
