import { type Picture, readPng } from './png.ts';

/** Of its outline icon Teams makes silhouettes: what is not white, or leaves nothing transparent, becomes a block. */
const isOutline = ({ pixels }: Picture): boolean => {
  const shown = pixels.filter(([, , , opacity]) => opacity > 0);
  const white = shown.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255);
  return white && shown.length > 0 && shown.length < pixels.length;
};

const ICONS = {
  color: {
    side: 192,
    mustBe: 'opaque, Teams rounds its corners',
    is: ({ pixels }: Picture) => pixels.every((p) => p[3] === 255),
  },
  outline: { side: 32, mustBe: 'white on transparent', is: isOutline },
} as const;

/** What is wrong with an icon of the package, in words that begin with its name. */
export const iconFaults = (which: keyof typeof ICONS, file: string, bytes: Uint8Array): readonly string[] => {
  const { side, mustBe, is } = ICONS[which];
  const picture = readPng(bytes);
  if (picture === null) return [`${file}: must be a PNG of 8 bits in RGB or RGBA, not interlaced`];
  const { width, height } = picture;
  return [
    ...(width === side && height === side ? [] : [`${file}: must be ${side}×${side} pixels, is ${width}×${height}`]),
    ...(is(picture) ? [] : [`${file}: must be ${mustBe}`]),
  ];
};
