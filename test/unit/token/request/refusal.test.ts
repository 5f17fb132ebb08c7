import { describe, expect, it } from 'vitest';
import { TokenEndpointError } from '../../../../src/token/protocol.js';
import { explainRefusal } from '../../../../src/token/request/refusal.js';
import { terminalFailure, unavailable } from '../../../../src/token/token-failure.js';

const failure = unavailable('The token endpoint answered.');
const explain = (status: number, body: unknown, hasIdentityToken = false) => explainRefusal(failure, { status, body, hasIdentityToken });

describe('A refusal of the token endpoint', () => {
  const plain: readonly string[] = [
    TokenEndpointError.Unauthenticated,
    TokenEndpointError.IdentityMismatch,
    TokenEndpointError.RateLimited,
  ];

  it.each(Object.values(TokenEndpointError).filter((error) => !plain.includes(error)))('is said with what to change for %s.', (error) => {
    expect(explain(500, { error }).message).toMatch(new RegExp(`^The token endpoint answered 500 \\(${error}\\): .{20,}\\.$`));
  });

  it.each([
    undefined,
    null,
    'forbidden_origin',
    7,
    [],
    {},
    { error: 7 },
    { error: ['forbidden_origin'] },
    { error: { toString: () => 'forbidden_origin' } },
    { error: 'toString' },
    { error: 'rate_limited' },
  ])('is left as it is where the endpoint says %o, of which nothing is known.', (body) => {
    expect(explain(500, body)).toBe(failure);
  });

  it.each([502, 503, 504])('of %i without JSON is a proxy’s.', (status) => {
    expect(explain(status, undefined)).toEqual({
      ...failure,
      message: `The token endpoint answered ${status} without JSON, as a proxy does that does not reach it: see that your server runs, and that the proxy forwards to its address and port.`,
    });
    expect(explain(status, {})).toBe(failure);
  });

  it('is the site’s to mend, and not tried again, where Coze refuses the assertion.', () => {
    expect(explain(500, { error: 'upstream_rejected' })).toMatchObject({ kind: 'terminal', fault: 'site' });
    expect(explain(500, { error: 'server_error' })).toMatchObject({ kind: 'transient' });
  });

  it('of an identity token says that, and a 401 without one is as it may be.', () => {
    const signedOut = terminalFailure('signed_out', 'The token endpoint answered 401.');
    const refused = (hasIdentityToken: boolean) => explainRefusal(signedOut, { status: 401, body: undefined, hasIdentityToken });
    expect(refused(false)).toBe(signedOut);
    expect(refused(true)).toEqual({ ...signedOut, advice: expect.stringContaining('although an identity-token was sent') as string });
  });
});
