/** From a picture to the texts of its certificates' codes: as it is, enlarged twice, and its red channel alone. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import { hasPayload } from "./digits";

/** A4 at 600 dpi has 35 million. */
const MOST_PIXELS = 40_000_000;
const ENLARGE_UP_TO = 12_000_000;

/** `wasm`: the reader's own code; it is set up at first need. */
export class PictureReader {
  private ready = false;

  constructor(private readonly wasm: () => ArrayBuffer) {}

  /** Of a still picture: each certificate's text once. Throws what `createImageBitmap` throws. */
  async read(file: Blob): Promise<string[]> {
    const picture = await createImageBitmap(file);
    try {
      const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)));
      const plain = drawn(picture, scale);
      const found = await this.payloads(plain);
      if (found.length) return found;
      if (plain.width * plain.height <= ENLARGE_UP_TO) {
        const larger = await this.payloads(drawn(picture, 2 * scale));
        if (larger.length) return larger;
      }
      return await this.payloads(redOf(plain));
    } finally {
      picture.close();
    }
  }

  /** Of one picture of a camera. */
  async readFrame(video: HTMLVideoElement): Promise<string[]> {
    return video.videoWidth ? this.payloads(drawn(video, 1, video.videoWidth, video.videoHeight)) : [];
  }

  private async payloads(pixels: ImageData): Promise<string[]> {
    if (!this.ready) {
      await prepareZXingModule({ overrides: { wasmBinary: this.wasm() }, fireImmediately: true });
      this.ready = true;
    }
    const read = await readBarcodes(pixels, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 255 });
    return [...new Set(read.map((one) => one.text).filter(hasPayload))];
  }
}

function drawn(picture: CanvasImageSource, scale: number, width = (picture as ImageBitmap).width, height = (picture as ImageBitmap).height): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.fillStyle = "#fff"; // what is transparent is paper
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function redOf(pixels: ImageData): ImageData {
  const red = new ImageData(pixels.width, pixels.height);
  for (let at = 0; at < pixels.data.length; at += 4) {
    red.data.fill(pixels.data[at]!, at, at + 3);
    red.data[at + 3] = 255;
  }
  return red;
}
