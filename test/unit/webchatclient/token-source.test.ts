import { describe, expect, it } from 'vitest';
import { type ChatSettings, emptySettings } from '../../../src/webchatclient/chat-settings.js';
import { type EndpointCandidates, findTokenSource } from '../../../src/webchatclient/token-source.js';

const PERSONAL = `pat_${'x'.repeat(64)}`;
const BESIDE = 'https://shop.example/coze/token';

function find(settings: Partial<ChatSettings>, doors: Partial<EndpointCandidates> = {}) {
  const said: string[] = [];
  const warn = (sentence: string): void => void said.push(sentence);
  return { source: findTokenSource({ ...emptySettings(), ...settings }, { scriptEndpoint: '', endpointBeside: '', warn, ...doors }), said };
}

const context = { reason: 'initial', signal: new AbortController().signal, userId: undefined } as const;

async function ask(onRefreshToken: (token?: unknown) => unknown) {
  const { source, said } = find({ onRefreshToken });
  if (!('getToken' in source)) throw new Error('There is no function.');
  return { answer: await source.getToken(context).catch((error: unknown) => error), again: () => source.getToken(context), said };
}

describe('Source of tokens', () => {
  const onRefreshToken = (): string => 'czs_own';

  it.each([
    [
      'the one that the options name',
      { tokenEndpoint: '/own', onRefreshToken },
      { scriptEndpoint: '/line', endpointBeside: BESIDE },
      '/own',
    ],
    ['the one that the script tag names', { onRefreshToken }, { scriptEndpoint: '/line', endpointBeside: BESIDE }, '/line'],
    ['the one beside the script', {}, { endpointBeside: BESIDE }, BESIDE],
    [
      'the one beside the script if the options have a fixed token',
      { fixedToken: PERSONAL, onRefreshToken },
      { endpointBeside: BESIDE },
      BESIDE,
    ],
  ])('The token endpoint is %s', (_, settings, doors, tokenEndpoint) => {
    expect(find(settings, doors).source).toEqual({ tokenEndpoint });
  });

  it('The function of the page takes precedence over the endpoint beside the script', () => {
    expect(find({ onRefreshToken }, { endpointBeside: BESIDE }).source).toHaveProperty('getToken');
  });

  it.each([
    ['nothing', {}],
    ['a fixed token', { fixedToken: 'czs_fixed' }],
    ['a personal access token', { fixedToken: PERSONAL }],
    ['a personal access token with its function', { fixedToken: PERSONAL, onRefreshToken: () => PERSONAL }],
    ['a service access token', { fixedToken: `sat_${'x'.repeat(64)}`, onRefreshToken }],
  ])('There is no source of tokens, and a warning gives the reason, if the page has only %s', (_, settings) => {
    const { source, said } = find(settings);
    expect(source).toEqual({ refused: true });
    expect(said.at(-1)).toMatch(/auth\.tokenEndpoint.* See guide\/migration/);
    expect(said.join()).not.toMatch(/pat_x|sat_x|czs_/);
  });
});

describe('Function of the page', () => {
  it('A function may return a bare token, gets its former one, and causes a warning', async () => {
    const former: unknown[] = [];
    const { answer, again, said } = await ask((token) => {
      former.push(token);
      return `czs_${former.length}`;
    });
    await again();
    expect([answer, former]).toEqual([{ access_token: 'czs_1' }, ['', 'czs_1']]);
    expect(said[0]).toMatch(/bare token/);
  });

  it('A function may return the response of a token endpoint, which is passed on unchanged', async () => {
    const whole = { data: { access_token: 'czs_1', expires_in: 3540, subject: 's' } };
    const { answer, said } = await ask(async () => whole);
    expect([answer, said]).toEqual([whole, []]);
  });

  it.each([[PERSONAL], [{ token: PERSONAL }], [{ data: { access_token: PERSONAL } }]])(
    'A function that returns a personal access token is refused (%#)',
    async (answer) => {
      const { answer: error, said } = await ask(() => answer);
      expect(error).toMatchObject({ name: 'PersonalAccessToken' });
      expect(said).toEqual([expect.stringMatching(/^auth\.onRefreshToken gives a personal access token/)]);
      expect(`${String(error)}${said.join()}`).not.toContain(PERSONAL);
    },
  );
});
