import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BACKEND_NAMES } from '../../../../demo/playground/output/backend-names.js';
import { loadBackend } from '../../../../demo/playground/output/backends.js';
import { toPastedChat } from '../../../../demo/playground/output/pasted-chat.js';
import { listFeatures, listPermissions } from '../../../../demo/playground/output/permissions.js';
import { createPolicy } from '../../../../demo/playground/output/policy.js';
import { sha256 } from '../../../../demo/playground/output/sha256.js';
import { createSnippet } from '../../../../demo/playground/output/snippets.js';
import { INITIAL_SETTINGS, type Settings } from '../../../../demo/playground/settings/settings.js';
import { DEFAULT_FEATURES } from '../../../../src/cli/doctor/permissions.js';

const choose = (values: Settings['values'], others: Partial<Settings> = {}): Settings => ({ ...INITIAL_SETTINGS, ...others, values });

async function policyFor(settings: Settings): Promise<readonly string[]> {
  const chat = toPastedChat(settings);
  return createPolicy(settings, chat, createSnippet(settings.snippet, chat, settings), sha256);
}

describe('Permissions of the playground', () => {
  it('The initial settings need the permissions of the features that a chat has by default', () => {
    expect(listFeatures(INITIAL_SETTINGS)).toEqual(DEFAULT_FEATURES);
  });

  it.each([
    [{ 'chatOptions.upload': 'false' }, 'files', false],
    [{ 'chatOptions.clearMessages': 'false' }, 'delete', false],
    [{ 'chatOptions.clearContext': 'false' }, 'clear', false],
    [{ 'chatOptions.conversations': 'true' }, 'conversations', true],
    [{ 'chatOptions.feedback.shown': 'true' }, 'feedback', true],
    [{ 'chatOptions.feedback.title': 'Why?' }, 'feedback', false],
    [{ 'chatOptions.voice.input': 'true' }, 'voice', true],
    [{ 'chatOptions.voice.voiceId': '7' }, 'voice', true],
    [{ 'app-id': '7' }, 'apps', true],
  ] as const)('The permissions depend on the setting %j', (values, feature, isNeeded) => {
    expect(listFeatures(choose(values)).includes(feature)).toBe(isNeeded);
  });

  it('Permissions are listed in the groups of Coze’s console', () => {
    expect(listPermissions(choose({ 'chatOptions.feedback.shown': 'true' }))).toContainEqual({
      group: { chinese: '会话管理', english: 'conversation' },
      points: ['listConversation', 'createConversation', 'editConversation', 'feedback'],
    });
  });
});

describe('Content security policy of the playground', () => {
  it('The policy contains the digest of the inline script that sets the options', async () => {
    const settings = choose({ 'chatOptions.upload': 'false' });
    const [script = ''] = createSnippet('line', toPastedChat(settings), settings).inlineScripts;
    const digest = createHash('sha256').update(script).digest('base64');
    expect(await policyFor(settings)).toContain(`script-src 'self' 'sha256-${digest}'`);
  });

  it('With a nonce the policy allows scripts by the nonce, which both scripts have', async () => {
    const settings = choose({ 'chatOptions.upload': 'false' }, { usesNonce: true });
    expect(await policyFor(settings)).toContain("script-src 'nonce-{nonce}'");
    expect(createSnippet('line', toPastedChat(settings), settings).text.match(/nonce="\{nonce\}"/g)).toHaveLength(2);
  });

  it('The policy names the hosts of pictures, token endpoint and API, and the source for voices', async () => {
    const values = {
      icon: 'https://icons.example/a.png',
      'chatOptions.pictureHosts': '*.pictures.example\nhttps://more.example',
      'token-endpoint': 'https://tokens.example/token',
      'api-base-url': 'https://api.coze.com',
      'chatOptions.voice.voiceId': '7',
    };
    const policy = await policyFor(choose(values, { snippet: 'react' }));
    expect(policy).toContain(
      "img-src 'self' blob: https://api.coze.com https://icons.example https://*.pictures.example https://more.example",
    );
    expect(policy).toContain('connect-src https://tokens.example https://api.coze.com');
    expect(policy).toContain('media-src blob:');
  });

  it.each(['https://x;script-src-elem', 'https://x,y', "https://'unsafe-inline'", 'https://*', 'https://*.*', 'https://x;y/a'])(
    'The URL %s, which would add more than a host to a policy, throws a TypeError',
    async (url) => {
      for (const name of ['icon', 'api-base-url', 'token-endpoint', 'chatOptions.pictureHosts', 'chatOptions.background.image']) {
        await expect(policyFor(choose({ [name]: url, 'chatOptions.assistant.icon': 'https://evil.example/' }))).rejects.toThrow(TypeError);
      }
    },
  );

  it('A policy for an invalid API URL throws a TypeError', async () => {
    await expect(policyFor(choose({ 'api-base-url': 'https://' }))).rejects.toThrow(TypeError);
  });
});

it.each(BACKEND_NAMES)('There is an example of a backend for %s that creates tokens', async (name) => {
  const { path, text } = await loadBackend(name);
  expect(path).toMatch(/\.\w+$/);
  expect(text).toMatch(/createCozeChat|createTokenEndpoint|session_name/);
});
