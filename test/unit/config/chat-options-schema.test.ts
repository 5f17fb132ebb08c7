import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChatOptions } from '../../../src/config/chat-options-schema.js';

const PAGE_URL = 'https://site.example/shop/page.html';
function objectionTo(raw: unknown): string | undefined {
  const checked = parseChatOptions(raw, PAGE_URL);
  return checked.ok ? undefined : checked.error.message;
}

describe('chatOptions', () => {
  it('Valid chatOptions keep their values, and their picture URLs are resolved against the page', () => {
    const right = {
      header: { shown: false, closeButton: false },
      layout: 'mobile',
      maxWidth: 720,
      readOnly: false,
      input: { shown: true, placeholder: 'Ask', defaultText: 'Hello', tasks: true },
      upload: false,
      voice: { input: true, voiceId: '742' },
      clearContext: false,
      clearMessages: false,
      suggestions: true,
      senderNames: false,
      footer: { shown: true, text: 'See our {{terms}}', links: { terms: { text: 'terms', url: 'mailto:us@site.example' } } },
      followUps: { mode: 1, prompt: 'Short ones' },
      conversationName: 'Sales',
      parameters: { plan: 'pro', limits: [1, { deep: true }] },
      customVariables: { city: 'Berlin' },
      extraParameters: { latitude: '52.5' },
      metaData: { page: 'shop' },
      requestHeaders: { 'x-tt-env': 'blue' },
    };
    expect(parseChatOptions(right, PAGE_URL)).toEqual({ ok: true, value: right });
    const pictures = {
      assistant: { name: 'Shop', icon: 'bot.png', suggestions: ['Why?'] },
      background: { image: '/bg.png', color: '#fff' },
    };
    expect(parseChatOptions(pictures, PAGE_URL)).toEqual({
      ok: true,
      value: {
        assistant: { name: 'Shop', icon: 'https://site.example/shop/bot.png', suggestions: ['Why?'] },
        background: { image: 'https://site.example/bg.png', color: '#fff' },
      },
    });
  });

  it.each([
    { layout: 'pc', messageLayout: 'sides', process: 'hidden', maxWidth: 300 },
    { messageLayout: 'column', process: 'folded', pictureHosts: ['https://images.example.com'] },
    { process: 'open', aiLabel: { shown: true, text: 'Made by AI' } },
    {
      feedback: { shown: true, title: 'Why?', placeholder: 'More', reasons: Array(10).fill({ text: 'x'.repeat(30), needsComment: true }) },
    },
    { assistant: { icon: 'http://pictures.example/bot.png' }, footer: { links: {} } },
    { footer: { links: { a: { text: 'A', url: 'http://a.example/' }, b: { text: 'B', url: 'https://b.example/' } } } },
    { requestHeaders: { 'x-authorization': '1', 'origin-hint': '2' } },
  ])('chatOptions of this form are valid: %o', (right) => {
    expect(parseChatOptions(right, PAGE_URL)).toEqual({ ok: true, value: right });
  });

  it.each([
    [{}, undefined],
    ['upload', 'chatOptions must be an object'],
    [[], 'chatOptions must be an object'],
    [{ uploads: true }, 'chatOptions has no option called uploads'],
    [{ upload: 'no' }, 'chatOptions.upload must be true or false'],
    [{ input: { text: 'x' } }, 'chatOptions.input has no option called text'],
    [{ layout: 'tablet' }, 'chatOptions.layout must be pc or mobile'],
    [{ maxWidth: 100 }, 'chatOptions.maxWidth must be 300 or more'],
    [{ maxWidth: '400' }, 'chatOptions.maxWidth must be a number'],
    [{ assistant: { suggestions: 'Why?' } }, 'chatOptions.assistant.suggestions must be a list of texts'],
    [{ assistant: { suggestions: [''] } }, 'chatOptions.assistant.suggestions.0 must not be blank'],
    [{ assistant: { icon: 'javascript:alert(1)' } }, 'chatOptions.assistant.icon is not an http(s) URL'],
    [{ background: {} }, 'chatOptions.background.image must be text'],
    [{ conversationName: ' ' }, 'chatOptions.conversationName must not be blank'],
    [{ followUps: { mode: 1.5 } }, 'chatOptions.followUps.mode must be a whole number'],
    [{ customVariables: { city: 1 } }, 'chatOptions.customVariables.city must be text'],
    [{ parameters: { big: 1n } }, 'chatOptions.parameters must be made of what JSON has'],
    [{ parameters: [] }, 'chatOptions.parameters must be an object'],
    [{ metaData: [] }, 'chatOptions.metaData must be an object of texts'],
    [{ requestHeaders: [] }, 'chatOptions.requestHeaders must be an object of texts'],
    [{ messageLayout: 'rows' }, 'chatOptions.messageLayout must be sides or column'],
    [{ process: 'shut' }, 'chatOptions.process must be hidden, folded or open'],
    [{ pictureHosts: 'a.example' }, 'chatOptions.pictureHosts must be a list of texts'],
    [{ feedback: { reasons: 'None' } }, 'chatOptions.feedback.reasons must be a list of reasons'],
    [{ feedback: { reasons: [{}] } }, 'chatOptions.feedback.reasons.0.text must be text'],
    [{ feedback: { reasons: [{ text: ' ' }] } }, 'chatOptions.feedback.reasons.0.text must not be blank'],
    [{ feedback: { reasons: [{ text: 'x'.repeat(31) }] } }, 'chatOptions.feedback.reasons.0.text is longer than 30 characters'],
    [{ feedback: { reasons: Array(11).fill({ text: 'x' }) } }, 'chatOptions.feedback.reasons has more than 10 reasons'],
    [{ footer: { links: [] } }, 'chatOptions.footer.links must be an object'],
    [{ footer: { text: 'See {{terms}}' } }, 'chatOptions.footer has no link for {{terms}}'],
    [{ footer: { text: 'See {{ terms }}' } }, 'chatOptions.footer has no link for {{ terms }}'],
  ])('chatOptions %o are checked with this message: %s', (raw, message) => {
    expect(objectionTo(raw)).toBe(message && `<coze-chat>: ${message}.`);
  });

  it('A problem with chatOptions cannot be retried', () => {
    expect(parseChatOptions({ uploads: true }, PAGE_URL)).toMatchObject({ error: { code: 'invalid_configuration', retryable: false } });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'tel:123', 'blob:https://site.example/1', 'https://'])(
    'A link in the footer may not lead to %s',
    (url) => {
      const raw = { footer: { text: '{{x}}', links: { x: { text: 'x', url } } } };
      expect(objectionTo(raw)).toBe('<coze-chat>: chatOptions.footer.links.x.url is not an http(s) or mailto URL.');
    },
  );

  it.each([
    'Authorization',
    'PROXY-authorization',
    'cookie',
    'Content-Type',
    'accept',
    'accept-language',
    'Access-Control-Request-Method',
    'sec-fetch-site',
    'X-Coze-Client-User-Agent',
  ])('The header %s cannot be set by a page', (name) => {
    expect(objectionTo({ requestHeaders: { [name]: 'x' } })).toContain(`chatOptions.requestHeaders may not have ${name}`);
  });

  it('A header that would break the request is refused', () => {
    expect(objectionTo({ requestHeaders: { 'x y': '1' } })).toContain('has a name that no header can have');
    expect(objectionTo({ requestHeaders: { 'x-y': 'a\r\nauthorization: b' } })).toContain('x-y must be printable ASCII');
  });

  it('Checking chatOptions never throws, and a message about unreadable options contains no value', () => {
    const trap = {
      get upload(): boolean {
        throw new Error('no');
      },
    };
    expect(objectionTo(trap)).toBe('<coze-chat>: chatOptions cannot be read.');
    const names = ['upload', 'input', 'footer', 'voice', 'assistant', 'requestHeaders', 'parameters', 'maxWidth'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (raw) => {
        expect(typeof (objectionTo(raw) ?? '')).toBe('string');
      }),
    );
  });
});
