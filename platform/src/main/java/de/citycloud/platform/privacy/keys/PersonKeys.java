package de.citycloud.platform.privacy.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonErased;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The data keys of the current municipality's persons. Nothing is remembered beyond the running transaction: a key that is
 * gone is gone at once.
 */
public final class PersonKeys {
  private final JdbcClient jdbc;
  private final DeploymentKey deployment;

  /** @param jdbc connections behind the wall */
  public PersonKeys(JdbcClient jdbc, DeploymentKey deployment) {
    this.jdbc = jdbc;
    this.deployment = deployment;
  }

  /** The key of {@code person}; empty if there is none (any more). */
  public Optional<Aead> find(Person person) {
    var here = OpenedKeys.ofTransaction(this);
    var name = here == null ? "" : name(person);
    var known = here == null ? null : here.find(name);
    if (known != null) {
      return Optional.of(known);
    }
    var found = jdbc.sql("select wrapped from keystore.person_key where person = ?").param(person.id())
        .query(byte[].class).optional().map(wrapped -> unwrap(person, wrapped));
    if (here != null) {
      found.ifPresent(key -> here.keep(name, key));
    }
    return found;
  }

  /**
   * The key of {@code person}, made if there is none.
   *
   * @throws PersonErased if it ended by an erasure
   */
  public Aead findOrMake(Person person) {
    return find(person).orElseGet(() -> make(person));
  }

  /** Ends the key; true if there was one. */
  public boolean destroy(Person person) {
    var here = OpenedKeys.ofTransaction(this);
    if (here != null) {
      here.forget(name(person));
    }
    return jdbc.sql("delete from keystore.person_key where person = ?").param(person.id()).update() > 0;
  }

  private Aead make(Person person) {
    try {
      var wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), deployment.wrapping(), context(person));
      // Of two at once the first counts. Somebody who was erased gets no new key, whatever still runs.
      jdbc.sql("""
               insert into keystore.person_key (municipality_id, person, wrapped)
               select ?, ?, ? where not exists (select from keystore.erasure where person = ? and not replayed)
               on conflict do nothing
               """).params(CurrentMunicipality.get().id(), person.id(), wrapped, person.id()).update();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key could be made for a person.", e);
    }
    return find(person).orElseThrow(PersonErased::new);
  }

  private Aead unwrap(Person person, byte[] wrapped) {
    try {
      return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, deployment.wrapping(), context(person))
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          """
          The key of %s cannot be unwrapped with the deployment's key.
          Maybe the key store belongs to another deployment.""".formatted(person.id()), e);
    }
  }

  private static byte[] context(Person person) {
    return name(person).getBytes(StandardCharsets.UTF_8);
  }

  private static String name(Person person) {
    return CurrentMunicipality.get().id() + "/" + person.id();
  }
}
