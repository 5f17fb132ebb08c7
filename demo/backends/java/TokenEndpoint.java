import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The token endpoint of &lt;coze-chat&gt; in Java 17. It needs only the JDK.
 *
 * <pre>COZE_OAUTH_CONFIG="$(cat coze_oauth_config.json)" java TokenEndpoint.java</pre>
 *
 * Write your own session lookup into userOfSession. You can use issueToken and the methods that it calls in a servlet or in Spring, too;
 * there, replace Json with Jackson. The endpoint has no rate limit: limit the requests per visitor and per address in your gateway. The
 * tests in test/contract/ check this file against the contract of the endpoint.
 */
public final class TokenEndpoint {
    private static final int MAX_BODY_BYTES = 4096;
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final int COZE_TIMEOUT_SECONDS = 8;
    /** A stolen token works until the end of this time, because Coze cannot revoke a single token. */
    private static final int TOKEN_LIFE_SECONDS = 3600;

    /** The texts that programs write for a missing id. */
    private static final Set<String> NOBODY = Set.of("", "none", "null", "undefined");

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final class Refusal extends Exception {
        final int status;
        final String error;

        Refusal(int status, String error) {
            super(error, null, false, false);
            this.status = status;
            this.error = error;
        }
    }

    private final Map<String, Object> config;
    private final PrivateKey key;
    private final String audience;
    /**
     * The origins of your pages. Needed only if a proxy changes the host.
     * Common mistake: CORS with "*". The pages of your own site need no CORS.
     */
    private final Set<String> ownOrigins;
    /** The id of the user for each session id. Use the sessions of your site instead; this table comes from the environment. */
    private final Map<String, Object> sessions;
    /** Follows no redirect: the assertion must not go to another address. */
    private final HttpClient client;
    private final ExecutorService workers = Executors.newCachedThreadPool();

