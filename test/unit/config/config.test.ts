import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConfigInput,
  isSameIdentity,
  isSamePresentation,
  parseConfig,
  toIdentityInput,
  type VisitorIdentity,
} from '../../../src/config/config.js';
import { cookieSessionKey, identityKey, isIdentityProperty, isVerifiable } from '../../../src/config/identity.js';
import { ErrorCode } from '../../../src/core/errors.js';
import { configInput } from './config-input.js';

const PAGE_URL = 'https://site.example/shop/page.html';
const valid = configInput({ tokenEndpoint: '/api/token' });
const getToken = () => Promise.resolve({});
const WAY_BACK: Record<string, unknown> = {};
WAY_BACK['itself'] = WAY_BACK;
const parse = (changes: Partial<ConfigInput> = {}, url = PAGE_URL) => parseConfig({ ...valid, ...changes }, url);
function configOf(changes: Partial<ConfigInput> = {}) {
  const parsed = parse(changes);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
function messageOf(changes: Partial<ConfigInput>, url = PAGE_URL) {
  const parsed = parse(changes, url);
  return parsed.ok ? undefined : parsed.error.message;
}

describe('A valid configuration', () => {
  it('A configuration is checked, resolved against the page and completed with defaults', () => {
    expect(configOf()).toEqual({
      identity: {
        tokenProvider: { tokenEndpoint: 'https://site.example/api/token' },
        credentials: 'same-origin',
        userId: undefined,
        identityToken: undefined,
        target: { botId: '73428668' },
        apiBaseUrl: 'https://api.coze.cn',
        connectorId: '999',
      },
      presentation: { userName: '', userAvatar: '', pictureHosts: [], locale: 'en', strings: {} },
      conversationId: '',
    });
  });

  it.each([undefined, null, ''])('A setting with the value %o has its default', (absent) => {
    const { identity, presentation } = configOf({
      getToken: absent,
      credentials: absent,
      userId: absent,
      userName: absent,
      userAvatar: absent,
      identityToken: absent,
      apiBaseUrl: absent,
      connectorId: absent,
      locale: absent,
      strings: absent,
    });
    expect(identity).toMatchObject({
      credentials: 'same-origin',
      apiBaseUrl: 'https://api.coze.cn',
      connectorId: '999',
      userId: undefined,
    });
    expect(presentation).toEqual({ userName: '', userAvatar: '', pictureHosts: [], locale: 'en', strings: {} });
  });

  it('A configuration is for a bot, or for the chat workflow of an app', () => {
    expect(configOf({ botId: '', appId: '75', workflowId: '76' }).identity.target).toEqual({ appId: '75', workflowId: '76' });
    expect(messageOf({ appId: '75', workflowId: '76' })).toBe('<coze-chat>: bot-id and app-id exclude each other.');
    expect(messageOf({ botId: '', appId: '75' })).toBe('<coze-chat>: workflow-id is missing.');
    expect(messageOf({ botId: '', workflowId: '76' })).toBe('<coze-chat>: app-id is missing.');
    expect(messageOf({ workflowId: '76' })).toBe('<coze-chat>: app-id is missing.');
  });

  it.each(['<your bot id>', '{{ bot_id }}', '你的智能体', '7 8', 'https://www.coze.cn/space/1/bot/2'])(
    'The placeholder %s is refused as an id',
    (id) => {
      expect(messageOf({ botId: id })).toBe('<coze-chat>: bot-id must be an id: letters and digits.');
      expect(messageOf({ botId: '', appId: id, workflowId: '76' })).toBe('<coze-chat>: app-id must be an id: letters and digits.');
      expect(messageOf({ botId: '', appId: '75', workflowId: id })).toBe('<coze-chat>: workflow-id must be an id: letters and digits.');
    },
  );

  it('A getToken function takes precedence over a token endpoint', () => {
    expect(configOf({ getToken }).identity.tokenProvider).toEqual({ getToken });
    expect(configOf({ getToken, tokenEndpoint: '' }).identity.tokenProvider).toEqual({ getToken });
  });

  it.each([
    ['page-relative', 'token', 'https://site.example/shop/token'],
    ['absolute', 'https://api.example/token?a=b', 'https://api.example/token?a=b'],
    ['protocol-relative', '//api.example/token', 'https://api.example/token'],
    ['surrounded by space', '  /api/token  ', 'https://site.example/api/token'],
    ['on this machine, by name', 'http://localhost:3000/token', 'http://localhost:3000/token'],
    ['on this machine, by its IPv4 address', 'http://127.0.0.1:3000/token', 'http://127.0.0.1:3000/token'],
    ['on this machine, by another loopback address', 'http://127.10.20.30/token', 'http://127.10.20.30/token'],
    ['on this machine, by its IPv6 address', 'http://[::1]:3000/token', 'http://[::1]:3000/token'],
  ])('A token endpoint is accepted that is %s', (_, tokenEndpoint, endpoint) => {
    expect(configOf({ tokenEndpoint }).identity.tokenProvider).toEqual({ tokenEndpoint: endpoint });
  });

  it.each([
    ['https://api.coze.com/', 'https://api.coze.com'],
    ['http://localhost:8787', 'http://localhost:8787'],
    ['https://proxy.example/coze//', 'https://proxy.example/coze'],
    ['/coze', 'https://site.example/coze'],
  ])('The API at %s is accepted', (apiBaseUrl, expected) => {
    expect(configOf({ apiBaseUrl }).identity.apiBaseUrl).toBe(expected);
  });

  it('A locale is mapped to a language that has strings', () => {
    expect(configOf({ locale: 'pt-PT' }).presentation.locale).toBe('pt-BR');
  });

  it('Strings of the host are accepted', () => {
    const strings = { send: 'Go', pictureOf: '{number}/{count}' };
    expect(configOf({ strings }).presentation.strings).toEqual(strings);
  });

  it('An identity token is kept as it is', () => {
    expect(configOf({ identityToken: 'eyJhbGciOiJI.eyJzdWIi_x.c2ln-bmF0' }).identity.identityToken).toBe(
      'eyJhbGciOiJI.eyJzdWIi_x.c2ln-bmF0',
    );
  });

  it('Ids are trimmed', () => {
    expect(configOf({ botId: ' 7 ', connectorId: '999\n' }).identity).toMatchObject({ target: { botId: '7' }, connectorId: '999' });
  });

  it('Picture hosts may have any space between and around them', () => {
    expect(configOf({ pictureHosts: ' images.example.com\n  *.example.org ' }).presentation.pictureHosts).toEqual([
      'https://images.example.com',
      'https://*.example.org',
    ]);
  });

  it('A user id is kept as it is, since case, space and script may distinguish visitors', () => {
    for (const userId of [' alice', 'Alice', 'ＡＬＩＣＥ', 'é', 'é']) expect(configOf({ userId }).identity.userId).toBe(userId);
  });
});

describe('An invalid configuration', () => {
  const notText = [5, 7n, true, {}, WAY_BACK, [], Symbol('x'), () => 1];
  const cases: [keyof ConfigInput, readonly unknown[], string][] = [
    ['tokenEndpoint', ['', undefined, null], '<coze-chat>: token-endpoint is missing.'],
    ['tokenEndpoint', notText, '<coze-chat>: token-endpoint must be text.'],
    ['tokenEndpoint', [' '], '<coze-chat>: token-endpoint must not be blank.'],
    [
      'tokenEndpoint',
      ['https://', 'javascript:1', 'ftp://site.example', 'xhttp://site.example'],
      '<coze-chat>: token-endpoint is not an http(s) URL.',
    ],
    [
      'tokenEndpoint',
      ['https://a:b@site.example', 'https://a@site.example', 'https://:b@site.example'],
      '<coze-chat>: token-endpoint must not contain a user name or password.',
    ],
    [
      'tokenEndpoint',
      ['http://site.example/token', 'http://localhost.example/', 'http://my-localhost/', 'http://127.0.0.1.example/'],
      '<coze-chat>: token-endpoint is an http URL on an https page, which browsers block.',
    ],
    ['getToken', ['/api/token', 5, {}], '<coze-chat>: getToken must be a function.'],
    ['credentials', ['yes', 'Include', 5], '<coze-chat>: credentials must be same-origin, include or omit.'],
    ['botId', ['', undefined, null], '<coze-chat>: bot-id is missing.'],
    ['botId', [' '], '<coze-chat>: bot-id must not be blank.'],
    ['botId', notText, '<coze-chat>: bot-id must be text.'],
    ['userId', notText, '<coze-chat>: user-id must be text.'],
    ['userId', ['x'.repeat(1025)], '<coze-chat>: user-id is longer than 1024 characters.'],
    ['userName', ['x'.repeat(1025)], '<coze-chat>: user-name is longer than 1024 characters.'],
    ['userAvatar', notText, '<coze-chat>: user-avatar must be text.'],
    [
      'pictureHosts',
      ['*', 'images.example.com *', 'a/b', '*.com'],
      '<coze-chat>: picture-hosts must be hosts, such as images.example.com or *.example.com.',
    ],
    ['identityToken', ['abc', 'a.b', 'a.b.c.d', 'a.b.c\n', 'a b.c.d'], '<coze-chat>: identity-token is not a JWT.'],
    ['identityToken', notText, '<coze-chat>: identity-token must be text.'],
    ['apiBaseUrl', ['file:///etc', 'h2://site.example'], '<coze-chat>: api-base-url is not an http(s) URL.'],
    ['apiBaseUrl', ['127.0.0.1:4310', 'api.coze.cn', 'coze'], '<coze-chat>: api-base-url must begin with https:// or /.'],
    ['apiBaseUrl', ['http://api.coze.cn'], '<coze-chat>: api-base-url is an http URL on an https page, which browsers block.'],
    [
      'apiBaseUrl',
      ['https://www.coze.cn/', 'https://www.coze.cn/?https://api.coze.cn', 'https://api.coze.cn/v3', 'https://api.coze.cn/v12'],
      '<coze-chat>: api-base-url must be the root of the API, such as https://api.coze.cn.',
    ],
    ['connectorId', [' '], '<coze-chat>: connector-id must not be blank.'],
    ['locale', notText, '<coze-chat>: locale must be text.'],
    ['strings', [5, true, 'send'], '<coze-chat>: strings must be an object.'],
    ['strings', [{ sent: 'Go' }, { sent: undefined }], '<coze-chat>: strings has no text called sent.'],
    ['strings', [{ toString: 'Go' }], '<coze-chat>: strings has no text called toString.'],
    ['strings', [{ send: '' }, { send: ' ' }, { send: 5 }, { send: undefined }], '<coze-chat>: strings needs words for send.'],
    ['strings', [{ pictureOf: '{number}' }], '<coze-chat>: strings needs {count} in pictureOf.'],
  ];
  it.each(cases.flatMap(([property, values, message]) => values.map((value) => [property, value, message] as const)))(
    'A configuration is invalid where %s is %o',
    (property, value, message) => {
      expect(parse({ [property]: value })).toEqual({
        ok: false,
        error: { code: ErrorCode.InvalidConfiguration, message, retryable: false },
      });
    },
  );

  it('An http endpoint is valid on an http page', () => {
    expect(messageOf({ tokenEndpoint: 'http://site.example/token' }, 'http://site.example/')).toBeUndefined();
  });

  it('A relative token endpoint is invalid on a page without an address', () => {
    expect(messageOf({}, 'about:blank')).toBe('<coze-chat>: token-endpoint is not an http(s) URL.');
  });

  it('The message about a configuration does not contain the invalid value', () => {
    for (const property of Object.keys(valid)) {
      expect(messageOf({ [property]: 'canary 7f3a://\n' }) ?? '').not.toContain('canary');
    }
  });

  it('Parsing a configuration never throws, whatever its values are', { timeout: 60_000 }, () => {
    const anything = fc.record(Object.fromEntries(Object.keys(valid).map((property) => [property, fc.anything({ maxDepth: 1 })])) as never);
    fc.assert(
      fc.property(anything, fc.webUrl(), (raw, url) => {
        const parsed = parseConfig(raw as ConfigInput, url);
        if (!parsed.ok) expect(parsed.error.message).toMatch(/^<coze-chat>: [\w-]+ .+\.$/);
      }),
    );
  });
});

describe('Identity of a configuration', () => {
  const identity = (changes: Partial<ConfigInput> = {}): VisitorIdentity => configOf({ userId: 'alice', ...changes }).identity;

  it.each([
    ['userId', 'bob'],
    ['userId', ''],
    ['userId', 'Alice'],
    ['tokenEndpoint', '/api/other'],
    ['getToken', getToken],
    ['credentials', 'include'],
    ['botId', '2'],
    ['apiBaseUrl', 'https://api.coze.com'],
    ['connectorId', '1024'],
  ])('The identity differs with another %s (%s)', (property, value) => {
    expect(isSameIdentity(identity(), identity({ [property]: value }))).toBe(false);
  });

  it('The identity differs with another app, and with another workflow of an app', () => {
    const app = { botId: '', appId: '75', workflowId: '76' };
    expect(isSameIdentity(identity(app), identity({ ...app, workflowId: '77' }))).toBe(false);
    expect(isSameIdentity(identity(app), identity({ ...app, appId: '77' }))).toBe(false);
    expect(isSameIdentity(identity(app), identity(app))).toBe(true);
  });

  it.each([
    ['userName', 'Alice'],
    ['userAvatar', 'https://site.example/alice.png'],
    ['pictureHosts', 'images.example.com'],
    ['locale', 'zh'],
    ['strings', { send: 'Go' }],
    ['identityToken', 'a.b.c'],
  ])('The identity stays the same with another %s', (property, value) => {
    expect(isSameIdentity(identity(), identity({ [property]: value }))).toBe(true);
  });

  it('Only the properties of the identity can change the identity', () => {
    for (const name of [
      'mount',
      'tokenEndpoint',
      'getToken',
      'credentials',
      'botId',
      'appId',
      'workflowId',
      'userId',
      'identityToken',
      'apiBaseUrl',
    ]) {
      expect(isIdentityProperty(name), name).toBe(true);
    }
    for (const name of ['userName', 'locale', 'toString', Symbol('userId')]) expect(isIdentityProperty(name)).toBe(false);
  });

  it('The identity stays the same with another getToken function, since frameworks make one at every rendering', () => {
    expect(isSameIdentity(identity({ getToken: () => Promise.resolve({}) }), identity({ getToken: () => Promise.resolve({}) }))).toBe(true);
  });

  it('The identity differs with another identity token if that alone names the visitor', () => {
    const bearer = (identityToken: string) => identity({ userId: '', identityToken });
    expect(isSameIdentity(bearer('a.b.c'), bearer('a.b.d'))).toBe(false);
    expect(isSameIdentity(bearer('a.b.c'), bearer('a.b.c'))).toBe(true);
  });

  it('The identity differs between a getToken function and the token endpoint of a mount', () => {
    expect(identityKey({ mount: '/coze', getToken })).not.toBe(identityKey({ mount: '/coze' }));
  });

  it('A user id that cannot be compared gives another identity each time', () => {
    for (const userId of [7n, WAY_BACK]) expect(identityKey({ userId }) === identityKey({ userId })).toBe(false);
    for (const getToken of [7n, WAY_BACK]) expect(identityKey({ getToken }) === identityKey({ getToken })).toBe(true);
  });

  it('Two identities are the same only if all their fields are the same', { timeout: 60_000 }, () => {
    const field = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', '"', ',', '[', '\\', 'n') });
    fc.assert(
      fc.property(fc.tuple(field, field), fc.tuple(field, field), ([userId, connectorId], [otherUserId, otherConnectorId]) => {
        const isSame = isSameIdentity(identity({ userId, connectorId }), identity({ userId: otherUserId, connectorId: otherConnectorId }));
        expect(isSame).toBe(userId === otherUserId && connectorId === otherConnectorId);
      }),
    );
  });
});

it('A presentation differs with each of its fields', () => {
  const presentation = (changes: Partial<ConfigInput> = {}) => configOf(changes).presentation;
  expect(isSamePresentation(presentation(), presentation())).toBe(true);
  for (const changes of [
    { userName: 'Alice' },
    { userAvatar: 'a.png' },
    { pictureHosts: 'a.example' },
    { locale: 'zh' },
    { strings: { send: 'Go' } },
  ]) {
    expect(isSamePresentation(presentation(), presentation(changes))).toBe(false);
  }
});

describe('Scope of a log-in in another tab', () => {
  it('All chats with the cookies of the same endpoint have the same scope, whatever user id the page names', () => {
    expect(cookieSessionKey(toIdentityInput(configOf({ userId: 'alice' }).identity))).toBe('https://site.example/api/token');
    expect(cookieSessionKey(toIdentityInput(configOf({ userId: 'bob', credentials: 'include' }).identity))).toBe(
      'https://site.example/api/token',
    );
  });

  it.each([
    ['a function', { getToken }],
    ['an identity token', { identityToken: 'a.b.c' }],
    ['no cookies', { credentials: 'omit' }],
  ])('A chat that requests its token with %s has no scope', (_, changes) => {
    expect(cookieSessionKey(toIdentityInput(configOf(changes).identity))).toBeUndefined();
  });
});

describe('Change of the visitor without a change of the configuration', () => {
  const isPossible = (changes: Parameters<typeof configOf>[0]) => isVerifiable(toIdentityInput(configOf(changes).identity));
  const getToken = () => Promise.reject(new Error());

  it.each([
    [true, 'a cookie', {}],
    [true, 'a cookie of another site', { credentials: 'include' }],
    [true, 'a function', { getToken }],
    [true, 'a function beside an identity token', { getToken, identityToken: 'a.b.c' }],
    [false, 'an identity token', { identityToken: 'a.b.c' }],
    [false, 'nothing that is sent along', { credentials: 'omit' }],
  ] as const)('A change of the visitor is possible (%s) where %s decides', (expected, _, changes) => {
    expect(isPossible(changes)).toBe(expected);
  });
});
