import { errorCode } from "../../config/error-code";

/** Whether there is a process of this number, whoever's it is. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
