/** Every option of Coze's `WebChatClient`, and the setting of `<coze-chat>` that it becomes. */
import { describe, expect, it } from 'vitest';
import { parseChatOptions } from '../../../src/config/chat-options-schema.js';
import { OPTION_TABLE, OWN_OPTIONS } from '../../../src/webchatclient/option-table.js';
import { readOptions } from '../../../src/webchatclient/read-options.js';
import { WEB_CHAT_CLIENT_VERSION, webChatClientOptions } from '../docs/web-chat-client.js';

const PAGE = 'https://shop.example/page';

function read(options: unknown) {
  const said: string[] = [];
  return { ...readOptions(options, PAGE, (sentence) => said.push(sentence)), said };
}

/** Whatever options are read, the element must accept them. */
function usableChatOptions(options: unknown): unknown {
  const { chatOptions } = read(options);
  const parsed = parseChatOptions(chatOptions, PAGE);
  expect(parsed).toMatchObject({ ok: true });
  return chatOptions;
}

describe('Table of options', () => {
  it(`The table has each option of ${WEB_CHAT_CLIENT_VERSION}, three of ours, and no other`, () => {
    expect(Object.keys(OPTION_TABLE).sort()).toEqual([...webChatClientOptions, ...OWN_OPTIONS].sort());
  });

  it('The table gives a reason for each option without an effect, as a sentence', () => {
    const reasons = Object.values(OPTION_TABLE).filter((row) => typeof row === 'string');
    expect(reasons.length).toBeGreaterThan(2);
    expect(reasons.filter((reason) => !/^[A-Z].+\.$/.test(reason))).toEqual([]);
  });
});

