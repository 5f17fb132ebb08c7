/**
 * Where a visitor's tokens come from. Whose chat it is decides the token alone, so that none is taken that is the same for everybody: not what stands
 * in the page, and no personal access token, which opens the whole account of whoever has made it.
 */
import { isObject } from '../core/values/own-members.js';
import type { GetToken } from '../token/request/token-requester.js';
import type { TokenResponse } from '../token/request/token-response-body.js';
import type { Callback, ChatSettings } from './chat-settings.js';

/** Where a site learns what to put in its place: a page of the documentation. */
export const GUIDE = 'guide/migration in the documentation of coze-chat-embed';

const PERSONAL_TOKEN = /^\s*(?:pat|sat)_/;

export type TokenSource =
  | { readonly tokenEndpoint: string }
  | { readonly getToken: GetToken }
  /** There is none: the chat is not made. */
  | { readonly refused: true };

export interface TokenDoors {
  /** The endpoint that the script's line names. */
  readonly endpointOfLine: string;
  /** The one beside the script; `''` where the script is not of the page's own site. */
  readonly endpointBeside: string;
  /** Says something once. */
  readonly warn: (sentence: string) => void;
}

const WHERE = 'Give auth.tokenEndpoint, the URL where your backend gives each visitor a token of their own';

export function findTokenSource({ tokenEndpoint, onRefreshToken, fixedToken }: ChatSettings, doors: TokenDoors): TokenSource {
  const { endpointOfLine, endpointBeside, warn } = doors;
  const isPersonal = PERSONAL_TOKEN.test(fixedToken);
  if (isPersonal) warn(describePersonalToken('auth.token has'));
  else if (fixedToken !== '') warn('auth.token is not used: a token that stands in the page is the same for everybody who gets the page.');

  const named = tokenEndpoint || endpointOfLine;
  if (named !== '') return { tokenEndpoint: named };
  // Beside a personal access token it gives nothing else.
  if (onRefreshToken !== undefined && !isPersonal) return { getToken: askPage(onRefreshToken, warn) };
  if (endpointBeside !== '') return { tokenEndpoint: endpointBeside };
  warn(`There is no chat, since there is nothing to get the visitor’s token from. ${WHERE}. See ${GUIDE}.`);
  return { refused: true };
}

/** The page's function, as the element's `getToken`: a bare token, or all that a token endpoint answers. */
function askPage(onRefreshToken: Callback, warn: (sentence: string) => void): GetToken {
  let former = '';
  return async () => {
    const answer = await onRefreshToken(former);
    const token = findToken(answer);
    if (PERSONAL_TOKEN.test(token)) {
      warn(describePersonalToken('auth.onRefreshToken gives'));
      throw Object.assign(new Error('A personal access token is everybody’s.'), { name: 'PersonalAccessToken' });
    }
    former = token;
    if (typeof answer !== 'string') return answer as TokenResponse;
    warn(
      'auth.onRefreshToken gives a bare token: that it belongs to another visitor cannot be noticed, and when it ends is not known. ' +
        'Give what your token endpoint answers, with its subject and expires_in, or auth.tokenEndpoint.',
    );
    return { access_token: answer };
  };
}

function findToken(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  if (!isObject(answer)) return '';
  const { access_token, accessToken, token, data } = answer as Readonly<Record<string, unknown>>;
  const found = [access_token, accessToken, token].filter((value) => typeof value === 'string')[0];
  return found ?? (isObject(data) ? findToken({ ...data, data: undefined }) : '');
}

function describePersonalToken(subject: string): string {
  return (
    `${subject} a personal access token: with it everybody who opens the page has your account at Coze, and all visitors have one history. ` +
    `It is not used. Delete it in Coze and take it out of the page. ${WHERE}. See ${GUIDE}.`
  );
}
