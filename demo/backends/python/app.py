"""The token endpoint of <coze-chat> in Python: Flask, PyJWT and cryptography.

    pip install -r requirements.txt (Python 3.10+)
    COZE_OAUTH_CONFIG="$(cat coze_oauth_config.json)" flask run

Put your own session lookup into user_of_session, and limit the rate per visitor and per address in your gateway.
"""

import base64
import hashlib
import http.client
import json
import logging
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from flask import Flask, Response, request

MAX_BODY_BYTES = 4096
MAX_ANSWER_BYTES = 65536
COZE_TIMEOUT_SECONDS = 8
# Coze cannot revoke a single token, so a stolen one works that long.
TOKEN_LIFE_SECONDS = 3600
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# Mistake: a cacheable answer, or refusal. A proxy then hands one visitor's token to the next.
HEADERS = {
    "cache-control": "no-store",
    "content-type": "application/json",
    "vary": "Origin, Cookie, Sec-Fetch-Site",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}

config = json.loads(os.environ["COZE_OAUTH_CONFIG"])
# Takes 50 ms.
config["private_key"] = load_pem_private_key(config["private_key"].encode(), None)
# Your own origins, where a proxy changes the host. Mistake: CORS with "*"; your own pages need none.
OWN_ORIGINS = frozenset(os.environ.get("OWN_ORIGINS", "").split())
app = Flask(__name__)
log = logging.getLogger(__name__)


class Refusal(Exception):
    def __init__(self, status, error, headers=None):
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers or {}


# Yours: where your site keeps its sessions. Here: a table from session id to id of the user.
SESSIONS = json.loads(os.environ.get("SESSIONS", "{}"))


def user_of_session():
    """The id of who is signed in, or None. It must be unique and must never change."""
    return SESSIONS.get(request.cookies.get("session_id"))


# All methods, so that a refused one gets the headers above, too. Mistake: answering GET.
@app.route("/api/coze/token", methods=METHODS, provide_automatic_options=False)
def token_endpoint():
    try:
        return Response(json.dumps(issue_token()), 200, HEADERS)
    except Refusal as refusal:
        status, error, headers = refusal.status, refusal.error, refusal.headers
    except Exception as error_of_ours:
        # Its text may hold anything.
        log.error("The token endpoint failed: %s", type(error_of_ours).__name__)
        status, error, headers = 500, "server_error", {}
    return Response(json.dumps({"error": error, "request_id": uuid.uuid4().hex}), status, {**HEADERS, **headers})


def issue_token():
    if request.method != "POST":
        raise Refusal(405, "method_not_allowed", {"allow": "POST"})
    if not comes_from_own_page():
        raise Refusal(403, "forbidden_origin")
    claims = read_claims()
    # Mistake: the user id from the body. The session says who it is; the body is only compared.
    user_id = user_of_session()
    if user_id is None:
        raise Refusal(401, "unauthenticated")
    # Mistake: str(None), or errors="replace". Everybody with such an id is one person.
    if user_id.strip().lower() in ("", "none", "null", "undefined") or "\ufffd" in user_id:
        raise Refusal(500, "identity_error")
    if claims.get("user_id") not in (None, "", user_id):
        raise Refusal(403, "identity_mismatch")

    # Mistake: none, or one for everybody. Coze finds conversations by it alone.
    session_name = digest(["", "", user_id])
    # Tells the page whether the token is still the same person's, not who that is.
    subject = digest(["coze-chat-embed/subject", session_name])
    if claims.get("reason") == "verify":
        return {"subject": subject}
    token, expires_at = request_token(session_name)
    return {
        "access_token": token,
        "token_type": "Bearer",
        # Mistake: passing Coze's expires_in on. That is a date; this is seconds from now.
        "expires_in": expires_at - int(time.time()),
        "expires_at": expires_at,
        "subject": subject,
    }


def comes_from_own_page():
    """Sec-Fetch-Site decides unless Origin contradicts it; plain http, and old browsers, send only Origin."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if origin in OWN_ORIGINS:
        return True
    if site is None:
        # A proxy may end TLS.
        return origin in (f"{request.scheme}://{request.host}", f"https://{request.host}")
    return site == "same-origin" and (origin is None or urllib.parse.urlsplit(origin).netloc == request.host)


def read_claims():
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        # A form of another site cannot send JSON without asking first.
        raise Refusal(415, "unsupported_media_type")
    body = request.stream.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        raise Refusal(413, "body_too_large")
    try:
        claims = json.loads(body.decode("utf-8") or "{}")
    except (ValueError, RecursionError):
        raise Refusal(400, "invalid_request") from None
    if not isinstance(claims, dict) or not isinstance(claims.get("user_id"), (str, type(None))):
        raise Refusal(400, "invalid_request")
    return claims


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The assertion must not be carried elsewhere."""

    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoRedirect)


def request_token(session_name):
    base = config["coze_api_base"].rstrip("/")
    now = int(time.time())
    claims = {
        "iss": config["client_id"],
        "aud": os.environ.get("COZE_AUDIENCE", urllib.parse.urlsplit(base).netloc),
        # Coze refuses a clock that is fast.
        "iat": now - 30,
        "exp": now + 300,
        "jti": uuid.uuid4().hex,
        "session_name": session_name,
    }
    assertion = jwt.encode(claims, config["private_key"], "RS256", {"kid": config["public_key_id"]})
    body = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "duration_seconds": TOKEN_LIFE_SECONDS}
    headers = {"content-type": "application/json", "authorization": f"Bearer {assertion}"}
    exchange = urllib.request.Request(f"{base}/api/permission/oauth2/token", json.dumps(body).encode(), headers)
    try:
        with opener.open(exchange, timeout=COZE_TIMEOUT_SECONDS) as response:
            answer = b""
            while len(answer) <= MAX_ANSWER_BYTES and (piece := response.read1(8192)):
                answer += piece
                # The timeout is for each piece alone.
                if time.time() > now + COZE_TIMEOUT_SECONDS:
                    raise TimeoutError
    except urllib.error.HTTPError as error:
        log.warning("Coze answered %d to a request for a token.", error.code)
        if error.code == 429 or error.code >= 500:
            raise Refusal(503, "upstream_unavailable") from None
        # Mistake: Coze's message in the answer. It names your app.
        raise Refusal(500, "upstream_rejected") from None
    except (OSError, http.client.HTTPException) as error:
        if isinstance(getattr(error, "reason", error), TimeoutError):
            raise Refusal(504, "upstream_timeout") from None
        raise Refusal(503, "upstream_unavailable") from None
    return parse_answer(answer, now)


def parse_answer(answer, now):
    try:
        body = json.loads(answer)
    except (ValueError, RecursionError):
        body = None
    match body:
        case {"code": code} if code:
            raise Refusal(503, "upstream_unavailable")
        case {"access_token": str(token), "expires_in": int(end)} if token and now < end <= now + TOKEN_LIFE_SECONDS + 60:
            return token, end
    raise Refusal(502, "upstream_invalid")


def digest(parts):
    """base64url(SHA-256(JSON)), as in coze-chat-embed/server, so that a change keeps every history.
    Mistake: f"{tenant}-{user}" instead; then ("a-b", "c") and ("a", "b-c") are one person."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", int(os.environ.get("PORT", "3000")), app, threaded=True)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
