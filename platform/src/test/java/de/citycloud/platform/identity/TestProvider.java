package de.citycloud.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A small OpenID Connect provider over HTTP, which answers as well or as badly as a test asks it to. */
final class TestProvider implements AutoCloseable {
  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey strangersKey;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  /** What the next ID token says; a test changes it. */
  volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
  /** How the next ID token is signed. */
  volatile Signature signature = Signature.RIGHT;

  enum Signature {
    RIGHT, STRANGER, NONE
  }

  TestProvider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    strangersKey = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200,
        """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/keys","subject_types_supported":["public"],"response_types_supported":["code"],
         "id_token_signing_alg_values_supported":["RS256"]}
        """.formatted(issuer())));
    server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a person does at the provider: signs in, and is sent back with a code. */
  String signIn(String authorizationRequest) {
    var asked = parse(URI.create(authorizationRequest).getRawQuery());
    var code = "code-" + codes.size();
    codes.put(code, asked);
    return "?code=" + code + "&state=" + asked.get("state");
  }

  private void token(HttpExchange exchange) throws IOException {
    var sent = parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var asked = codes.remove(sent.getOrDefault("code", ""));
    if (asked == null || !challenge(sent.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
        || !java.util.Objects.equals(asked.get("redirect_uri"), sent.get("redirect_uri"))) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    answer(exchange, 200,
        "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\"%s\"}"
            .formatted(token(claims.apply(builder().audience("smart-city-cloud").claim("nonce", asked.get("nonce"))
                .claim("preferred_username", "erika").claim("auth_time", Instant.now().getEpochSecond())).build())));
  }

  /** The claims of a good token, but for its audience. */
  JWTClaimsSet.Builder builder() {
    return new JWTClaimsSet.Builder().issuer(issuer()).subject("person-1").issueTime(new Date())
        .expirationTime(Date.from(Instant.now().plusSeconds(300)));
  }

  /** A token as {@link #signature} says. */
  String token(JWTClaimsSet content) {
    try {
      if (signature == Signature.NONE) {
        return new PlainJWT(content).serialize();
      }
      var signed = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), content);
      signed.sign(new RSASSASigner(signature == Signature.RIGHT ? key : strangersKey));
      return signed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> parse(String query) {
    return Arrays.stream(query.split("&")).map(part -> part.split("=", 2)).collect(Collectors.toMap(part -> part[0],
        part -> URLDecoder.decode(List.of(part).getLast(), StandardCharsets.UTF_8), (one, two) -> two, HashMap::new));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
