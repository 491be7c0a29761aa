import { inflateSync } from 'node:zlib';

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each, row by row. */
  readonly pixels: readonly (readonly [number, number, number, number])[];
};

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** How many bytes a pixel takes, by the kind of colour: with and without opacity. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

const chunksOf = (bytes: Buffer): ReadonlyMap<string, Buffer> => {
  const chunks = new Map<string, Buffer>();
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    chunks.set(kind, Buffer.concat([chunks.get(kind) ?? Buffer.alloc(0), data]));
    at += 12 + length;
  }
  return chunks;
};

const unpacked = (data: Buffer): Buffer | null => {
  try {
    return inflateSync(data);
  } catch {
    return null;
  }
};

/** Of left, above and above left, the one that their slope points at (PNG, 9.4). */
const paeth = (left: number, above: number, corner: number): number => {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
};

/** Each row holds differences to its neighbours; which ones, says its first byte. */
const unfilter = (packed: Buffer, stride: number, height: number, channels: number): Uint8Array => {
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = packed[row * (stride + 1)];
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column < channels ? 0 : (out[at - channels] ?? 0);
      const above = out[at - stride] ?? 0;
      const corner = column < channels ? 0 : (out[at - stride - channels] ?? 0);
      const near = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      out[at] = (packed[at + row + 1] ?? 0) + near;
    }
  }
  return out;
};

/** A picture as Teams takes it; null: no PNG, or one of another kind than 8-bit RGB or RGBA in one pass. */
export const readPng = (file: Uint8Array): Picture | null => {
  const bytes = Buffer.from(file);
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return null;
  const chunks = chunksOf(bytes);
  const [header, data] = [chunks.get('IHDR'), unpacked(chunks.get('IDAT') ?? Buffer.alloc(0))];
  if (header?.length !== 13 || data === null) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, kind = 0, , , interlaced] = header.subarray(8);
  const channels = CHANNELS[kind];
  if (depth !== 8 || channels === undefined || interlaced !== 0 || width > 4096 || height > 4096) return null;
  const flat = unfilter(data, width * channels, height, channels);
  const channel = (pixel: number, index: number) => flat[pixel * channels + index] ?? 255;
  const pixels = Array.from({ length: width * height }, (_, pixel): Picture['pixels'][number] => [
    channel(pixel, 0),
    channel(pixel, 1),
    channel(pixel, 2),
    channels === 4 ? channel(pixel, 3) : 255,
  ]);
  return { width, height, pixels };
};