describe('Options of a client', () => {
  it('The options of a bot become attributes, styles and chatOptions', () => {
    const { attributes, styles, chatOptions, hasLauncher, said } = read({
      config: { type: 'bot', bot_id: 'b1', botInfo: { parameters: { plan: 'gold' } } },
      auth: { type: 'token', connectorId: '1024', tokenEndpoint: '/token', onRefreshToken: () => '' },
      userInfo: { nickname: 'Alice', url: '/alice.png' },
      ui: {
        base: { icon: '/icon.png', layout: 'pc', lang: 'zh-CN', zIndex: 7 },
        asstBtn: { isNeed: false },
        header: { isShow: true, isNeedClose: 'false' },
        conversations: { isNeed: true },
        chatBot: {
          title: 'Help',
          uploadable: false,
          width: 500,
          isNeedAudio: true,
          isNeedFunctionCallMessage: false,
          isNeedAddNewConversation: false,
          isNeedQuote: true,
          isNeedClearContext: false,
          feedback: {
            isNeedFeedback: true,
            feedbackPanel: { title: 'Why?', placeholder: 'Say', tags: [{ label: 'Wrong', isNeedDetail: true }] },
          },
        },
      },
    });
    expect(attributes).toEqual({
      'bot-id': 'b1',
      'connector-id': '1024',
      'user-name': 'Alice',
      'user-avatar': '/alice.png',
      icon: '/icon.png',
      locale: 'zh-CN',
      heading: 'Help',
    });
    expect(styles).toEqual({ '--coze-chat-z-index': '7', '--coze-chat-width': '500px' });
    expect(hasLauncher).toBe(false);
    expect(usableChatOptions({ ui: {} })).toEqual({});
    expect(parseChatOptions(chatOptions, PAGE)).toMatchObject({ ok: true });
    expect(chatOptions).toEqual({
      parameters: { plan: 'gold' },
      layout: 'pc',
      header: { shown: true, closeButton: false },
      conversations: true,
      upload: false,
      voice: { input: true },
      process: 'hidden',
      clearMessages: false,
      clearContext: false,
      feedback: { shown: true, title: 'Why?', placeholder: 'Say', reasons: [{ text: 'Wrong', needsComment: true }] },
    });
    expect(said).toEqual([]);
  });

  it('The options of an app leave out the bot id and the list of conversations, which apps do not have', () => {
    const { attributes, chatOptions, said } = read({
      config: { type: 'app', bot_id: 'left over', appInfo: { appId: 'a1', workflowId: 'w1', conversationName: 'Desk', version: '3' } },
      ui: { conversations: { isNeed: true } },
    });
    expect([attributes, chatOptions]).toEqual([{ 'app-id': 'a1', 'workflow-id': 'w1' }, { conversationName: 'Desk' }]);
    expect(said).toEqual([
      expect.stringMatching(/^config\.appInfo\.version is not used\. /),
      expect.stringMatching(/^ui\.conversations\.isNeed /),
    ]);
  });

  it('The option that counts among several with one meaning is the same as in Coze’s client', () => {
    expect(read({ config: { bot_id: '1', botId: '2', botInfo: { botId: '3' } } }).attributes['bot-id']).toBe('3');
    const both = { componentProps: { title: 'former', width: 300, zIndex: 1 }, ui: { base: { zIndex: 2 }, chatBot: { title: 'newer' } } };
    expect(read(both)).toMatchObject({
      attributes: { heading: 'newer' },
      styles: { '--coze-chat-width': '300px', '--coze-chat-z-index': '2' },
    });
  });

  it.each([
    [
      '{{ terms }} and {{ privacy }}',
      { terms: { text: 'Terms', link: '/terms' } },
      '{{terms}} and ',
      { terms: { text: 'Terms', url: '/terms' } },
    ],
    ['By {{us}}', { us: { text: 'Us' } }, 'By Us', {}],
    ['By {{us}}', { us: { text: 'Us', link: 'javascript:alert(1)' } }, 'By Us', {}],
    ['Nothing', undefined, 'Nothing', {}],
  ])('The footer %s has a link for each placeholder that the element accepts', (expressionText, linkvars, text, links) => {
    expect(usableChatOptions({ ui: { footer: { expressionText, linkvars } } })).toEqual({ footer: { text, links } });
  });

  it('Options that the element would refuse are cut to what it accepts, with a warning', () => {
    const tags = [{ label: 'x'.repeat(31) }, ...Array.from({ length: 11 }, (_, index) => ({ label: `Reason ${index}` }))];
    const options = { ui: { chatBot: { feedback: { feedbackPanel: { tags } } } } };
    expect(usableChatOptions(options)).toMatchObject({ feedback: { reasons: { length: 10 } } });
    expect(read(options).said).toEqual([expect.stringMatching(/tags must be a list of 10 labels at most/)]);
  });

  it.each([
    [{ ui: { chatBot: { titel: 'typo' } } }, 'There is no option ui.chatBot.titel.'],
    [{ userInfo: { id: 'user' } }, expect.stringMatching(/^userInfo\.id is not sent: .*backend/)],
    [{ ui: { base: { zIndex: 'high' } } }, 'ui.base.zIndex must be a number.'],
    [{ ui: { chatBot: { width: '30rem' } } }, 'ui.chatBot.width must be a number.'],
    [{ ui: { chatBot: { width: '100%' } } }, 'ui.chatBot.width must be a number.'],
    [{ ui: { chatBot: { width: '' } } }, 'ui.chatBot.width must be a number.'],
    // A JavaScript number of this size has lost its last digits.
    [{ config: { bot_id: Number('7512345678901234567') } }, 'config.bot_id must be text.'],
    [{ ui: { chatBot: { uploadable: 'perhaps' } } }, 'ui.chatBot.uploadable must be true or false.'],
    [{ ui: { chatBot: { onShow: 'show' } } }, 'ui.chatBot.onShow must be a function.'],
    [{ ui: { chatBot: { el: '#box' } } }, 'ui.chatBot.el must be an element of the page.'],
    [{ config: { isIframe: false } }, expect.stringMatching(/^config\.isIframe is always true: /)],
    [{ config: { botInfo: { parameters: 'x' } } }, 'config.botInfo.parameters must be an object.'],
    [{ extra: { webChat: { a: 'b' } } }, expect.stringMatching(/^extra\.webChat is not used\. /)],
  ])('The options %j cause a warning that names the option', (options, sentence) => {
    expect(read(options).said).toEqual([sentence]);
  });

  it.each([[undefined], [null], ['text'], [42], [[]], [{ config: null, ui: { base: null } }]])(
    'The value %j counts as no options',
    (options) => {
      expect(read(options)).toMatchObject({ attributes: {}, chatOptions: {}, said: [] });
    },
  );

  it.each([
    [(el: object) => ({ el }), 'el'],
    [(el: object) => ({ ui: { chatBot: { el } } }), 'ui.chatBot.el'],
    [(el: object) => ({ el, ui: { chatBot: { el } } }), 'ui.chatBot.el'],
  ])('A client with an element of the page warns with the name of its option: %s', (toOptions, name) => {
    const { said } = read(toOptions({ nodeType: 1 }));
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${name}: the chat is in it from the start, without a launcher\\. `))]);
  });

  it('The user id is sent together with an identity token', () => {
    const { attributes, said } = read({ userInfo: { id: 'alice' }, auth: { identityToken: 'a.b.c' } });
    expect([attributes, said]).toEqual([{ 'user-id': 'alice', 'identity-token': 'a.b.c' }, []]);
  });

  it('Options are read without members that a script has put on all objects', () => {
    Object.defineProperty(Object.prototype, 'auth', { value: { tokenEndpoint: 'https://evil.example/token' }, configurable: true });
    try {
      expect(read({}).tokenEndpoint).toBe('');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'auth');
    }
  });
});
