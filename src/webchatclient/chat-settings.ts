/** The settings of a `<coze-chat>` that result from the options of a `WebChatClient`. */

export type Callback = (...args: unknown[]) => unknown;

export interface ChatSettings {
  readonly attributes: Record<string, string>;
  /** Members of the element's `chatOptions`, set by {@link setOption}. */
  readonly chatOptions: Record<string, unknown>;
  /** CSS properties of the element. */
  readonly styles: Record<string, string>;
  readonly callbacks: Partial<Record<'onShow' | 'onHide' | 'onBeforeShow' | 'onBeforeHide', Callback>>;
  /** The element of the page that the chat fills. */
  container: Element | undefined;
  /** Path of the option that names the container. */
  containerOption: string;
  hasLauncher: boolean;
  isApp: boolean;
  tokenEndpoint: string;
  onRefreshToken: Callback | undefined;
  /** `auth.token`, only for a warning about it. Is not passed on. */
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

/** `path` names a member of `chatOptions`, or a member of such a member. */
export function setOption({ chatOptions }: ChatSettings, path: string, value: unknown): void {
  const [name = '', member] = path.split('.');
  chatOptions[name] = member === undefined ? value : { ...(chatOptions[name] as object | undefined), [member]: value };
}
