// The token endpoint of <coze-chat> in Go 1.19 or newer. It needs only the standard library.
//
//	COZE_OAUTH_CONFIG="$(cat coze_oauth_config.json)" go run main.go
//
// Write your own session lookup into userOfSession, and leave the rest as it is. The endpoint has no rate limit: limit the requests
// per visitor and per address in your gateway. The tests in test/contract/ check this file against the contract of the endpoint.
package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	maxBodyBytes   = 4096
	maxAnswerBytes = 65536
	cozeTimeout    = 8 * time.Second
	// A stolen token works until the end of this time, because Coze cannot revoke a single token.
	tokenLifeSeconds = 3600
)

type config struct {
	ClientID   string `json:"client_id"`
	APIBase    string `json:"coze_api_base"`
	PrivateKey string `json:"private_key"`
	KeyID      string `json:"public_key_id"`
}

type refusal struct {
	status int
	code   string
}

func (r refusal) Error() string { return r.code }

type endpoint struct {
	config   config
	key      *rsa.PrivateKey
	audience string
	// The origins of your pages. Needed only if a proxy changes the host.
	// Common mistake: CORS with "*". The pages of your own site need no CORS.
	ownOrigins map[string]bool
	// The id of the user for each session id. Use the sessions of your site instead; this table comes from the environment.
	sessions map[string]string
	client   *http.Client
}

// userOfSession returns the id of the user who is signed in. Write your own. The id must be unique and must never change.
func (e *endpoint) userOfSession(request *http.Request) (string, bool) {
	cookie, err := request.Cookie("session_id")
	if err != nil {
		return "", false
	}
	id, found := e.sessions[cookie.Value]
	return id, found
}

func (e *endpoint) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	header := response.Header()
	// Common mistake: a response that can be cached. A proxy can then give one visitor's token to another visitor.
	// Error responses must not be cached, either.
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "application/json")
	header.Set("Vary", "Origin, Cookie, Sec-Fetch-Site")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	body, err := e.issueToken(request)
	if err == nil {
		_ = json.NewEncoder(response).Encode(body)
		return
	}
	refused := refusal{http.StatusInternalServerError, "server_error"}
	// Do not log the text of an unexpected error: it may contain anything, even a key.
	if !errors.As(err, &refused) {
		log.Print("The token endpoint failed.")
	}
	if refused.status == http.StatusMethodNotAllowed {
		header.Set("Allow", http.MethodPost)
	}
	response.WriteHeader(refused.status)
	_ = json.NewEncoder(response).Encode(map[string]string{"error": refused.code, "request_id": randomID()})
}

// isNobody has the texts that programs write for a missing id.
var isNobody = map[string]bool{"": true, "<nil>": true, "none": true, "null": true, "undefined": true}

func (e *endpoint) issueToken(request *http.Request) (map[string]any, error) {
	// Common mistake: answering GET. A GET can be cached, prefetched, and triggered by an <img> on another site.
	if request.Method != http.MethodPost {
		return nil, refusal{405, "method_not_allowed"}
	}
	if !e.comesFromOwnPage(request) {
		return nil, refusal{403, "forbidden_origin"}
	}
	claims, err := readClaims(request)
	if err != nil {
		return nil, err
	}
	// Common mistake: trusting the user id in the body. The session decides who the user is; the id in the body is only compared.
	userID, found := e.userOfSession(request)
	if !found {
		return nil, refusal{401, "unauthenticated"}
	}
	// Common mistake: an empty text in place of no user. All visitors with the same id would share one history.
	// Common mistake: an id that is not UTF-8. Each of its bytes becomes U+FFFD, and different ids become the same.
	if isNobody[strings.ToLower(strings.TrimSpace(userID))] || strings.ContainsRune(userID, utf8.RuneError) {
		return nil, refusal{500, "identity_error"}
	}
	if claims.UserID != "" && claims.UserID != userID {
		return nil, refusal{403, "identity_mismatch"}
	}
	// Common mistake: no session_name, or the same one for everybody. Coze finds conversations by session_name alone.
	sessionName := digest("", "", userID)
	// Tells the page whether the token still belongs to the same user, without revealing who that is.
	subject := digest("coze-chat-embed/subject", sessionName)
	if claims.Reason == "verify" {
		return map[string]any{"subject": subject}, nil
	}
	token, expiresAt, err := e.requestToken(request.Context(), sessionName)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"access_token": token,
		"token_type":   "Bearer",
		// Common mistake: passing on Coze's expires_in. Coze's is a date; this one is a number of seconds from now.
		"expires_in": expiresAt - time.Now().Unix(),
		"expires_at": expiresAt,
		"subject":    subject,
	}, nil
}

