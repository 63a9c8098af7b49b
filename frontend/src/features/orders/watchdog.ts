/** Aborts its signal when nothing has passed for a while: the peer is frozen, or the network is gone. */
export class Watchdog {
  private readonly abort = new AbortController();
  private timer: ReturnType<typeof setTimeout>;

  constructor(private readonly patience_ms: number) {
    this.timer = this.started();
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** What passes through it counts. */
  observed(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (bytes, out) => {
        this.end();
        this.timer = this.started();
        out.enqueue(bytes);
      },
    });
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private started() {
    return setTimeout(() => this.abort.abort(), this.patience_ms);
  }
}
