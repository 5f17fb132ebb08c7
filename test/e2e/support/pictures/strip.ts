/** Numbered pictures side by side, each with a caption above. */
import type { World } from '../world.js';

export interface Frame {
  readonly caption: string;
  readonly picture: Buffer;
}

export interface Strip {
  readonly language: string;
  readonly frames: readonly Frame[];
}

/** Size of a frame in pixels. */
export const FRAME_SIZE = { width: 360, height: 680 } as const;

/** Letters are twice their final size, because the page shows the picture at half its size. */
const STYLES = `
  body { margin: 0; font: 26px/1.3 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif; color: #1c1c28; background: #ececf4 }
  ol { display: grid; grid-auto-flow: column; gap: 32px; width: max-content; margin: 0; padding: 32px; list-style: none }
  li { width: ${FRAME_SIZE.width}px }
  p { display: flex; align-items: center; gap: 14px; height: 76px; margin: 0 0 18px }
  b { flex: none; width: 46px; border-radius: 50%; line-height: 46px; text-align: center; color: #fff; background: #4d53e8 }
  img { display: block; width: 100%; border-radius: 28px; box-shadow: 0 8px 28px rgb(20 20 60 / 22%) }
`;

export async function drawStrip({ browser }: World, { language, frames }: Strip): Promise<Buffer> {
  const page = await browser.newPage();
  const items = frames.map(
    ({ caption, picture }, index) =>
      `<li><p><b>${index + 1}</b>${caption}</p><img src="data:image/png;base64,${picture.toString('base64')}" alt=""></li>`,
  );
  await page.setContent(`<html lang="${language}"><style>${STYLES}</style><ol>${items.join('')}</ol></html>`);
  return page.locator('ol').screenshot();
}
