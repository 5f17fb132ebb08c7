// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it } from 'vitest';
import { CozeChatElement, type TokenResponse } from '../../../../src/index.js';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, openPage, openReadyPage, token, watchPage, within } from '../page.js';

describe('Attributes and properties', () => {
  it.each(['mode', 'placement', 'open', 'aria-label'])('The property of %s is reflected as the attribute', async (attribute) => {
    const { chat, settle } = await openPage();
    Object.assign(chat, { mode: 'inline', placement: 'top-end', open: true, ariaLabel: 'Support' });
    await settle();
    expect(chat.hasAttribute(attribute)).toBe(true);
  });

  it('The element adds no attribute by itself', async () => {
    const { chat } = await openPage({ locale: null });
    expect(chat.getAttributeNames().sort()).toEqual(['bot-id', 'token-endpoint']);
  });

  it.each([
    ['mode', 'bubble'],
    ['placement', 'bottom-end'],
  ] as const)('The attribute %s has the default %s after its removal', async (attribute, byDefault) => {
    const { chat } = await openPage({ mode: 'page', placement: 'top-start' });
    chat.removeAttribute(attribute);
    expect(chat[attribute]).toBe(byDefault);
  });

  it('The attribute value false counts as no attribute', async () => {
    const names = ['open', 'forget-open', 'send-from-triggers', 'debug', 'heading', 'mode'];
    const { chat, settle } = await openPage(Object.fromEntries(names.map((name) => [name, 'false'])));
    const { open, forgetOpen, sendFromTriggers, debug, heading, mode } = chat;
    expect([open, forgetOpen, sendFromTriggers, debug]).toEqual([false, false, false, false]);
    expect([heading || 'none', mode]).toEqual(['none', 'bubble']);
    chat.show();
    await settle();
    // A library that morphs the page to the server's markup does this.
    chat.setAttribute('open', 'false');
    expect([chat.open, chat.getAttribute('open')]).toEqual([true, '']);
  });

  it('Properties that a framework sets before the element is defined are used', async () => {
    class LateChatElement extends CozeChatElement {}
    const chat = Object.assign(document.createElement('late-coze-chat'), {
      tokenEndpoint: '/token',
      botId: '1',
      userId: 'alice',
      mode: 'inline',
      locale: 'zh-CN',
    }) as unknown as CozeChatElement;
    const { settle, requests } = watchPage(chat);
    document.body.append(chat);
    customElements.define('late-coze-chat', LateChatElement);
    customElements.upgrade(chat);
    await settle();
    expect(requests).toEqual([{ user_id: 'alice', reason: 'initial' }]);
    expect(bootFrame(chat).settings).toMatchObject({ target: { botId: '1' }, locale: 'zh-CN' });
  });

  it.each([undefined, null, ''])('The value %o from a framework counts as absent', async (absent) => {
    const { chat, reported, warnings, requests, settle } = await openPage({ mode: 'inline' });
    const nothing = Object.fromEntries(
      [
        'getToken',
        'credentials',
        'userId',
        'userName',
        'userAvatar',
        'identityToken',
        'apiBaseUrl',
        'connectorId',
        'pictureHosts',
        'placement',
        'heading',
        'icon',
        'launcherLabel',
        'locale',
        'frameSrc',
        'ariaLabel',
      ].map((property) => [property, absent]),
    );
    Object.assign(chat, nothing);
    await settle();
    expect(chat.status).toBe('loading');
    expect({ warnings, reported: reported.filter((type) => type !== 'coze-token') }).toEqual({ warnings: [], reported: [] });
    expect(requests.length).toBeGreaterThan(0);
    expect(within(chat, 'img')).toBeNull();
    expect(bootFrame(chat).settings).toMatchObject({ apiBaseUrl: 'https://api.coze.cn', connectorId: '999' });
  });

  it('An absent user stays the same visitor when the absence is written in another form', async () => {
    const { chat, host, settle } = await openReadyPage();
    Object.assign(chat, { userId: undefined });
    await settle();
    expect(chat.status).toBe('ready');
    expect(await host.getAccessToken()).toBe('czs_secret');
  });

  it('A replaced getToken function does not restart the chat', async () => {
    const answer = async () => (await token()).json() as Promise<TokenResponse>;
    const { chat, settle } = await openPage({ mode: 'inline', 'token-endpoint': null });
    chat.getToken = answer;
    await settle();
    bootFrame(chat).host.onReady(noControls);
    chat.getToken = () => answer();
    await settle();
    expect(chat.status).toBe('ready');
  });
});

describe('Values of mode, placement, theme, locale and teaser-delay-seconds', () => {
  it.each([
    ['mode', 'sidebar', 'mode must be one of bubble, inline, page'],
    ['placement', 'left', 'placement must be one of bottom-end, bottom-start, top-end, top-start'],
    ['theme', 'black', 'theme must be one of auto, light, dark'],
    ['teaser-delay-seconds', 'soon', 'teaser-delay-seconds must be a number of seconds'],
  ])('A wrong %s counts as the default and is reported once, at the first opening', async (attribute, value, problem) => {
    const { chat, reported, warnings, settle } = await openPage({ [attribute]: value });
    expect(within(chat, '.launcher')).not.toBeNull();
    expect([chat.status, reported]).toEqual(['idle', []]);
    chat.show();
    await settle();
    bootFrame(chat).host.onReady(noControls);
    chat.heading = 'Another rendering';
    await settle();
    expect(reported.filter((type) => type === 'coze-error')).toHaveLength(1);
    expect(warnings).toEqual([`[coze-chat] invalid_configuration: <coze-chat>: ${problem}.`]);
  });

  it.each([{ value: 'de' }, ['de'], 7, true, 1n, Symbol('de'), () => 'de'])(
    'A locale that is no text, such as %o, counts as absent and is reported once',
    async (locale) => {
      const { chat, warnings, settle } = await openReadyPage({ locale: null });
      Object.assign(chat, { locale });
      await settle();
      chat.heading = 'Another rendering';
      await settle();
      expect(chat.status).toBe('ready');
      expect(warnings).toEqual(['[coze-chat] invalid_configuration: <coze-chat>: locale must be text.']);
    },
  );

  it.each(['inline', 'page'])('A chat in mode %s has no launcher, and a header only for a heading', async (mode) => {
    const { chat, settle } = await openPage({ mode });
    expect(within(chat, '.launcher')).toBeNull();
    expect(within(chat, '.header')).toBeNull();
    chat.heading = 'Support';
    await settle();
    expect(within(chat, '.header')?.textContent?.trim()).toBe('Support');
    expect(within(chat, '.close')).toBeNull();
  });
});

describe('Name of the chat', () => {
  it.each([
    [{}, 'Chat'],
    [{ heading: 'Support' }, 'Support'],
    [{ heading: 'Support', 'aria-label': 'Support for Alice' }, 'Support for Alice'],
    [{ locale: 'zh-CN' }, '聊天'],
  ])('A chat with %o has the name %s, for the panel and the frame', async (attributes, name) => {
    const { chat } = await openReadyPage(attributes);
    expect(within(chat, '.panel')?.getAttribute('aria-label')).toBe(name);
    expect(within<HTMLIFrameElement>(chat, 'iframe')?.title).toBe(name);
  });

  it('A change of the name keeps the frame', async () => {
    const { chat, settle } = await openReadyPage();
    const frame = within<HTMLIFrameElement>(chat, 'iframe');
    chat.heading = 'Support';
    await settle();
    expect(within(chat, 'iframe')).toBe(frame);
    expect(frame?.title).toBe('Support');
  });
});
