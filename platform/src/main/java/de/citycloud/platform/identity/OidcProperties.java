package de.citycloud.platform.identity;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider ({@code city.oidc.*}); without an issuer there is none.
 *
 * @param issuer address of the provider, exactly as its tokens say it, e.g. {@code https://login.example/realms/stadt}
 * @param clientId name of this program there
 * @param clientSecret its secret; empty for a public client
 * @param scopes what is asked for
 * @param audience what a bearer token must be made for to open the doors of machines; absent: none does
 * @param nameClaim claim with the sign-in name
 * @param groupsClaim claim with the groups; a list of texts
 * @param roles which role a group gives, e.g. {@code bauamt: caseworker}; empty: roles are given here, by hand
 * @param levelClaim claim with the level of assurance
 * @param levels which level a value of that claim is, also what is asked for in a step-up
 */
@ConfigurationProperties("city.oidc")
record OidcProperties(@Nullable String issuer, @DefaultValue("smart-city-cloud") String clientId,
    @DefaultValue("") String clientSecret, @DefaultValue({
        "openid", "profile"}) Set<String> scopes,
    @Nullable String audience, @DefaultValue("preferred_username") String nameClaim,
    @DefaultValue("groups") String groupsClaim, @DefaultValue Map<String, Role> roles,
    @DefaultValue("acr") String levelClaim, @DefaultValue Map<String, Assurance> levels) {
  boolean isOn() {
    return issuer != null && !issuer.isBlank();
  }
}
