/** Splits an answer into the chunks it is streamed in: words with their trailing white space. Joined, the chunks are the text again. */
export function cutIntoPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    const last = pieces.pop();
    if (last === undefined) pieces.push(segment);
    else if (/\S/.test(segment)) pieces.push(last, segment);
    else pieces.push(last + segment);
  }
  return pieces;
}
