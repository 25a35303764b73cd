package de.citycloud.platform.identity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * The identity provider, over Spring Security's OpenID Connect parts. What it says about itself is asked for at the
 * first use, so that the program starts without it.
 */
@Component
class Provider {
  /** Signed with a key that only the provider has; {@code none} and shared secrets are not among them. */
  private static final List<SignatureAlgorithm> ALGORITHMS = List.of(SignatureAlgorithm.RS256,
      SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

  private final OidcProperties properties;
  private volatile @Nullable Known known;

  Provider(OidcProperties properties) {
    this.properties = properties;
  }

  private record Known(ClientRegistration client, NimbusJwtDecoder idTokens, NimbusJwtDecoder bearerTokens) {}

  /** What the provider said about itself. */
  ClientRegistration client() {
    return known().client;
  }

  /**
   * Exchanges a code for an ID token and checks it: signature, issuer, audience, time.
   *
   * @throws org.springframework.security.core.AuthenticationException if the provider refuses the code
   * @throws JwtException if the token is not good
   */
  Jwt exchange(OAuth2AuthorizationRequest request, String code, String state) {
    var response = OAuth2AuthorizationResponse.success(code).state(state)
        .redirectUri(String.valueOf(request.getRedirectUri())).build();
    var tokens = new RestClientAuthorizationCodeTokenResponseClient().getTokenResponse(
        new OAuth2AuthorizationCodeGrantRequest(client(), new OAuth2AuthorizationExchange(request, response)));
    if (tokens.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String text) {
      return known().idTokens.decode(text);
    }
    throw new JwtException("The provider sent no ID token.");
  }

  /** @throws JwtException if the token is none of this provider, for another audience, or too old */
  Jwt bearer(String text) {
    return known().bearerTokens.decode(text);
  }

  private Known known() {
    var now = known;
    if (now == null) {
      var builder = ClientRegistrations.fromIssuerLocation(String.valueOf(properties.issuer())).registrationId("city")
          .clientId(properties.clientId()).scope(properties.scopes());
      var client = (properties.clientSecret().isEmpty()
          ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
          : builder.clientSecret(properties.clientSecret())
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC))
          .build();
      var audience = properties.audience();
      now = new Known(client, decoder(client, new OidcIdTokenValidator(client)),
          decoder(client, new DelegatingOAuth2TokenValidator<>(
              JwtValidators.createDefaultWithIssuer(String.valueOf(properties.issuer())),
              new JwtClaimValidator<List<String>>(JwtClaimNames.AUD,
                  given -> given != null && audience != null && given.contains(audience)),
              new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null))));
      known = now;
    }
    return now;
  }

  private static NimbusJwtDecoder decoder(ClientRegistration client, OAuth2TokenValidator<Jwt> rules) {
    var decoder = NimbusJwtDecoder.withJwkSetUri(String.valueOf(client.getProviderDetails().getJwkSetUri()))
        .jwsAlgorithms(algorithms -> algorithms.addAll(Set.copyOf(ALGORITHMS))).build();
    decoder.setJwtValidator(rules);
    return decoder;
  }
}
