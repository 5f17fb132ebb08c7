import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verifyIdentityToken } from '../../src/server/index.js';
import { codeBlocksIn } from '../support/markdown.js';
import { describeContract } from './contract.js';
import { PYTHON_FLASK } from './implementations.js';

describeContract(PYTHON_FLASK);

it.skipIf(!PYTHON_FLASK.isInstalled())('The documentation’s example signs identity tokens that the sidecar accepts', async () => {
  const [example = ''] = codeBlocksIn(readFileSync('demo/docs/en/guide/backends/sidecar.md', 'utf8'), 'Sign who is signed in', 'python');
  const secret = 'only for the test of an example, long enough';
  const host = `class User: id = "42"\nuser, secret = User(), "${secret}"\n`;
  const { stdout: identityToken } = spawnSync(PYTHON_FLASK.command[0], ['-c', `${host}${example}print(identity_token, end="")`], {
    encoding: 'utf8',
  });
  const identify = verifyIdentityToken({ secret, audience: 'chat' });
  const request = new Request('https://shop.example/coze/token');
  expect(await identify(request, { identityToken, reason: 'initial' }, undefined)).toMatchObject({ id: '42' });
});