    private TokenEndpoint(Map<String, String> environment) throws Exception {
        config = Json.parseObject(environment.getOrDefault("COZE_OAUTH_CONFIG", ""));
        String pem = ((String) config.get("private_key")).replaceAll("-----[A-Z ]+-----|\\s", "");
        key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        audience = environment.getOrDefault("COZE_AUDIENCE", URI.create((String) config.get("coze_api_base")).getAuthority());
        ownOrigins = Set.copyOf(Arrays.asList(environment.getOrDefault("OWN_ORIGINS", "-").split(" ")));
        sessions = Json.parseObject(environment.getOrDefault("SESSIONS", "{}"));
        client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(COZE_TIMEOUT_SECONDS)).build();
    }

    /** Returns the id of the user who is signed in, or null. Write your own. The id must be unique and must never change. */
    private String userOfSession(HttpExchange exchange) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String cookie : header.split(";")) {
                if (cookie.strip().startsWith("session_id=")) return (String) sessions.get(cookie.strip().substring("session_id=".length()));
            }
        }
        return null;
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        Map<String, Object> body;
        try {
            body = issueToken(exchange);
        } catch (Refusal refusal) {
            status = refusal.status;
            body = Map.of("error", refusal.error, "request_id", randomId());
        } catch (Exception error) {
            // Do not log the text of the error: it may contain anything, even a key.
            System.err.println("The token endpoint failed: " + error.getClass().getSimpleName());
            status = 500;
            body = Map.of("error", "server_error", "request_id", randomId());
        }
        var headers = exchange.getResponseHeaders();
        // Common mistake: a response that can be cached. A proxy can then give one visitor's token to another visitor.
        // Error responses must not be cached, either.
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Type", "application/json");
        headers.set("Vary", "Origin, Cookie, Sec-Fetch-Site");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (status == 405) headers.set("Allow", "POST");
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> issueToken(HttpExchange exchange) throws Exception {
        // Common mistake: answering GET. A GET can be cached, prefetched, and triggered by an <img> on another site.
        if (!exchange.getRequestMethod().equals("POST")) throw new Refusal(405, "method_not_allowed");
        if (!comesFromOwnPage(exchange)) throw new Refusal(403, "forbidden_origin");
        Map<String, Object> claims = readClaims(exchange);
        // Common mistake: trusting the user id in the body. The session decides who the user is; the id in the body is only compared.
        String userId = userOfSession(exchange);
        if (userId == null) throw new Refusal(401, "unauthenticated");
        // Common mistake: String.valueOf(null), or an empty text. All visitors with the same id would share one history.
        boolean isNobody = NOBODY.contains(userId.strip().toLowerCase(Locale.ROOT));
        // Common mistake: an id that was decoded in the wrong charset. Each unknown byte becomes U+FFFD, and different ids become the same.
        if (isNobody || userId.indexOf('\uFFFD') >= 0) throw new Refusal(500, "identity_error");
        Object claimed = claims.get("user_id");
        if (claimed != null && !claimed.equals("") && !claimed.equals(userId)) throw new Refusal(403, "identity_mismatch");

        // Common mistake: no session_name, or the same one for everybody. Coze finds conversations by session_name alone.
        String sessionName = digest("", "", userId);
        // Tells the page whether the token still belongs to the same user, without revealing who that is.
        String subject = digest("coze-chat-embed/subject", sessionName);
        if ("verify".equals(claims.get("reason"))) return Map.of("subject", subject);
        Map<String, Object> answer = requestToken(sessionName);
        long expiresAt = (Long) answer.get("expires_in");
        var body = new LinkedHashMap<String, Object>();
        body.put("access_token", answer.get("access_token"));
        body.put("token_type", "Bearer");
        // Common mistake: passing on Coze's expires_in. Coze's is a date; this one is a number of seconds from now.
        body.put("expires_in", expiresAt - Instant.now().getEpochSecond());
        body.put("expires_at", expiresAt);
        body.put("subject", subject);
        return body;
    }

    /** Decides by Sec-Fetch-Site, unless Origin contradicts it. On plain http, and in browsers from before 2023, there is only Origin. */
    private boolean comesFromOwnPage(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getFirst("Origin");
        String host = headers.getFirst("Host");
        if (origin != null && !origin.isEmpty() && ownOrigins.contains(origin)) return true;
        // A proxy in front of this server may terminate TLS.
        if (site == null) return ("http://" + host).equals(origin) || ("https://" + host).equals(origin);
        return site.equals("same-origin") && (origin == null || origin.replaceFirst("^https?://", "").equals(host));
    }

    private static Map<String, Object> readClaims(HttpExchange exchange) throws Exception {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // Another site cannot send this type from a form, and not from a script without a CORS preflight.
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) throw new Refusal(415, "unsupported_media_type");
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) throw new Refusal(413, "body_too_large");
        if (bytes.length == 0) return Map.of();
        try {
            Map<String, Object> claims = Json.parseObject(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            if (claims.get("user_id") == null || claims.get("user_id") instanceof String) return claims;
        } catch (IllegalArgumentException | CharacterCodingException error) {
            // The throw below refuses it.
        }
        throw new Refusal(400, "invalid_request");
    }

    private Map<String, Object> requestToken(String sessionName) throws Exception {
        long now = Instant.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", config.get("client_id"));
        claims.put("aud", audience);
        // Coze refuses an assertion that is dated in the future. The clock of this server may be a little fast.
        claims.put("iat", now - 30);
        claims.put("exp", now + 300);
        claims.put("jti", randomId());
        claims.put("session_name", sessionName);
        Map<String, Object> body = Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "duration_seconds", (long) TOKEN_LIFE_SECONDS);
        String base = ((String) config.get("coze_api_base")).replaceFirst("/+$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/permission/oauth2/token"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + sign(claims))
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build();
        Future<Answer> asked = workers.submit(() -> send(request));
        Answer answer;
        try {
            answer = asked.get(COZE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException error) {
            asked.cancel(true);
            throw new Refusal(504, "upstream_timeout");
        } catch (ExecutionException error) {
            throw new Refusal(503, "upstream_unavailable");
        }
        if (answer.status() != 200) {
            System.err.println("Coze answered " + answer.status() + " to a request for a token.");
            // Common mistake: passing on Coze's error message. It names your OAuth app.
            throw answer.status() == 429 || answer.status() >= 500 ? new Refusal(503, "upstream_unavailable") : new Refusal(500, "upstream_rejected");
        }
        return parseAnswer(answer.body(), now);
    }

    private record Answer(int status, byte[] body) {}

    /** Runs in a thread of its own, so that requestToken can interrupt it when it takes too long. */
    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Answer(response.statusCode(), body.readNBytes(MAX_ANSWER_BYTES + 1));
        }
    }

    private static Map<String, Object> parseAnswer(byte[] bytes, long now) throws Refusal {
        Map<String, Object> body;
        try {
            if (bytes.length > MAX_ANSWER_BYTES) throw new IllegalArgumentException();
            body = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException error) {
            throw new Refusal(502, "upstream_invalid");
        }
        if (body.get("code") instanceof Long code && code != 0) throw new Refusal(503, "upstream_unavailable");
        boolean hasToken = body.get("access_token") instanceof String token && !token.isEmpty();
        boolean isAlive = body.get("expires_in") instanceof Long end && end > now && end <= now + TOKEN_LIFE_SECONDS + 60;
        if (!hasToken || !isAlive) throw new Refusal(502, "upstream_invalid");
        return body;
    }

    private String sign(Map<String, Object> claims) throws GeneralSecurityException {
        var header = new LinkedHashMap<String, Object>(Map.of("alg", "RS256", "typ", "JWT"));
        header.put("kid", config.get("public_key_id"));
        String signed = base64Url(Json.write(header).getBytes(StandardCharsets.UTF_8)) + "." + base64Url(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64Url(signature.sign());
    }

    /**
     * Returns base64url(SHA-256(JSON)), as coze-chat-embed/server does: visitors keep their histories if you change from one to the other.
     * Common mistake: tenant + "-" + user. With that, ("a-b", "c") and ("a", "b-c") are the same user.
     */
    private static String digest(String... parts) throws GeneralSecurityException {
        String text = Arrays.stream(parts).map(Json::quote).collect(Collectors.joining(",", "[", "]"));
        return base64Url(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String randomId() {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The part of JSON (RFC 8259) that this file needs. The JDK has no JSON parser. */
    private static final class Json {
        private static final int MAX_DEPTH = 64;
        private final String text;
        private int at = 0;

        private Json(String text) {
            this.text = text;
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> parseObject(String text) {
            var json = new Json(text);
            Object value = json.value(0);
            json.skipSpace();
            if (json.at < text.length() || !(value instanceof Map)) throw new IllegalArgumentException();
            return (Map<String, Object>) value;
        }

        static String write(Map<String, Object> members) {
            return members.entrySet().stream()
                .map(member -> quote(member.getKey()) + ":" + (member.getValue() instanceof String string ? quote(string) : member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        }

        /** Writes a string as JSON.stringify does. */
        static String quote(String text) {
            var result = new StringBuilder("\"");
            for (char character : text.toCharArray()) {
                int index = "\"\\\b\f\n\r\t".indexOf(character);
                if (index >= 0) result.append('\\').append("\"\\bfnrt".charAt(index));
                else if (character < 0x20) result.append(String.format("\\u%04x", (int) character));
                else result.append(character);
            }
            return result.append('"').toString();
        }

        private Object value(int depth) {
            if (depth > MAX_DEPTH) throw new IllegalArgumentException();
            skipSpace();
            char next = at < text.length() ? text.charAt(at) : 0;
            if (next == '{') return object(depth);
            if (next == '[') return list(depth);
            if (next == '"') return string();
            for (var word : Map.of("true", Boolean.TRUE, "false", Boolean.FALSE).entrySet()) if (take(word.getKey())) return word.getValue();
            if (take("null")) return null;
            return number();
        }

        private Map<String, Object> object(int depth) {
            var members = new LinkedHashMap<String, Object>();
            expect("{");
            if (take("}")) return members;
            do {
                skipSpace();
                String name = string();
                expect(":");
                members.put(name, value(depth + 1));
            } while (take(","));
            expect("}");
            return members;
        }

        private List<Object> list(int depth) {
            var items = new ArrayList<Object>();
            expect("[");
            if (take("]")) return items;
            do items.add(value(depth + 1)); while (take(","));
            expect("]");
            return items;
        }

        private String string() {
            if (at >= text.length() || text.charAt(at++) != '"') throw new IllegalArgumentException();
            var result = new StringBuilder();
            while (at < text.length()) {
                char character = text.charAt(at++);
                if (character == '"') return result.toString();
                if (character < 0x20) throw new IllegalArgumentException();
                result.append(character == '\\' ? escape() : character);
            }
            throw new IllegalArgumentException();
        }

        private char escape() {
            if (at >= text.length()) throw new IllegalArgumentException();
            char kind = text.charAt(at++);
            if (kind == 'u' && at + 4 <= text.length()) return (char) Integer.parseInt(text.substring(at, at += 4), 16);
            int index = "\"\\/bfnrt".indexOf(kind);
            if (index < 0) throw new IllegalArgumentException();
            return "\"\\/\b\f\n\r\t".charAt(index);
        }

        private Object number() {
            int start = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
            String digits = text.substring(start, at);
            return digits.matches("-?\\d{1,18}") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
        }

        private boolean take(String expected) {
            skipSpace();
            if (!text.startsWith(expected, at)) return false;
            at += expected.length();
            return true;
        }

        private void expect(String expected) {
            if (!take(expected)) throw new IllegalArgumentException();
        }

        private void skipSpace() {
            while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
        }
    }

    public static void main(String[] args) throws Exception {
        var endpoint = new TokenEndpoint(System.getenv());
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/api/coze/token", endpoint::handle);
        server.setExecutor(endpoint.workers);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
