/** What the chat's `onImageClick` is called with; the SDK's own type has the address alone. */
export interface OpenedPicture {
  readonly url: string;
  /** Of a picture that the frame's policy would not load again. */
  readonly drawn?: HTMLCanvasElement;
}
