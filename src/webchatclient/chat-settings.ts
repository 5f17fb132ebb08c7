/** What a `<coze-chat>` is given for the options of a `WebChatClient`. */

export type Callback = (...args: unknown[]) => unknown;

export interface ChatSettings {
  readonly attributes: Record<string, string>;
  /** Of the element's `chatOptions`; made by {@link setOption}. */
  readonly chatOptions: Record<string, unknown>;
  /** CSS properties of the element. */
  readonly styles: Record<string, string>;
  readonly callbacks: Partial<Record<'onShow' | 'onHide' | 'onBeforeShow' | 'onBeforeHide', Callback>>;
  /** What the chat fills. */
  container: Element | undefined;
  /** The option that it is from. */
  containerOption: string;
  hasLauncher: boolean;
  isApp: boolean;
  tokenEndpoint: string;
  onRefreshToken: Callback | undefined;
  /** As it stands in the page, to say what is wrong with it. Goes no further. */
  fixedToken: string;
  userId: string;
  footerLinks: unknown;
}

export function emptySettings(): ChatSettings {
  return {
    attributes: {},
    chatOptions: {},
    styles: {},
    callbacks: {},
    container: undefined,
    containerOption: '',
    hasLauncher: true,
    isApp: false,
    tokenEndpoint: '',
    onRefreshToken: undefined,
    fixedToken: '',
    userId: '',
    footerLinks: undefined,
  };
}

/** `path`: of one or two members of `chatOptions`. */
export function setOption({ chatOptions }: ChatSettings, path: string, value: unknown): void {
  const [name = '', member] = path.split('.');
  chatOptions[name] = member === undefined ? value : { ...(chatOptions[name] as object | undefined), [member]: value };
}
