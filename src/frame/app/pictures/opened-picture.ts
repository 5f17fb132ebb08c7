/** Argument of the chat's `onImageClick`. The SDK's own type has only the address. */
export interface OpenedPicture {
  readonly url: string;
  /** The drawn picture, if the frame's policy does not allow to load it again. */
  readonly drawn?: HTMLCanvasElement;
}
