/** What to do about the options of `WebChatClient` that work differently here. All others work under the same name. */
export interface OptionAdvice {
  readonly kind: 'todo' | 'note';
  readonly advice: string;
}

const note = (advice: string): OptionAdvice => ({ kind: 'note', advice });

export const OPTION_ADVICE: Readonly<Record<string, OptionAdvice>> = {
  'auth.token': {
    kind: 'todo',
    advice:
      'Take it out: a token in a page is everybody’s. auth.tokenEndpoint, or the mount of createCozeChat, gives each visitor their own.',
  },
  'auth.onRefreshToken': note(
    'It is asked where there is no auth.tokenEndpoint. Have it give your endpoint’s whole answer, with subject and expires_in, or take it out.',
  ),
  'config.isIframe': note('Take it out: the chat always has a frame of its own.'),
  'config.sdk_verify_token': note('Take it out: it has no effect.'),
  'config.appInfo.version': note('Take it out: visitors get the version that is published.'),
  'extra.webChat': note('It is not sent. The element has chatOptions.customVariables, extraParameters and metaData.'),
  'userInfo.id': note('It is not sent: your backend’s session says who the visitor is. auth.identityToken can prove it instead.'),
  'ui.header.extra': note('Hide the header (ui.header.isShow), and put your own above a chat in ui.chatBot.el.'),
  'ui.base.layout': note('It arranges what is in the chat. Whether the panel fills the screen goes by the screen’s size.'),
  'ui.chatBot.el': note('The chat is in it from the start, without a launcher; with ui.asstBtn.isNeed: false from showChatBot() on.'),
  el: note('The chat is in it from the start, without a launcher.'),
  'ui.chatBot.isNeedQuote': note('Take it out: every answer can be quoted.'),
  'ui.chatBot.isNeedClearMessage': note('Take it out: it has no effect. isNeedAddNewConversation has the button.'),
  'ui.chatBot.isNeedConversationAdd': note('Take it out: it has no effect. isNeedAddNewConversation has the button.'),
};