// comesFromOwnPage decides by Sec-Fetch-Site, unless Origin contradicts it. On plain http, and in browsers from before 2023, there is
// only Origin.
func (e *endpoint) comesFromOwnPage(request *http.Request) bool {
	site, origin := request.Header.Get("Sec-Fetch-Site"), request.Header.Get("Origin")
	if origin != "" && e.ownOrigins[origin] {
		return true
	}
	if site == "" {
		scheme := "http"
		if request.TLS != nil {
			scheme = "https"
		}
		// A proxy may terminate TLS.
		return origin == scheme+"://"+request.Host || origin == "https://"+request.Host
	}
	page, err := url.Parse(origin)
	return site == "same-origin" && (origin == "" || err == nil && page.Host == request.Host)
}

type claims struct {
	UserID string `json:"user_id"`
	Reason string `json:"reason"`
}

func readClaims(request *http.Request) (claims, error) {
	var result claims
	// Another site cannot send this type from a form, and not from a script without a CORS preflight.
	if kind, _, err := mime.ParseMediaType(request.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return result, refusal{415, "unsupported_media_type"}
	}
	body, err := io.ReadAll(io.LimitReader(request.Body, maxBodyBytes+1))
	if err != nil {
		return result, refusal{400, "invalid_request"}
	}
	if len(body) > maxBodyBytes {
		return result, refusal{413, "body_too_large"}
	}
	text := bytes.TrimSpace(body)
	if len(text) == 0 {
		return result, nil
	}
	if text[0] != '{' || !utf8.Valid(text) || json.Unmarshal(text, &result) != nil {
		return result, refusal{400, "invalid_request"}
	}
	return result, nil
}

func (e *endpoint) requestToken(parent context.Context, sessionName string) (string, int64, error) {
	now := time.Now().Unix()
	assertion, err := e.sign(map[string]any{
		"iss": e.config.ClientID,
		"aud": e.audience,
		// Coze refuses an assertion that is dated in the future. The clock of this server may be a little fast.
		"iat":          now - 30,
		"exp":          now + 300,
		"jti":          randomID(),
		"session_name": sessionName,
	})
	if err != nil {
		return "", 0, err
	}
	body, _ := json.Marshal(map[string]any{
		"grant_type":       "urn:ietf:params:oauth:grant-type:jwt-bearer",
		"duration_seconds": tokenLifeSeconds,
	})
	ctx, cancel := context.WithTimeout(parent, cozeTimeout)
	defer cancel()
	exchange, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(e.config.APIBase, "/")+"/api/permission/oauth2/token", bytes.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	exchange.Header.Set("Content-Type", "application/json")
	exchange.Header.Set("Authorization", "Bearer "+assertion)
	response, err := e.client.Do(exchange)
	if err != nil {
		return "", 0, unreachable(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes+1))
	if err != nil {
		return "", 0, unreachable(err)
	}
	if response.StatusCode != http.StatusOK {
		log.Printf("Coze answered %d to a request for a token.", response.StatusCode)
		if response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500 {
			return "", 0, refusal{503, "upstream_unavailable"}
		}
		// Common mistake: passing on Coze's error message. It names your OAuth app.
		return "", 0, refusal{500, "upstream_rejected"}
	}
	return parseAnswer(answer, now)
}

