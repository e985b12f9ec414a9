import { Simulation } from "./simulation";

/** Files of 10 bytes in one folder: `/data/f0000` and so on. */
export function withFiles(count: number, simulation = new Simulation()): Simulation {
  for (let index = 0; index < count; index += 1) {
    simulation.remote.put(`/data/f${String(index).padStart(4, "0")}`);
  }
  return simulation;
}
