package com.example.chat;

import com.coze.openapi.client.exception.CozeAuthException;
import com.coze.openapi.service.auth.JWTOAuthClient;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The token endpoint of {@code <coze-chat>} in Java: Spring Boot 3 and Coze's official {@code com.coze:coze-api} (0.4.2).
 *
 * <p>Put your own session lookup into {@link #userOf}; the rest can stay. With Spring Security, exempt this path from its CSRF
 * token: {@link #comesFromOwnPage} does that work. Limit the rate per visitor and per address in front of it, in your gateway.
 */
@RestController
public class CozeTokenController {
  private static final Logger log = LoggerFactory.getLogger(CozeTokenController.class);
  private static final ObjectMapper json = new ObjectMapper();
  private static final int MAX_BODY_BYTES = 4096;

  /** Coze cannot revoke a single token, so a stolen one works that long. */
  private static final int TOKEN_LIFE_SECONDS = 3600;

  private final JWTOAuthClient coze;

  /**
   * Your own origins, for browsers that do not send Sec-Fetch-Site.
   *
   * <p>Mistake: {@code @CrossOrigin}, which allows "*", or an origin taken from the request. Then any site can ask for your visitors'
   * tokens. Pages of your own site need no CORS at all.
   */
  private final Set<String> ownOrigins;

  public CozeTokenController(@Value("${coze.oauth-config}") String oauthConfig, @Value("${coze.own-origins:}") Set<String> ownOrigins)
      throws Exception {
    JsonNode config = json.readTree(oauthConfig);
    this.coze =
        new JWTOAuthClient.JWTOAuthBuilder()
            .clientID(config.required("client_id").asText())
            .privateKey(config.required("private_key").asText())
            .publicKey(config.required("public_key_id").asText())
            // An app exists in one region only: https://api.coze.cn or https://api.coze.com.
            .baseURL(config.required("coze_api_base").asText())
            .build();
    this.ownOrigins = ownOrigins;
  }

  /** Yours: the user who is signed in. The id must be unique and must never change. */
  private static String userOf(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute("userId");
  }

  // Mistake: @GetMapping. A GET can be cached, prefetched and triggered by an <img> of another site.
  // All methods are mapped here, so that even a refused one is marked as not to be cached.
  @RequestMapping("/api/coze/token")
  public ResponseEntity<Map<String, Object>> token(HttpServletRequest request) throws IOException {
    try {
      return answer(200, issueToken(request));
    } catch (Refusal refusal) {
      return answer(refusal.status, Map.of("error", refusal.error, "request_id", UUID.randomUUID().toString()));
    }
  }

  private Map<String, Object> issueToken(HttpServletRequest request) throws IOException, Refusal {
    if (!request.getMethod().equals("POST")) throw new Refusal(405, "method_not_allowed");
    if (!comesFromOwnPage(request)) throw new Refusal(403, "forbidden_origin");
    JsonNode claims = readJson(request);

    // Mistake: the user id from the body. Whoever writes another id there reads that person's chat. The session says who it is;
    // what the body says is only compared, which shows a page that still believes in the visitor before.
    String userId = userOf(request);
    if (userId == null || userId.isEmpty()) throw new Refusal(401, "unauthenticated");
    if (claims.hasNonNull("user_id") && !claims.get("user_id").asText().equals(userId)) throw new Refusal(403, "identity_mismatch");

    // Mistake: getAccessToken() without a session name, or with one for everybody. Coze finds conversations by it alone; without it all
    // visitors share one history. The SDK's JWTOAuth keeps a token for you, but it must not be shared by two visitors.
    String sessionName = digest(List.of("", "", userId));
    var token = requestToken(sessionName);

    // Mistake: passing expiresIn on. Coze's is a date in seconds since 1970; OAuth's, and this contract's, is a number of seconds from now.
    long expiresAt = token.expiresAt();
    return Map.of(
        "access_token", token.value(),
        "token_type", "Bearer",
        "expires_in", expiresAt - Instant.now().getEpochSecond(),
        "expires_at", expiresAt,
        // Tells the page whether the token still belongs to the same person, without telling who that is.
        "subject", digest(List.of("coze-chat-embed/subject", sessionName)));
  }

  private boolean comesFromOwnPage(HttpServletRequest request) {
    String origin = request.getHeader("origin");
    if (origin != null && ownOrigins.contains(origin)) return true;
    return "same-origin".equals(request.getHeader("sec-fetch-site"));
  }

  private static JsonNode readJson(HttpServletRequest request) throws IOException, Refusal {
    String contentType = request.getContentType() == null ? "" : request.getContentType();
    // A form of another site cannot send JSON without asking first.
    if (!contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) throw new Refusal(415, "unsupported_media_type");

    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) throw new Refusal(413, "body_too_large");
    if (body.length == 0) return json.createObjectNode();
    try {
      JsonNode claims = json.readTree(body);
      if (claims.isObject()) return claims;
    } catch (JsonProcessingException notJson) {
      // Answered below, like JSON of another shape.
    }
    throw new Refusal(400, "invalid_request");
  }

  private AccessToken requestToken(String sessionName) throws Refusal {
    try {
      var token = coze.getAccessToken(TOKEN_LIFE_SECONDS, sessionName);
      return new AccessToken(token.getAccessToken(), token.getExpiresIn());
    } catch (CozeAuthException error) {
      // Mistake: Coze's message in the answer. It names your app; the operator needs it, the visitor does not.
      log.error("Coze refused to issue a token: {}", error.getMessage());
      throw new Refusal(500, "upstream_rejected");
    } catch (RuntimeException error) {
      log.warn("Coze cannot be reached: {}", error.getClass().getSimpleName());
      throw new Refusal(503, "upstream_unavailable");
    }
  }

  // Mistake: a cacheable answer. A proxy or a CDN then hands one visitor's token to the next. Refusals count, too: a 405 may be cached
  // unless it says no.
  private static ResponseEntity<Map<String, Object>> answer(int status, Map<String, Object> body) {
    var answer =
        ResponseEntity.status(status)
            .header("cache-control", "no-store")
            .header("vary", "Origin, Cookie, Sec-Fetch-Site")
            .header("x-content-type-options", "nosniff")
            .header("cross-origin-resource-policy", "same-origin");
    if (status == 405) answer.header("allow", "POST");
    return answer.body(body);
  }

  /**
   * base64url(SHA-256(JSON)). Mistake: {@code tenant + "-" + user} instead; then ("a-b", "c") and ("a", "b-c") are one person.
   *
   * <p>The same as in coze-chat-embed/server, so that changing from one to the other keeps every history.
   */
  private static String digest(List<String> parts) throws JsonProcessingException {
    try {
      byte[] text = json.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private record AccessToken(String value, long expiresAt) {}

  private static final class Refusal extends Exception {
    final int status;
    final String error;

    Refusal(int status, String error) {
      super(error);
      this.status = status;
      this.error = error;
    }
  }
}