func unreachable(err error) error {
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return refusal{504, "upstream_timeout"}
	}
	return refusal{503, "upstream_unavailable"}
}

func parseAnswer(answer []byte, now int64) (string, int64, error) {
	var body struct {
		Code      int64  `json:"code"`
		Token     string `json:"access_token"`
		ExpiresAt int64  `json:"expires_in"`
	}
	if len(answer) > maxAnswerBytes || json.Unmarshal(answer, &body) != nil {
		return "", 0, refusal{502, "upstream_invalid"}
	}
	if body.Code != 0 {
		return "", 0, refusal{503, "upstream_unavailable"}
	}
	if body.Token == "" || body.ExpiresAt <= now || body.ExpiresAt > now+tokenLifeSeconds+60 {
		return "", 0, refusal{502, "upstream_invalid"}
	}
	return body.Token, body.ExpiresAt, nil
}

func (e *endpoint) sign(claims map[string]any) (string, error) {
	header, _ := json.Marshal(map[string]string{"alg": "RS256", "typ": "JWT", "kid": e.config.KeyID})
	payload, _ := json.Marshal(claims)
	signed := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(payload)
	hash := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, e.key, crypto.SHA256, hash[:])
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

// digest returns base64url(SHA-256(JSON)), as coze-chat-embed/server does: visitors keep their histories if you change from one to the other.
// Common mistake: tenant + "-" + user. With that, ("a-b", "c") and ("a", "b-c") are the same user.
func digest(parts ...string) string {
	quoted := make([]string, len(parts))
	for index, part := range parts {
		quoted[index] = quote(part)
	}
	hash := sha256.Sum256([]byte("[" + strings.Join(quoted, ",") + "]"))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// quote writes a string as JSON.stringify does. Go's own encoder escapes more characters.
func quote(text string) string {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	var result strings.Builder
	for _, character := range text {
		if escaped, found := short[character]; found {
			result.WriteString(escaped)
		} else if character < 0x20 {
			fmt.Fprintf(&result, `\u%04x`, character)
		} else {
			result.WriteRune(character)
		}
	}
	return `"` + result.String() + `"`
}

func randomID() string {
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		panic("There is no randomness.")
	}
	return hex.EncodeToString(id)
}

func parseKey(text string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("private_key is no PEM")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if rsaKey, isRSA := key.(*rsa.PrivateKey); err == nil && isRSA {
		return rsaKey, nil
	}
	return nil, errors.New("private_key is no RSA key")
}

func newEndpoint() (*endpoint, error) {
	e := &endpoint{ownOrigins: map[string]bool{}, sessions: map[string]string{}}
	if json.Unmarshal([]byte(os.Getenv("COZE_OAUTH_CONFIG")), &e.config) != nil {
		return nil, errors.New("COZE_OAUTH_CONFIG is no JSON")
	}
	base, err := url.Parse(e.config.APIBase)
	if err != nil {
		return nil, errors.New("coze_api_base is no URL")
	}
	if e.audience = os.Getenv("COZE_AUDIENCE"); e.audience == "" {
		e.audience = base.Host
	}
	for _, origin := range strings.Fields(os.Getenv("OWN_ORIGINS")) {
		e.ownOrigins[origin] = true
	}
	if table := os.Getenv("SESSIONS"); table != "" && json.Unmarshal([]byte(table), &e.sessions) != nil {
		return nil, errors.New("SESSIONS is no JSON")
	}
	// Follow no redirect: the assertion must not go to another address.
	e.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	e.key, err = parseKey(e.config.PrivateKey)
	return e, err
}

func main() {
	e, err := newEndpoint()
	if err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/api/coze/token", e)
	fmt.Printf("http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second}
	log.Fatal(server.Serve(listener))
}
