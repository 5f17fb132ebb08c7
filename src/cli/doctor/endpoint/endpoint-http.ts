/** Checks how an endpoint responds to any request: method, errors, caching, CORS. Pure. */
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import type { HttpResponse } from '../http.js';
import { FOREIGN_ORIGIN, type ProbeResponses } from './endpoint-probe.js';
import { forbidsStoring, isFromSoftwareInFront, isHtml, isJsonError, isParserAnswer, isRedirect } from './other-answers.js';

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

export function validateMethod({ anonymous, get, visitors }: ProbeResponses): CheckResult {
  if (isFromSoftwareInFront(anonymous) && isFromSoftwareInFront(get)) return skipped('Needs an endpoint that answers GET by itself.');
  if (isSuccess(get))
    return failed(
      'GET is answered like POST: a link, an image or a prefetch can make the browser fetch a token.',
      'Answer GET with 405 and hand tokens out for POST only.',
    );
  if (get.status === 405) return ok('GET is refused with 405.');
  const explanation = `GET is refused, but with ${get.status} instead of 405.`;
  const cannotTell = visitors === undefined && (get.status === 401 || get.status === 403);
  return warning(
    cannotTell ? `${explanation} It may only be because nobody is signed in.` : explanation,
    cannotTell ? 'Give two test visitors with --as, so that GET is tried with one of them.' : 'Answer GET with 405.',
  );
}

/** Checks status and JSON of error responses, because the element interprets a failure by them. */
export function validateErrorResponses(probe: ProbeResponses): CheckResult {
  const { anonymous, brokenJson, url } = probe;
  const responses = listStrangerResponses(probe);
  const broken = responses.find((response) => response.status >= 500);
  if (anonymous.status === 404) return failed('There is nothing at this address (404).', 'Check the address after --endpoint.');
  if (responses.some(({ status }) => status === 429))
    return warning('The endpoint says that it was asked too often.', 'Wait a minute and run the doctor again.');
  const redirect = responses.find(isRedirect);
  if (redirect !== undefined) return explainRedirect(redirect, url);
  if (responses.some(isHtml))
    return failed(
      'The endpoint answers with an HTML page.',
      `Answer errors as JSON, {"error": "…"}, with the status that says what is wrong. If it is a log-in page: 401. ${MOUNT_FIRST}`,
    );
  if (broken !== undefined)
    return failed(
      `The endpoint fails with ${broken.status}${broken === brokenJson ? ' at a body that is not JSON' : ''}.`,
      'Look into the log of the endpoint; a failure of the request should be a 4xx.',
    );
  if (responses.some((response) => !isSuccess(response) && !isJsonError(response)))
    return failed('Errors are not answered as JSON.', 'Answer every error with {"error": "…"} and content-type application/json.');
  return ok('Errors are answered as JSON, without redirects.');
}

/** Returns the endpoint's own responses to requests without a session. */
function listStrangerResponses(probe: ProbeResponses): readonly HttpResponse[] {
  return [probe.anonymous, ...(isParserAnswer(probe) ? [] : [probe.brokenJson]), ...probe.claims];
}

/** The most common fix for a 401. */
const MOUNT_FIRST = "Most often the chat's path has to be mounted before the middleware that requires a log-in.";

/** Omits query and fragment, which may contain secrets. */
function explainRedirect({ status, headers }: HttpResponse, endpoint: URL): CheckResult {
  const location = headers.get('location') ?? '';
  const target = location !== '' && URL.canParse(location, endpoint) ? new URL(location, endpoint) : undefined;
  if (target === undefined)
    return failed(
      `The endpoint redirects (${status}), and does not say where.`,
      `Answer 401 with JSON when nobody is signed in. ${MOUNT_FIRST}`,
    );
  const address = target.origin + target.pathname;
  const normalize = ({ pathname }: URL): string =>
    pathname
      .replaceAll(/\/{2,}/g, '/')
      .replace(/\/$/, '')
      .toLowerCase();
  return normalize(target) === normalize(endpoint)
    ? failed(
        `The endpoint redirects (${status}) to ${address}.`,
        `Set token-endpoint to ${address}: browsers follow no redirect with a visitor's cookies.`,
      )
    : failed(
        `The endpoint redirects (${status}) to ${address}.`,
        `If that is a log-in page, answer 401 with JSON when nobody is signed in: a script cannot follow a visitor there. ${MOUNT_FIRST} If it is none, set token-endpoint to the address that answers by itself.`,
      );
}

export function validateCaching(probe: ProbeResponses): CheckResult {
  const { visitors } = probe;
  const responses = [...listStrangerResponses(probe), ...(visitors === undefined ? [] : [visitors.one, visitors.two])];
  // A redirect or an HTML page comes from software in front of the endpoint, and contains no token.
  return responses.filter((response) => !isFromSoftwareInFront(response)).every(forbidsStoring)
    ? ok('Every answer forbids caching.')
    : failed(
        'Answers may be cached: a proxy or the browser could give one visitor the token of another.',
        'Send "cache-control: no-store" with every answer, errors included.',
      );
}

export function validateCors({ foreign }: ProbeResponses): CheckResult {
  const remedy = 'List the origins that may ask, each exactly, and send access-control-allow-… headers to nobody else.';
  if (foreign.some((response) => getAllowedOrigin(response) === '*'))
    return failed('Every site may read the answers (access-control-allow-origin: *).', remedy);
  const reflecting = foreign.filter((response) => [FOREIGN_ORIGIN, 'null'].includes(getAllowedOrigin(response) ?? ''));
  if (reflecting.some(({ headers }) => headers.get('access-control-allow-credentials') === 'true'))
    return failed("Any site may use the visitors' cookies to read their tokens: a foreign origin is allowed, with credentials.", remedy);
  if (reflecting.length > 0) return warning('A foreign origin is allowed, though without credentials.', remedy);
  return ok('A page of another site may not read the answers.');
}

function getAllowedOrigin({ headers }: HttpResponse): string | undefined {
  return headers.get('access-control-allow-origin')?.trim();
}
