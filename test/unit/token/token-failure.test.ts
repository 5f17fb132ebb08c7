import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/core/errors.js';
import {
  invalidResponse,
  misconfigured,
  signedOut,
  softenWhileTokenValid,
  staleTokenFailure,
  terminalFailure,
  tokensRejectedFailure,
  unavailable,
} from '../../../src/token/token-failure.js';

it.each([
  ['A response that is no token', invalidResponse('html')],
  ['A token that Coze has refused before', staleTokenFailure],
  ['A fresh token that Coze refuses', tokensRejectedFailure],
])('%s is a fault of the site', (_, failure) => {
  expect(failure.fault).toBe('site');
});

it.each([
  ['An endpoint that is down', unavailable('down')],
  ['A visitor who is signed out', signedOut('401')],
  ['A visitor who is forbidden', terminalFailure(ErrorCode.Forbidden, '403')],
])('%s is not a fault of the site', (_, failure) => {
  expect(failure.fault).toBeUndefined();
});

describe('A failure while a token is valid', () => {
  it.each([
    ['an endpoint that looks misconfigured', misconfigured('404')],
    ['a failure that the site’s set-up explains', { ...terminalFailure(ErrorCode.IdentityMismatch, '403'), fault: 'site' as const }],
  ])('A failure can be retried while a token is valid: %s', (_, failure) => {
    expect(softenWhileTokenValid(failure)).toEqual({ ...failure, kind: 'invalid' });
  });

  it.each([
    ['a visitor who is signed out', signedOut('401')],
    ['a visitor who is forbidden', terminalFailure(ErrorCode.Forbidden, '403')],
    ['a token that Coze has refused before', staleTokenFailure],
    ['a fresh token that Coze refuses', tokensRejectedFailure],
    ['an endpoint that is down', unavailable('down')],
  ])('A failure is not changed while a token is valid: %s', (_, failure) => {
    expect(softenWhileTokenValid(failure)).toBe(failure);
  });
});
