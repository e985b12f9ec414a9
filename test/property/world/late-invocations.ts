interface LateInvocation {
  slices: number;
  readonly invoke: () => Promise<void>;
}

/** Invocations that were sent once, and come twice. */
export class LateInvocations {
  private waiting: LateInvocation[] = [];

  /** @param slices how many others come before. */
  add(slices: number, invoke: () => Promise<void>): void {
    this.waiting.push({ slices, invoke });
  }

  tick(): void {
    for (const invocation of this.waiting) {
      invocation.slices -= 1;
    }
  }

  async invokeDue(): Promise<void> {
    const due = this.waiting.filter(({ slices }) => slices <= 0);
    this.waiting = this.waiting.filter(({ slices }) => slices > 0);
    for (const { invoke } of due) {
      await invoke();
    }
  }
}
