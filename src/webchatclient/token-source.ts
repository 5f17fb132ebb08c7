/**
 * Chooses the source of a visitor's tokens. The token alone decides to which visitor the chat belongs. Therefore rejects tokens that are the
 * same for all visitors: tokens that are written in the page, and personal access tokens, which open the whole account of the person who
 * created them.
 */
import { isObject } from '../core/values/own-members.js';
import type { GetToken } from '../token/request/token-requester.js';
import type { TokenResponse } from '../token/request/token-response-body.js';
import type { Callback, ChatSettings } from './chat-settings.js';

/** The page of the documentation that describes the alternatives. */
export const GUIDE = 'guide/migration in the documentation of coze-chat-embed';

const PERSONAL_TOKEN = /^\s*(?:pat|sat)_/;

export type TokenSource =
  | { readonly tokenEndpoint: string }
  | { readonly getToken: GetToken }
  /** There is no source, and the chat is not created. */
  | { readonly refused: true };

export interface EndpointCandidates {
  /** URL of the endpoint in `data-token-endpoint` of the script element. */
  readonly scriptEndpoint: string;
  /** URL of the endpoint beside the script; `''` if it does not have the page's origin. */
  readonly endpointBeside: string;
  /** Warns the page's author. Repeats no sentence. */
  readonly warn: (sentence: string) => void;
}

const ENDPOINT_ADVICE = 'Give auth.tokenEndpoint, the URL where your backend gives each visitor a token of their own';

export function findTokenSource({ tokenEndpoint, onRefreshToken, fixedToken }: ChatSettings, candidates: EndpointCandidates): TokenSource {
  const { scriptEndpoint, endpointBeside, warn } = candidates;
  const isPersonal = PERSONAL_TOKEN.test(fixedToken);
  if (isPersonal) warn(describePersonalToken('auth.token has'));
  else if (fixedToken !== '') warn('auth.token is not used: a token that stands in the page is the same for everybody who gets the page.');

  const named = tokenEndpoint || scriptEndpoint;
  if (named !== '') return { tokenEndpoint: named };
  // With a personal access token in `auth.token`, the function returns nothing else.
  if (onRefreshToken !== undefined && !isPersonal) return { getToken: askPage(onRefreshToken, warn) };
  if (endpointBeside !== '') return { tokenEndpoint: endpointBeside };
  warn(`There is no chat, since there is nothing to get the visitor’s token from. ${ENDPOINT_ADVICE}. See ${GUIDE}.`);
  return { refused: true };
}

/** Converts the page's function to the element's `getToken`. Its result is a bare token, or the whole response of a token endpoint. */
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
    `It is not used. Delete it in Coze and take it out of the page. ${ENDPOINT_ADVICE}. See ${GUIDE}.`
  );
}
