/** Looks through a camera until a code is read. */
const MILLISECONDS_BETWEEN = 120;

export class Camera {
  private stream: MediaStream | undefined;
  private timer = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly read: (video: HTMLVideoElement) => Promise<string[]>,
    private readonly onRead: (texts: string[]) => void,
  ) {}

  get running(): boolean {
    return this.stream !== undefined;
  }

  /** Throws what the browser says where there is no camera, or none that may be used. */
  async start(): Promise<void> {
    if (!navigator.mediaDevices) throw new Error("no camera without https");
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.video.srcObject = null;
  }

  private look(): void {
    this.timer = window.setTimeout(async () => {
      const texts = this.running ? await this.read(this.video) : [];
      if (!this.running) return;
      if (texts.length) this.onRead(texts);
      else this.look();
    }, MILLISECONDS_BETWEEN);
  }
}
