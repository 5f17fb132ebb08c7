<?php
/**
 * The token endpoint of <coze-chat> in PHP 8.1 or newer. It needs no library, only the extensions json and openssl.
 *
 *     COZE_OAUTH_CONFIG="$(cat coze_oauth_config.json)" php -S 127.0.0.1:3000 app.php
 *
 * On a real server, route /api/coze/token to this file. Write your own session lookup into userOfSession(), and leave the rest as it
 * is. The endpoint has no rate limit: limit the requests per visitor and per address in your gateway. The tests in test/contract/ check
 * this file against the contract of the endpoint.
 */
declare(strict_types=1);
// Otherwise PHP writes its error messages into the response.
ini_set('display_errors', '0');

const MAX_BODY_BYTES = 4096;
const MAX_ANSWER_BYTES = 65536;
const COZE_TIMEOUT_SECONDS = 8;
// A stolen token works until the end of this time, because Coze cannot revoke a single token.
const TOKEN_LIFE_SECONDS = 3600;

final class Refusal extends Exception
{
    public function __construct(public readonly int $status, public readonly string $error)
    {
        parent::__construct($error);
    }
}

/**
 * Returns the id of the user who is signed in, or null. Write your own: this one uses a table from the environment. The id must be
 * unique and must never change.
 */
function userOfSession(): ?string
{
    $sessions = json_decode(getenv('SESSIONS') ?: '{}', true);
    $id = $_COOKIE['session_id'] ?? '';
    return is_string($id) && is_string($sessions[$id] ?? null) ? $sessions[$id] : null;
}

function issueToken(): array
{
    // Common mistake: answering GET. A GET can be cached, prefetched, and triggered by an <img> on another site.
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') throw new Refusal(405, 'method_not_allowed');
    if (!comesFromOwnPage()) throw new Refusal(403, 'forbidden_origin');
    $claims = readClaims();
    // Common mistake: trusting the user id in the body. The session decides who the user is; the id in the body is only compared.
    $userId = userOfSession();
    if ($userId === null) throw new Refusal(401, 'unauthenticated');
    // Common mistake: an empty text in place of null. All visitors with the same id would share one history.
    $isNobody = in_array(strtolower(trim($userId)), ['', 'none', 'null', 'undefined'], true);
    // Common mistake: a conversion that replaces characters that it does not know. Different ids then become the same.
    if ($isNobody || str_contains($userId, "\u{FFFD}")) throw new Refusal(500, 'identity_error');
    if (!in_array($claims->user_id ?? null, [null, '', $userId], true)) throw new Refusal(403, 'identity_mismatch');

    // Common mistake: no session_name, or the same one for everybody. Coze finds conversations by session_name alone.
    $sessionName = digest(['', '', $userId]);
    // Tells the page whether the token still belongs to the same user, without revealing who that is.
    $subject = digest(['coze-chat-embed/subject', $sessionName]);
    if (($claims->reason ?? null) === 'verify') return ['subject' => $subject];
    [$token, $expiresAt] = requestToken($sessionName);
    return [
        'access_token' => $token,
        'token_type' => 'Bearer',
        // Common mistake: passing on Coze's expires_in. Coze's is a date; this one is a number of seconds from now.
        'expires_in' => $expiresAt - time(),
        'expires_at' => $expiresAt,
        'subject' => $subject,
    ];
}

/** Decides by Sec-Fetch-Site, unless Origin contradicts it. On plain http, and in browsers from before 2023, there is only Origin. */
function comesFromOwnPage(): bool
{
    $site = $_SERVER['HTTP_SEC_FETCH_SITE'] ?? null;
    $origin = $_SERVER['HTTP_ORIGIN'] ?? null;
    $host = $_SERVER['HTTP_HOST'] ?? '';
    // The origins of your pages. Needed only if a proxy changes the host.
    // Common mistake: CORS with "*". The pages of your own site need no CORS.
    if (($origin ?? '') !== '' && in_array($origin, explode(' ', getenv('OWN_ORIGINS') ?: ''), true)) return true;
    $scheme = ($_SERVER['HTTPS'] ?? 'off') === 'off' ? 'http' : 'https';
    // A proxy may terminate TLS.
    if ($site === null) return in_array($origin, ["$scheme://$host", "https://$host"], true);
    return $site === 'same-origin' && ($origin === null || preg_replace('~^https?://~', '', $origin) === $host);
}

function readClaims(): stdClass
{
    $mediaType = strtolower(trim(explode(';', $_SERVER['CONTENT_TYPE'] ?? $_SERVER['HTTP_CONTENT_TYPE'] ?? '')[0]));
    // Another site cannot send this type from a form, and not from a script without a CORS preflight.
    if ($mediaType !== 'application/json') throw new Refusal(415, 'unsupported_media_type');
    $body = file_get_contents('php://input', false, null, 0, MAX_BODY_BYTES + 1);
    if (strlen($body) > MAX_BODY_BYTES) throw new Refusal(413, 'body_too_large');
    $claims = json_decode($body === '' ? '{}' : $body);
    $isUsable = $claims instanceof stdClass && (!isset($claims->user_id) || is_string($claims->user_id));
    if (!$isUsable) throw new Refusal(400, 'invalid_request');
    return $claims;
}

