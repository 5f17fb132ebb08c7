import type { APIRoute } from 'astro';
import { createTokenEndpoint } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';
import { userOf } from '../../../session';

const tokenEndpoint = createTokenEndpoint({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: (request) => {
    const user = userOf(request);
    return user === undefined ? null : { id: user };
  },
});

export const ALL: APIRoute = ({ request }) => tokenEndpoint(request);
