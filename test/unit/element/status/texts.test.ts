// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { resolveLocale } from '../../../../src/element/properties/resolve-locale.js';
import { failedMessage, signedOutMessage } from '../../../../src/element/status/status-message.js';
import { ErrorCode } from '../../../../src/core/errors.js';
import { languages } from '../../../../src/locales/language.js';
import { loadStrings } from '../../../../src/locales/strings.js';

describe('the language', () => {
  const place = (html: string): Element => {
    document.body.innerHTML = html;
    const found = document.querySelector('#chat');
    if (found === null) throw new Error('no #chat');
    return found;
  };

  it('is that of the locale attribute first', () => {
    expect(resolveLocale(place('<div lang="fr"><i id="chat"></i></div>'), 'zh-CN')).toBe('zh-CN');
  });

  it('is that of the nearest ancestor that has one', () => {
    expect(resolveLocale(place('<div lang="fr"><div lang=""><i id="chat"></i></div></div>'), '')).toBe('fr');
  });

  it('is found beyond the shadow root the element is in', () => {
    const host = place('<div lang="zh-TW"><div id="chat"></div></div>');
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('i'));
    expect(resolveLocale(inner, '')).toBe('zh-TW');
  });

  it('is the browser’s where the page names none', () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('zh');
    expect(resolveLocale(place('<i id="chat"></i>'), '')).toBe('zh');
    vi.restoreAllMocks();
  });
});

describe.each(languages)('in %s', async (language) => {
  const texts = await loadStrings(language);
  const problem = { message: 'bot-id is missing', retryable: false };

  it.each(Object.values(ErrorCode))('%s has words for a visitor', (code) => {
    const { title, text } = failedMessage({ ...problem, code }, texts, false);
    expect([title, text].every((words) => words.length > 2)).toBe(true);
    expect(title + text).not.toMatch(/token|PAT\b|401|bot-id/);
  });

  it('only a page that never worked shows its author what is wrong', () => {
    const detailed = Object.values(ErrorCode).filter((code) => failedMessage({ ...problem, code }, texts, false).detail !== undefined);
    expect(detailed).toEqual([ErrorCode.InvalidConfiguration]);
    expect(failedMessage({ ...problem, code: ErrorCode.InvalidConfiguration }, texts, false).detail).toBe('bot-id is missing');
  });

  it('without a network that is the reason, where it can be', () => {
    const offline = Object.values(ErrorCode).filter(
      (code) => failedMessage({ ...problem, code }, texts, true).title === texts.offlineTitle,
    );
    expect(offline).toEqual([ErrorCode.TokenEndpointUnavailable, ErrorCode.ChatFailed, ErrorCode.FrameUnavailable]);
  });

  it('signing in is the way out of being signed out', () => {
    expect(signedOutMessage(texts).canRetry).toBe(false);
  });
});
