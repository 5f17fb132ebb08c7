/** The few words the layer itself says, in the language of the frame's document. */

export interface Texts {
  readonly picture: string;
  readonly pictureOf: (number: number, count: number) => string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  readonly copied: string;
}

const english: Texts = {
  picture: 'Picture',
  pictureOf: (number, count) => `Picture ${number} of ${count}`,
  close: 'Close',
  previous: 'Previous picture',
  next: 'Next picture',
  copied: 'Copied',
};

const chinese: Texts = {
  picture: '图片',
  pictureOf: (number, count) => `第 ${number} 张图片，共 ${count} 张`,
  close: '关闭',
  previous: '上一张图片',
  next: '下一张图片',
  copied: '已复制',
};

/** Texts for `<html lang>`: Chinese for any `zh`, English for everything else, as the SDK does. */
export function currentTexts(): Texts {
  return /^zh\b/i.test(document.documentElement.lang) ? chinese : english;
}
