/** What a visitor reads when the chat cannot be used. */
export const en = {
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in on this site to see your conversation.',
  unreachableText: 'Please check your connection and try again.',
  unavailableTitle: 'This assistant is not available',
  unavailableText: 'The bot behind this chat cannot be used at the moment.',
  forbiddenTitle: 'No access',
  forbiddenText: 'Your account may not use this chat.',
  misconfiguredTitle: 'This chat is not set up correctly',
  misconfiguredText: 'A note for the author of this page:',
};

export type StatusTexts = Readonly<typeof en>;
