/** Whether a file was decoded wrongly: UTF-16 or binary data, read as UTF-8, has zero and replacement characters. */
export function isWronglyDecoded(text: string): boolean {
  return /[\0\uFFFD]/.test(text);
}
