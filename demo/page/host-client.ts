/** Client of the demo website's own API, see `demo/host/host.ts`. Rejects unless the host answers 2xx. */
import type { Account } from '../host/accounts.js';
import type { PreviewConfig } from '../host/host.js';

export type { Account, PreviewConfig };

export async function requestConfig(): Promise<PreviewConfig> {
  return (await send('GET', '/preview/config')).json() as Promise<PreviewConfig>;
}

/** The account signed in in the pane. */
export async function requestSession(side: string): Promise<Account | null> {
  const { user } = (await (await send('GET', `/visitors/${side}/session`)).json()) as { user: Account | null };
  return user;
}

export async function login(side: string, user: string): Promise<Account> {
  const session = (await (await send('POST', `/visitors/${side}/session`, { user })).json()) as { user: Account };
  return session.user;
}

export async function logOut(side: string): Promise<void> {
  await send('DELETE', `/visitors/${side}/session`);
}

export async function setTokenLife(seconds: number): Promise<void> {
  await send('PUT', '/preview/token-life', { seconds });
}

export async function simulateOutage(seconds: number): Promise<void> {
  await send('PUT', '/preview/outage', { seconds });
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The demo host answered ${method} ${path} with ${response.status}`);
  return response;
}
