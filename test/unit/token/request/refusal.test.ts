import { describe, expect, it } from 'vitest';
import { TokenEndpointError } from '../../../../src/token/protocol.js';
import { explainRefusal } from '../../../../src/token/request/refusal.js';
import { terminalFailure, unavailable } from '../../../../src/token/token-failure.js';

const failure = unavailable('The token endpoint answered.');
const explain = (status: number, body: unknown, hasIdentityToken = false) => explainRefusal(failure, { status, body, hasIdentityToken });

describe('An error response of the token endpoint', () => {
  const plain: readonly string[] = [
    TokenEndpointError.Unauthenticated,
    TokenEndpointError.IdentityMismatch,
    TokenEndpointError.RateLimited,
  ];

  it.each(Object.values(TokenEndpointError).filter((error) => !plain.includes(error)))(
    'The message for the error %s says what to change',
    (error) => {
      expect(explain(500, { error }).message).toMatch(new RegExp(`^The token endpoint answered 500 \\(${error}\\): .{20,}\\.$`));
    },
  );

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
  ])('A failure stays as it is if its body is %o, of which nothing is known', (body) => {
    expect(explain(500, body)).toBe(failure);
  });

  it.each([502, 503, 504])('A %i without JSON is explained as the response of a proxy', (status) => {
    expect(explain(status, undefined)).toEqual({
      ...failure,
      message: `The token endpoint answered ${status} without JSON, as a proxy does that does not reach it: see that your server runs, and that the proxy forwards to its address and port.`,
    });
    expect(explain(status, {})).toBe(failure);
  });

  it('An assertion that Coze rejects is a terminal failure with the fault site', () => {
    expect(explain(500, { error: 'upstream_rejected' })).toMatchObject({ kind: 'terminal', fault: 'site' });
    expect(explain(500, { error: 'server_error' })).toMatchObject({ kind: 'transient' });
  });

  it('A 401 to a request with an identity token gets advice about that, and one without it stays as it is', () => {
    const signedOut = terminalFailure('signed_out', 'The token endpoint answered 401.');
    const refused = (hasIdentityToken: boolean) => explainRefusal(signedOut, { status: 401, body: undefined, hasIdentityToken });
    expect(refused(false)).toBe(signedOut);
    expect(refused(true)).toEqual({ ...signedOut, advice: expect.stringContaining('although an identity-token was sent') as string });
  });
});
