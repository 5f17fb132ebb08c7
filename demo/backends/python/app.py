"""The token endpoint of <coze-chat> in Python: FastAPI and Coze's official cozepy.

    pip install -r requirements.txt
    COZE_OAUTH_CONFIG="$(cat coze_oauth_config.json)" uvicorn app:app

Put your own session lookup into user_of_session; the rest can stay. Limit the rate per visitor and per address in front
of it, in your gateway.
"""

import base64
import hashlib
import json
import logging
import os
import time
import uuid
from typing import Any, Optional

import httpx
from cozepy import AsyncJWTOAuthApp, CozeError
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

MAX_BODY_BYTES = 4096
# Coze cannot revoke a single token, so a stolen one works that long.
TOKEN_LIFE_SECONDS = 3600
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# Mistake: a cacheable answer. A proxy or a CDN then hands one visitor's token to the next. Refusals count, too:
# a 405 may be cached unless it says no.
HEADERS = {
    "cache-control": "no-store",
    "vary": "Origin, Cookie, Sec-Fetch-Site",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}

# Mistake: CORSMiddleware with "*", or with allow_origin_regex. Then any site can ask for your visitors' tokens with
# your visitors' cookies. Pages of your own site need no CORS at all. Here: your own origins, for browsers that do not
# send Sec-Fetch-Site.
OWN_ORIGINS = frozenset(os.environ.get("OWN_ORIGINS", "").split())

config = json.loads(os.environ["COZE_OAUTH_CONFIG"])
coze = AsyncJWTOAuthApp(
    client_id=config["client_id"],
    private_key=config["private_key"],
    public_key_id=config["public_key_id"],
    # An app exists in one region only: https://api.coze.cn or https://api.coze.com. cozepy's default is the latter.
    base_url=config["coze_api_base"],
)
app = FastAPI()
log = logging.getLogger(__name__)


class Refusal(Exception):
    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


async def user_of_session(session_id: Optional[str]) -> Optional[str]:
    """Yours: the id of the user who is signed in under this session cookie. It must be unique and must never change."""
    raise NotImplementedError


# Mistake: @app.get. A GET can be cached, prefetched and triggered by an <img> of another site.
# All methods are routed here, so that even a refused one gets the headers above.
@app.api_route("/api/coze/token", methods=METHODS)
async def token_endpoint(request: Request) -> JSONResponse:
    try:
        return JSONResponse(await issue_token(request), headers=HEADERS)
    except Refusal as refusal:
        body = {"error": refusal.error, "request_id": uuid.uuid4().hex}
        allow = {"allow": "POST"} if refusal.status == 405 else {}
        return JSONResponse(body, status_code=refusal.status, headers={**HEADERS, **allow})


async def issue_token(request: Request) -> dict[str, Any]:
    if request.method != "POST":
        raise Refusal(405, "method_not_allowed")
    if not comes_from_own_page(request):
        raise Refusal(403, "forbidden_origin")
    claims = await read_json(request)

    # Mistake: the user id from the body. Whoever writes another id there reads that person's chat. The session says who
    # it is; what the body says is only compared, which shows a page that still believes in the visitor before.
    user_id = await user_of_session(request.cookies.get("session_id"))
    if not user_id:
        raise Refusal(401, "unauthenticated")
    claimed = claims.get("user_id")
    if claimed is not None and claimed != user_id:
        raise Refusal(403, "identity_mismatch")

    # Mistake: no session_name, or one for everybody. Coze finds conversations by it alone; without it all visitors
    # share one history.
    session_name = digest(["", "", user_id])
    token = await request_token(session_name)
    # Mistake: passing expires_in on. Coze's is a date in seconds since 1970; OAuth's, and this contract's, is a number
    # of seconds from now.
    expires_at = int(token.expires_in)
    return {
        "access_token": token.access_token,
        "token_type": "Bearer",
        "expires_in": expires_at - int(time.time()),
        "expires_at": expires_at,
        # Tells the page whether the token still belongs to the same person, without telling who that is.
        "subject": digest(["coze-chat-embed/subject", session_name]),
    }


def comes_from_own_page(request: Request) -> bool:
    if request.headers.get("origin") in OWN_ORIGINS:
        return True
    return request.headers.get("sec-fetch-site") == "same-origin"


async def read_json(request: Request) -> dict[str, Any]:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        # A form of another site cannot send JSON without asking first.
        raise Refusal(415, "unsupported_media_type")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise Refusal(413, "body_too_large")
    try:
        claims = json.loads(body or b"{}")
    except ValueError:
        raise Refusal(400, "invalid_request") from None
    if not isinstance(claims, dict):
        raise Refusal(400, "invalid_request")
    return claims


async def request_token(session_name: str) -> Any:
    try:
        return await coze.get_access_token(ttl=TOKEN_LIFE_SECONDS, session_name=session_name)
    except httpx.HTTPError as error:
        log.warning("Coze cannot be reached: %s", type(error).__name__)
        raise Refusal(503, "upstream_unavailable") from None
    except CozeError as error:
        # Mistake: Coze's message in the answer. It names your app; the operator needs it, the visitor does not.
        log.error("Coze refused to issue a token: %s", error)
        raise Refusal(500, "upstream_rejected") from None


def digest(parts: list[str]) -> str:
    """base64url(SHA-256(JSON)). Mistake: f"{tenant}-{user}" instead; then ("a-b", "c") and ("a", "b-c") are one person.

    The same as in coze-chat-embed/server, so that changing from one to the other keeps every history.
    """
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
