/** Checks which identity gets which token. Pure. */
import { isAccountToken } from '../../../server/coze/account-token.js';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import type { ProbeResponses, VisitorResponses } from './endpoint-probe.js';
import { type IssuedToken, toIssuedToken } from './issued-token.js';

function isToken(token: IssuedToken | undefined): token is IssuedToken {
  return token !== undefined;
}

/** Checks whether the endpoint trusts the `user_id` that the browser sends. */
export function validateClaimedIdentity({ claims, visitors }: ProbeResponses): CheckResult {
  if (visitors !== undefined && acceptsOtherUserId(visitors))
    return failed(
      'A signed-in visitor who claims another user_id gets the token of somebody else.',
      'Take the user from the session alone, and refuse a different user_id with 403.',
    );
  const [first, firstAgain, second] = claims.map(toIssuedToken);
  if (![first, firstAgain, second].some(isToken)) return ok('A made-up user_id gets no token when nobody is signed in.');

  const subjects = [first, firstAgain, second].map((token) => token?.subject);
  if (subjects.includes(undefined))
    return failed('Anybody who claims a user_id gets a token without being signed in.', TAKE_IDENTITY_FROM_SESSION);
  if (subjects[0] !== subjects[1])
    return warning(
      'Everybody gets a token of a new identity without being signed in; the claimed user_id is not believed.',
      'Fine if you mean to serve anonymous visitors. If not, answer 401 when nobody is signed in.',
    );
  return subjects[0] === subjects[2]
    ? failed('Everybody gets a token of the same identity: all visitors share one history.', TAKE_IDENTITY_FROM_SESSION)
    : failed('The user_id in the request is believed: anybody can read the chat of anybody.', TAKE_IDENTITY_FROM_SESSION);
}

const TAKE_IDENTITY_FROM_SESSION =
  "Take the user from the host's own session, or from an identity token signed by the host; without one, answer 401.";

function acceptsOtherUserId({ one, oneClaimingOther }: VisitorResponses): boolean {
  const [own, claimed] = [toIssuedToken(one), toIssuedToken(oneClaimingOther)];
  return own?.subject !== undefined && claimed !== undefined && claimed.subject !== own.subject;
}

/** Checks that two visitors have different subjects, and that a visitor's subject stays the same. */
export function validateSubjects({ visitors }: ProbeResponses): CheckResult {
  if (visitors === undefined) return skipped('Needs two test visitors: give --as "Cookie: …" twice.');
  const [one, two, oneAgain] = [visitors.one, visitors.two, visitors.oneAgain].map(toIssuedToken);
  if (one === undefined) return noToken('one', visitors.one.status);
  if (two === undefined) return noToken('two', visitors.two.status);
  if (oneAgain === undefined) return noToken('one, asking again,', visitors.oneAgain.status);
  if ([one, two].some(({ value }) => isAccountToken(value)))
    return failed(
      'The endpoint hands out a personal or service access token, which belongs to an account and not to a visitor.',
      'Exchange a JWT with a session_name for each visitor, and revoke this token.',
    );
  if (one.value === two.value) return failed('Both visitors get the same token, and with it the same history.', NAME_EACH_VISITOR);
  if (one.subject === undefined || two.subject === undefined)
    return warning(
      'The visitors get different tokens, but without a subject it cannot be told whether these belong to different people.',
      'Add "subject" to the answer, a stable fingerprint of the session_name.',
    );
  if (one.subject === two.subject) return failed('Both visitors have the same subject, and with it the same history.', NAME_EACH_VISITOR);
  if (one.subject !== oneAgain.subject)
    return failed(
      'A visitor gets another subject with every request, and would find an empty chat each time.',
      'Make session_name from what stays the same: the id of the user, not of the session or the request.',
    );
  return ok('Two visitors have two subjects, and each keeps their own.');
}

const NAME_EACH_VISITOR =
  'Make session_name from the id of the signed-in user, so that each has their own. If both --as are the same person, use two.';

function noToken(visitor: string, status: number): CheckResult {
  return failed(
    `Visitor ${visitor} gets no token (${status}).`,
    'Check that the header after --as is that of a session that is still signed in.',
  );
}
