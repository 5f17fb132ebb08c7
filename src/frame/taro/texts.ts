/** The words the layer itself says, and the names it gives to what the SDK leaves without. Whoever builds the frame hands them in. */

export interface Texts {
  readonly picture: string;
  /** With `{number}` and `{count}`. */
  readonly pictureOf: string;
  readonly close: string;
  readonly previousPicture: string;
  readonly nextPicture: string;
  readonly copied: string;
  readonly messages: string;
  readonly code: string;
  readonly table: string;
  readonly send: string;
  readonly upload: string;
  readonly voiceInput: string;
  readonly keyboardInput: string;
  readonly newTopic: string;
  readonly newConversation: string;
  readonly newestMessage: string;
  readonly retry: string;
  readonly copy: string;
  readonly playVoice: string;
  readonly stopVoice: string;
}

const TEXTS = Symbol('texts');

/** To be called before the layer is used. One document, one language. */
export function provideTexts(texts: Texts): void {
  Object.assign(document, { [TEXTS]: texts });
}

export function currentTexts(): Texts {
  const { [TEXTS]: texts } = document as { [TEXTS]?: Texts };
  if (texts === undefined) throw new TypeError('The document has no texts yet.');
  return texts;
}