/** @return array{string, int} the token, and when it expires */
function requestToken(string $sessionName): array
{
    $config = json_decode(getenv('COZE_OAUTH_CONFIG'), true);
    $base = rtrim($config['coze_api_base'], '/');
    $now = time();
    $assertion = signAssertion($config, [
        'iss' => $config['client_id'],
        'aud' => getenv('COZE_AUDIENCE') ?: preg_replace('~^https?://~', '', $base),
        // Coze refuses an assertion that is dated in the future. The clock of this server may be a little fast.
        'iat' => $now - 30,
        'exp' => $now + 300,
        'jti' => bin2hex(random_bytes(16)),
        'session_name' => $sessionName,
    ]);
    $body = ['grant_type' => 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'duration_seconds' => TOKEN_LIFE_SECONDS];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "content-type: application/json\r\nauthorization: Bearer $assertion\r\nconnection: close",
        'content' => json_encode($body),
        'timeout' => COZE_TIMEOUT_SECONDS,
        // Read error responses, too. Follow no redirect: the assertion must not go to another address.
        'ignore_errors' => true,
        'follow_location' => 0,
    ]]);
    $stream = @fopen("$base/api/permission/oauth2/token", 'r', false, $context);
    if ($stream === false) {
        throw time() - $now >= COZE_TIMEOUT_SECONDS ? new Refusal(504, 'upstream_timeout') : new Refusal(503, 'upstream_unavailable');
    }
    $meta = stream_get_meta_data($stream);
    $status = (int) (explode(' ', $meta['wrapper_data'][0])[1] ?? 0);
    $answer = readAnswer($stream, $now + COZE_TIMEOUT_SECONDS);
    if ($status !== 200) {
        error_log("Coze answered $status to a request for a token.");
        // Common mistake: passing on Coze's error message. It names your OAuth app.
        throw $status === 429 || $status >= 500 ? new Refusal(503, 'upstream_unavailable') : new Refusal(500, 'upstream_rejected');
    }
    return parseAnswer($answer, $now);
}

/** @param resource $stream */
function readAnswer($stream, int $deadline): string
{
    $answer = '';
    while (!feof($stream) && strlen($answer) <= MAX_ANSWER_BYTES) {
        // A longer read waits for all of its bytes, which may come one at a time.
        $answer .= fgetc($stream);
        if (time() >= $deadline || stream_get_meta_data($stream)['timed_out']) throw new Refusal(504, 'upstream_timeout');
    }
    return $answer;
}

/** @return array{string, int} */
function parseAnswer(string $answer, int $now): array
{
    $body = strlen($answer) > MAX_ANSWER_BYTES ? null : json_decode($answer, true);
    if (is_array($body) && ($body['code'] ?? 0) !== 0) throw new Refusal(503, 'upstream_unavailable');
    $token = $body['access_token'] ?? null;
    $expiresAt = $body['expires_in'] ?? null;
    $isUsable = is_string($token) && $token !== '' && is_int($expiresAt) && $expiresAt > $now && $expiresAt <= $now + TOKEN_LIFE_SECONDS + 60;
    if (!$isUsable) throw new Refusal(502, 'upstream_invalid');
    return [$token, $expiresAt];
}

function signAssertion(array $config, array $claims): string
{
    $header = ['alg' => 'RS256', 'typ' => 'JWT', 'kid' => $config['public_key_id']];
    $signed = base64Url(json_encode($header)) . '.' . base64Url(json_encode($claims));
    if (!openssl_sign($signed, $signature, $config['private_key'], OPENSSL_ALGO_SHA256)) throw new RuntimeException('The key does not sign.');
    return $signed . '.' . base64Url($signature);
}

function base64Url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/**
 * Returns base64url(SHA-256(JSON)), as coze-chat-embed/server does: visitors keep their histories if you change from one to the other.
 * Common mistake: "$tenant-$user". With that, ("a-b", "c") and ("a", "b-c") are the same user.
 */
function digest(array $parts): string
{
    $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;
    return base64Url(hash('sha256', json_encode($parts, $flags), true));
}

// Common mistake: a response that can be cached. A proxy can then give one visitor's token to another visitor.
// Error responses must not be cached, either.
header('cache-control: no-store');
header('content-type: application/json');
header('vary: Origin, Cookie, Sec-Fetch-Site');
header('x-content-type-options: nosniff');
header('cross-origin-resource-policy: same-origin');
header_remove('x-powered-by');
try {
    echo json_encode(issueToken());
} catch (Throwable $error) {
    // Do not log the text of an unexpected error: it may contain anything, even a key.
    if (!$error instanceof Refusal) error_log('The token endpoint failed: ' . $error::class);
    $refusal = $error instanceof Refusal ? $error : new Refusal(500, 'server_error');
    http_response_code($refusal->status);
    if ($refusal->status === 405) header('allow: POST');
    echo json_encode(['error' => $refusal->error, 'request_id' => bin2hex(random_bytes(16))]);
}
