package de.citycloud.platform.privacy;

import com.google.crypto.tink.Aead;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.keys.DeploymentKey;
import de.citycloud.platform.privacy.keys.PersonKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Encrypts what the city holds of a person with a key of that person alone. When the key is destroyed, everything
 * encrypted with it is gone at once, also in files and in every older backup. Search works by {@link #hash} or by what
 * is not personal.
 *
 * <p>The <i>context</i> says where a value belongs, e.g. {@code case_file.address}; what was moved to another place,
 * person or municipality cannot be decrypted there.
 */
@Service
public class PersonCipher {
  private final PersonKeys keys;
  private final DeploymentKey deployment;

  PersonCipher(PersonKeys keys, DeploymentKey deployment) {
    this.keys = keys;
    this.deployment = deployment;
  }

  /** @throws PersonErased if the person was erased */
  public byte[] encrypt(Person person, String context, byte[] clear) {
    try {
      return keys.findOrMake(person).encrypt(clear, bound(person, context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A value of %s could not be encrypted.".formatted(context), e);
    }
  }

  /** @throws PersonErased if the person was erased */
  public byte[] encryptText(Person person, String context, String clear) {
    return encrypt(person, context, clear.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The value in clear; empty if the person's key is gone.
   *
   * @throws IllegalStateException if the value was changed, or belongs to another person or context
   */
  public Optional<byte[]> decrypt(Person person, String context, byte[] encrypted) {
    return keys.find(person).map(key -> open(key, person, context, encrypted));
  }

  /** As {@link #decrypt}, for what {@link #encryptText} made. */
  public Optional<String> decryptText(Person person, String context, byte[] encrypted) {
    return decrypt(person, context, encrypted).map(clear -> new String(clear, StandardCharsets.UTF_8));
  }

  /**
   * A keyed hash of 32 bytes to find equal values by, e.g. an e-mail address in one form. It is the same for the same
   * context and text in this municipality, and differs in every other one. It is personal: erase it with the person.
   */
  public byte[] hash(String context, String text) {
    return deployment.hash("%d\0%s\0%s".formatted(CurrentMunicipality.get().id(), context, text)
        .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the key of a record that is no person, e.g. {@code message:…}, together with the record. Whoever has asked for
   * it is erased by {@link Erasures}, which also reaches what a restore brings back.
   */
  public void forget(Person record) {
    if (record.accountNumber().isPresent()) {
      throw new IllegalArgumentException("%s is a person, expected a record. Erasures ends the key of a person."
          .formatted(record.id()));
    }
    keys.destroy(record);
  }

  private static byte[] open(Aead key, Person person, String context, byte[] encrypted) {
    try {
      return key.decrypt(encrypted, bound(person, context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          """
          A value of %s cannot be decrypted.
          Maybe it was changed, or belongs to another person or place.""".formatted(context), e);
    }
  }

  private static byte[] bound(Person person, String context) {
    return "%d\0%s\0%s".formatted(CurrentMunicipality.get().id(), person.id(), context)
        .getBytes(StandardCharsets.UTF_8);
  }
}
