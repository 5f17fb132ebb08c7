/** A downscaled screenshot: boxes, colours and positions remain, but not the shapes of letters, which differ between machines. */
import { PNG } from 'pngjs';

/** How many pixels become one, in each direction. */
const COARSENESS = 4;
/** Allowed difference of two colours, of 255, in each of red, green and blue. */
const TOLERANCE = 40;

/** @returns PNG. */
export function lookOf(screenshot: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(screenshot);
  const look = new PNG({ width: Math.floor(width / COARSENESS), height: Math.floor(height / COARSENESS) });
  look.data.forEach((_, index) => {
    const [place, channel] = [Math.floor(index / 4), index % 4];
    const [left, top] = [(place % look.width) * COARSENESS, Math.floor(place / look.width) * COARSENESS];
    let sum = 0;
    for (let y = top; y < top + COARSENESS; y++) {
      for (let x = left; x < left + COARSENESS; x++) sum += data[(y * width + x) * 4 + channel] ?? 0;
    }
    look.data[index] = Math.round(sum / COARSENESS ** 2);
  });
  return PNG.sync.write(look);
}

/** @returns percentage of differing pixels; 100 for pictures of different sizes. */
export function differencePercent(expected: Buffer, actual: Buffer): number {
  const [a, b] = [PNG.sync.read(expected), PNG.sync.read(actual)];
  if (a.width !== b.width || a.height !== b.height) return 100;
  const places = Array.from({ length: a.width * a.height }, (_, place) => place);
  const isDifferent = (place: number): boolean =>
    [0, 1, 2].some((channel) => Math.abs((a.data[place * 4 + channel] ?? 0) - (b.data[place * 4 + channel] ?? 0)) > TOLERANCE);
  return (100 * places.filter(isDifferent).length) / places.length;
}
