/** What a visitor reads in our own chrome. */
export const en = {
  openChat: 'Open chat',
  closeChat: 'Close chat',
  chat: 'Chat',
  loading: 'Starting the chat…',
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in on this site to see your conversation.',
  failedTitle: 'The chat cannot be reached',
  failedText: 'Please check your connection and try again.',
  unavailableTitle: 'This assistant is not available',
  unavailableText: 'The bot behind this chat cannot be used at the moment.',
  forbiddenTitle: 'No access',
  forbiddenText: 'Your account may not use this chat.',
  misconfiguredTitle: 'This chat is not set up correctly',
  misconfiguredText: 'A note for the author of this page:',
  retry: 'Try again',
} as const;

export type ChromeStrings = { readonly [key in keyof typeof en]: string };
