// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { resolveLocale } from '../../../../src/element/properties/resolve-locale.js';
import { failedMessage, signedOutMessage } from '../../../../src/element/status/status-message.js';
import { languages } from '../../../../src/locales/language.js';
import { loadStrings } from '../../../../src/locales/strings.js';
import type { ChatStrings } from '../../../../src/locales/translations/en.js';

describe('Language of the element', () => {
  const place = (html: string): Element => {
    document.body.innerHTML = html;
    const found = document.querySelector('#chat');
    if (found === null) throw new Error('no #chat');
    return found;
  };

  it('The language is that of the attribute locale, if there is one', () => {
    expect(resolveLocale(place('<div lang="fr"><i id="chat"></i></div>'), 'zh-CN')).toBe('zh-CN');
  });

  it('The language is that of the nearest ancestor with a language', () => {
    expect(resolveLocale(place('<div lang="fr"><div lang=""><i id="chat"></i></div></div>'), '')).toBe('fr');
  });

  it('The language is found outside the shadow root of the element', () => {
    const host = place('<div lang="zh-TW"><div id="chat"></div></div>');
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('i'));
    expect(resolveLocale(inner, '')).toBe('zh-TW');
  });

  it('The language is that of the browser if the page names none', () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('zh');
    expect(resolveLocale(place('<i id="chat"></i>'), '')).toBe('zh');
    vi.restoreAllMocks();
  });
});

const messages: Readonly<Record<ErrorCode, readonly [title: keyof ChatStrings, text: keyof ChatStrings]>> = {
  invalid_configuration: ['misconfiguredTitle', 'misconfiguredText'],
  signed_out: ['signedOutTitle', 'signedOutText'],
  forbidden: ['forbiddenTitle', 'forbiddenText'],
  token_endpoint_misconfigured: ['misconfiguredTitle', 'misconfiguredAdvice'],
  token_endpoint_unavailable: ['unreachable', 'unreachableText'],
  rate_limited: ['rateLimitedTitle', 'rateLimitedText'],
  invalid_token_response: ['unreachable', 'unreachableText'],
  token_rejected: ['unreachable', 'unreachableText'],
  identity_mismatch: ['outdatedTitle', 'outdatedText'],
  cookies_blocked: ['cookiesTitle', 'cookiesText'],
  bot_unavailable: ['unavailableTitle', 'unavailableText'],
  quota_exceeded: ['quotaTitle', 'quotaText'],
  chat_failed: ['unreachable', 'unreachableText'],
  conversation_unavailable: ['unreachable', 'unreachableText'],
  not_sent: ['unreachable', 'unreachableText'],
  frame_unavailable: ['unreachable', 'unreachableText'],
  unsupported_browser: ['unreachable', 'unreachableText'],
  interrupted: ['unreachable', 'unreachableText'],
};

describe.each(languages)('Messages in %s', async (language) => {
  const strings = await loadStrings(language);
  const problem = { message: 'bot-id is missing', retryable: false };

  it.each(Object.values(ErrorCode))(
    'The code %s has its title and text, and only a wrong configuration shows the problem itself',
    (code) => {
      const [title, text] = messages[code];
      const detail = code === ErrorCode.InvalidConfiguration ? { detail: 'bot-id is missing' } : {};
      expect(failedMessage({ ...problem, code }, strings, false)).toEqual({
        title: strings[title],
        text: strings[text],
        canRetry: false,
        ...detail,
      });
    },
  );

  it('A fault of the site or a service has a text that blames neither the account nor the connection', () => {
    const readFor = (fault: 'site' | 'service') =>
      Object.values(ErrorCode).map((code) => failedMessage({ ...problem, code, fault }, strings, false).text);
    expect(new Set(readFor('site'))).toEqual(new Set([strings.misconfiguredAdvice]));
    expect(new Set(readFor('service'))).toEqual(new Set([strings.unavailableText]));
  });

  it('A lost network is given as the reason for the three codes that it can cause', () => {
    const offline = Object.values(ErrorCode).filter(
      (code) => failedMessage({ ...problem, code }, strings, true).title === strings.offlineTitle,
    );
    expect(offline).toEqual([ErrorCode.TokenEndpointUnavailable, ErrorCode.ChatFailed, ErrorCode.FrameUnavailable]);
  });

  it('The message for a signed-out visitor has no Retry button', () => {
    expect(signedOutMessage(strings).canRetry).toBe(false);
  });
});
