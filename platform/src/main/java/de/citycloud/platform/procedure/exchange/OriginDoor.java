package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.guard.OutgoingDoor;
import de.citycloud.platform.guard.OutgoingRequest;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reaches origins: another municipality of this installation by its slug, without the network, or one elsewhere by the
 * URL of its start page. Either way nothing that comes back is believed before it was checked.
 */
@Component
class OriginDoor {
  private static final int ARCHIVE_BYTES = 6_000_000;

  private final Municipalities municipalities;
  private final OutgoingDoor outside;
  private final Publisher publisher;
  private final ObjectProvider<Adopters> adopters;

  OriginDoor(Municipalities municipalities, OutgoingDoor outside, Publisher publisher,
      ObjectProvider<Adopters> adopters) {
    this.municipalities = municipalities;
    this.outside = outside;
    this.publisher = publisher;
    this.adopters = adopters;
  }

  static boolean isElsewhere(String address) {
    return address.contains("://");
  }

  /**
   * The address in one form: a slug, or a URL without a slash at its end.
   *
   * @throws CityProblem {@code origin-address} (422) if it is neither, or must not be called
   */
  String normalised(String typed) {
    var address = typed.strip().replaceFirst("/(procedures(/index\\.json)?/?)?$", "");
    if (address.length() > 500) {
      throw wrong("The address has %d characters, expected at most 500.".formatted(address.length()));
    }
    if (!isElsewhere(address)) {
      if (address.equals(CurrentMunicipality.get().slug()) || municipalities.findBySlug(address).isEmpty()) {
        throw wrong("""
                    "%s" is no other municipality of this installation, expected its name in the address, or a URL.
                    Maybe write https://… in front.""".formatted(address));
      }
      return address;
    }
    try {
      outside.check(address);
      return address;
    } catch (IOException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** @throws CityProblem {@code origin-silent} (422) if there is no answer, {@code origin-address} if there is no index */
  byte[] index(String address) {
    return isElsewhere(address)
        ? fetch(address + "/procedures/index.json", OfferIndex.MAX_BYTES)
        : there(address, () -> publisher.find().map(Publisher.Index::document));
  }

  byte[] archive(String address, String digest) {
    return isElsewhere(address)
        ? fetch("%s/procedures/packages/%s.zip".formatted(address, digest), ARCHIVE_BYTES)
        : there(address, () -> publisher.findArchive(digest));
  }

  byte[] signature(String address, String digest) {
    return isElsewhere(address)
        ? fetch("%s/procedures/packages/%s.sig".formatted(address, digest), 4_000)
        : there(address, () -> publisher.findSignature(digest));
  }

  /** Brings a signed message to an origin. @throws CityProblem if it was not taken */
  void send(String address, byte[] message) {
    if (!isElsewhere(address)) {
      CurrentMunicipality.run(of(address), () -> adopters.getObject().receive(message));
      return;
    }
    try {
      int status = outside.fetch(OutgoingRequest.postJson(address + "/procedures/feedback", message),
          response -> response.status());
      if (status >= 300) {
        throw silent("%s answered with status %d, expected 202.\nMaybe it is not reachable at the moment."
            .formatted(address, status));
      }
    } catch (IOException e) {
      throw silent(Objects.requireNonNullElse(e.getMessage(), address + " did not answer."));
    }
  }

  private Municipality of(String slug) {
    return municipalities.findBySlug(slug).orElseThrow(() -> silent(
        "The municipality %s is not here any more.\nMaybe it moved to an installation of its own.".formatted(slug)));
  }

  private byte[] there(String slug, java.util.function.Supplier<Optional<byte[]>> question) {
    return CurrentMunicipality.call(of(slug), question::get).orElseThrow(() -> silent(
        "%s does not offer this, expected something that it published.\nMaybe it has published nothing yet."
            .formatted(slug)));
  }

  private byte[] fetch(String address, int maxBytes) {
    try {
      return outside.fetch(new OutgoingRequest(address, java.util.Map.of(), maxBytes), response -> {
        if (response.status() != 200) {
          throw new IOException("%s answered with status %d, expected 200.\nMaybe nothing is published there."
              .formatted(address, response.status()));
        }
        return response.body().readNBytes(maxBytes + 1);
      });
    } catch (IOException e) {
      throw silent(Objects.requireNonNullElse(e.getMessage(), address + " did not answer."));
    }
  }

  private static CityProblem wrong(String message) {
    return new CityProblem("origin-address", HttpStatus.UNPROCESSABLE_CONTENT, message);
  }

  private static CityProblem silent(String message) {
    return new CityProblem("origin-silent", HttpStatus.UNPROCESSABLE_CONTENT, message);
  }
}
