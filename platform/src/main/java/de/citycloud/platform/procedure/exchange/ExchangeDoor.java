package de.citycloud.platform.procedure.exchange;

import de.citycloud.platform.problem.CityProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** For other installations: what we publish, and what they tell us about it. */
@RestController
class ExchangeDoor {
  private final Publisher publisher;
  private final Adopters adopters;

  ExchangeDoor(Publisher publisher, Adopters adopters) {
    this.publisher = publisher;
    this.adopters = adopters;
  }

  /** The signed index of what this municipality offers; changes only with its number. */
  @GetMapping(path = "/{municipality}/procedures/index.json", produces = "application/json")
  ResponseEntity<byte[]> index(@PathVariable("municipality") String slug) {
    var index = publisher.find().orElseThrow(() -> new CityProblem("index-not-found", HttpStatus.NOT_FOUND,
        "%s has published no procedures, expected at least one.\nMaybe look again later.".formatted(slug)));
    return answer(index.document(), MediaType.APPLICATION_JSON,
        CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic());
  }

  /** An archive that the index names, also of a withdrawn version. */
  @GetMapping(path = "/{municipality}/procedures/packages/{digest}.zip", produces = "application/zip")
  ResponseEntity<byte[]> archive(@PathVariable("municipality") String slug, @PathVariable("digest") String digest) {
    return file(digest, publisher.findArchive(digest), MediaType.parseMediaType("application/zip"),
        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
  }

  /** Its signature with the key of the index, as {@code ./city procedures verify} reads it. */
  @GetMapping(path = "/{municipality}/procedures/packages/{digest}.sig", produces = "application/json")
  ResponseEntity<byte[]> signature(@PathVariable("municipality") String slug, @PathVariable("digest") String digest) {
    return file(digest, publisher.findSignature(digest), MediaType.APPLICATION_JSON,
        CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic());
  }

  private static ResponseEntity<byte[]> file(String digest, Optional<byte[]> content, MediaType type,
      CacheControl cache) {
    var bytes = content.orElseThrow(() -> new CityProblem("package-not-found", HttpStatus.NOT_FOUND,
        "There is no package %s here, expected one of the index.\nMaybe read the index again."
            .formatted(digest.length() > 64 ? digest.substring(0, 64) + "…" : digest)));
    return answer(bytes, type, cache);
  }

  /** With a tag of its content, so that a reader who has it gets 304. */
  private static ResponseEntity<byte[]> answer(byte[] content, MediaType type, CacheControl cache) {
    return ResponseEntity.ok().eTag("\"" + Ed25519.digest(content).substring(0, 32) + "\"").cacheControl(cache)
        .contentType(type).body(content);
  }

  /** A signed message of an adopter, at most 16 kB; the same one twice is once. */
  @PostMapping(path = "/{municipality}/procedures/feedback", consumes = "application/json")
  ResponseEntity<Void> feedback(@PathVariable("municipality") String slug, HttpServletRequest request)
      throws IOException {
    adopters.receiveFromOutside(request.getInputStream().readNBytes(Feedback.MAX_BYTES + 1));
    return ResponseEntity.accepted().build();
  }
}
