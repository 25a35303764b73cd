package de.citycloud.platform.identity;

import de.citycloud.platform.municipality.CurrentMunicipality;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys (WebAuthn level 2, over Spring Security). What the browser is asked for goes out with the page, together with
 * a sealed ticket that brings the challenge back; a challenge works once. User verification is required, so that a
 * passkey alone is two factors.
 */
@Service
class Passkeys {
  private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
  private static final Duration VALID = Duration.ofMinutes(10);
  /** More than any authenticator writes. */
  private static final int LONGEST_ANSWER = 20_000;
  private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(PublicKeyCredentialParameters.EdDSA,
      PublicKeyCredentialParameters.ES256, PublicKeyCredentialParameters.RS256);

  private final PasskeyStore store;
  private final SecretBox box;
  private final SpentTokens spent;
  private final IdentityProperties properties;
  private final JsonMapper json = JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

  Passkeys(PasskeyStore store, SecretBox box, SpentTokens spent, IdentityProperties properties) {
    this.store = store;
    this.box = box;
    this.spent = spent;
    this.properties = properties;
  }

  /**
   * What a page carries for the browser.
   *
   * @param options as JSON, for {@code navigator.credentials}
   * @param ticket comes back with the answer
   */
  record Ask(String options, String ticket) {}

  /** Asks for any passkey of this site; null where passkeys do not work: under another address. */
  @Nullable
  Ask request(HttpServletRequest request) {
    if (!works(request)) {
      return null;
    }
    var challenge = Bytes.random();
    return new Ask(json.writeValueAsString(requestOptions(challenge)),
        box.note(challenge.toBase64UrlString(), use("sign-in"), VALID));
  }

  /** Asks for a new passkey of an account; null where passkeys do not work. */
  @Nullable
  Ask creation(HttpServletRequest request, SignedIn account) {
    if (!works(request)) {
      return null;
    }
    var challenge = Bytes.random();
    return new Ask(json.writeValueAsString(creationOptions(challenge, account)),
        box.note(challenge.toBase64UrlString(), use("new " + account.accountId()), VALID));
  }

  /** The account whose passkey answered; empty if the answer is not good. */
  Optional<Integer> signIn(HttpServletRequest request, String ticket, String answer) {
    return challenge(ticket, use("sign-in"), answer).flatMap(challenge -> {
      try {
        var credential = json.readValue(answer,
            new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {
            });
        var user = operations(request).authenticate(
            new RelyingPartyAuthenticationRequest(requestOptions(challenge), credential));
        return Optional.of(user).filter(known -> spent.spend(ticket, VALID))
            .map(known -> PasskeyStore.accountOf(known.getId()));
      } catch (RuntimeException e) {
        // A wrong signature, another site, a changed answer: many exceptions, one consequence.
        LOG.info("A passkey was refused: {}", e.getClass().getSimpleName());
        return Optional.empty();
      }
    });
  }

  /** Keeps a new passkey of the account; false if the answer is not good. */
  boolean register(HttpServletRequest request, SignedIn account, String ticket, String answer, String label) {
    return challenge(ticket, use("new " + account.accountId()), answer).map(challenge -> {
      try {
        var credential = json.readValue(answer,
            new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {
            });
        operations(request).registerCredential(new ImmutableRelyingPartyRegistrationRequest(
            creationOptions(challenge, account), new RelyingPartyPublicKey(credential, label)));
        return spent.spend(ticket, VALID);
      } catch (RuntimeException e) {
        LOG.info("A new passkey was refused: {}", e.getClass().getSimpleName());
        return false;
      }
    }).orElse(false);
  }

  private Optional<Bytes> challenge(String ticket, String use, String answer) {
    return answer.length() > LONGEST_ANSWER ? Optional.empty() : box.read(ticket, use).map(Bytes::fromBase64);
  }

  private boolean works(HttpServletRequest request) {
    var host = request.getServerName();
    return host.equals(properties.relyingParty()) || host.endsWith("." + properties.relyingParty());
  }

  private Webauthn4JRelyingPartyOperations operations(HttpServletRequest request) {
    // On one's own computer the port differs from start to start.
    var origins = !properties.origins().isEmpty()
        ? properties.origins()
        : Set.of(properties.relyingParty().equals("localhost")
            ? "http://localhost:" + request.getServerPort()
            : "https://" + properties.relyingParty());
    return new Webauthn4JRelyingPartyOperations(new Owners(), store, relyingParty(), origins);
  }

  private PublicKeyCredentialRpEntity relyingParty() {
    return PublicKeyCredentialRpEntity.builder().id(properties.relyingParty()).name("Smart City Cloud").build();
  }

  private PublicKeyCredentialRequestOptions requestOptions(Bytes challenge) {
    return PublicKeyCredentialRequestOptions.builder().challenge(challenge).rpId(properties.relyingParty())
        .timeout(VALID).userVerification(UserVerificationRequirement.REQUIRED).allowCredentials(List.of()).build();
  }

  private PublicKeyCredentialCreationOptions creationOptions(Bytes challenge, SignedIn account) {
    var known = store.findByUserId(PasskeyStore.handleOf(account.accountId())).stream()
        .map(record -> PublicKeyCredentialDescriptor.builder().id(record.getCredentialId())
            .type(PublicKeyCredentialType.PUBLIC_KEY).build())
        .toList();
    return PublicKeyCredentialCreationOptions.builder().rp(relyingParty())
        .user(ImmutablePublicKeyCredentialUserEntity.builder().id(PasskeyStore.handleOf(account.accountId()))
            .name(account.name()).displayName(account.name() + " – " + CurrentMunicipality.get().name()).build())
        .challenge(challenge).pubKeyCredParams(ALGORITHMS).timeout(VALID).excludeCredentials(known)
        .authenticatorSelection(AuthenticatorSelectionCriteria.builder().residentKey(ResidentKeyRequirement.REQUIRED)
            .userVerification(UserVerificationRequirement.REQUIRED).build())
        .build();
  }

  private static String use(String what) {
    return "passkey " + CurrentMunicipality.get().id() + " " + what;
  }

  /** The library asks whom a passkey belongs to; its handle says it. */
  private static final class Owners implements PublicKeyCredentialUserEntityRepository {
    @Override
    public PublicKeyCredentialUserEntity findById(Bytes handle) {
      var name = Integer.toString(PasskeyStore.accountOf(handle));
      return ImmutablePublicKeyCredentialUserEntity.builder().id(handle).name(name).displayName(name).build();
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
      return null;
    }

    @Override
    public void save(PublicKeyCredentialUserEntity user) {
      // Accounts are kept elsewhere.
    }

    @Override
    public void delete(Bytes handle) {
      // Accounts are kept elsewhere.
    }
  }
}
