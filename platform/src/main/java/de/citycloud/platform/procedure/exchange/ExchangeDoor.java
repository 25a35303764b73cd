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
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.request.WebRequest;

/** For other installations: what we publish, and what they tell us about it. */
@Controller
class ExchangeDoor {
  private final Publisher publisher;
  private final Adopters adopters;

  ExchangeDoor(Publisher publisher, Adopters adopters) {
    this.publisher = publisher;
    this.adopters = adopters;
  }

  /** The signed index of what this municipality offers; changes only with its number. */
  @GetMapping(path = "/{municipality}/procedures/index.json", produces = "application/json")
  Object index(@PathVariable("municipality") String slug, WebRequest request) {
    var index = publisher.find().orElseThrow(() -> new CityProblem("index-not-found", HttpStatus.NOT_FOUND,
        "%s has published no procedures, expected at least one.\nMaybe look again later.".formatted(slug)));
    var tag = "\"" + Ed25519.digest(index.document()).substring(0, 32) + "\"";
    return request.checkNotModified(tag)
        ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build()
        : ResponseEntity.ok().eTag(tag).cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic())
            .contentType(MediaType.APPLICATION_JSON).body(index.document());
  }

  /** An archive that the index names, also of a withdrawn version. */
  @GetMapping(path = "/{municipality}/procedures/packages/{digest}.zip", produces = "application/zip")
  ResponseEntity<byte[]> archive(@PathVariable("municipality") String slug, @PathVariable("digest") String digest) {
    return file(digest, publisher.findArchive(digest), MediaType.parseMediaType("application/zip"),
        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
  }

  /** Its signature (Ed25519, 64 bytes) with the key of the index. */
  @GetMapping(path = "/{municipality}/procedures/packages/{digest}.sig", produces = "application/octet-stream")
  ResponseEntity<byte[]> signature(@PathVariable("municipality") String slug, @PathVariable("digest") String digest) {
    return file(digest, publisher.findSignature(digest), MediaType.APPLICATION_OCTET_STREAM,
        CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic());
  }

  private static ResponseEntity<byte[]> file(String digest, Optional<byte[]> content, MediaType type,
      CacheControl cache) {
    return ResponseEntity.ok().eTag("\"" + digest + "\"").cacheControl(cache).contentType(type)
        .body(content.orElseThrow(() -> new CityProblem("package-not-found", HttpStatus.NOT_FOUND,
            "There is no package %s here, expected one of the index.\nMaybe read the index again."
                .formatted(digest.length() > 64 ? digest.substring(0, 64) + "…" : digest))));
  }

  /** A signed message of an adopter, at most 16 kB; the same one twice is once. */
  @PostMapping(path = "/{municipality}/procedures/feedback", consumes = "application/json")
  ResponseEntity<Void> feedback(@PathVariable("municipality") String slug, HttpServletRequest request)
      throws IOException {
    adopters.receiveFromOutside(request.getInputStream().readNBytes(Feedback.MAX_BYTES + 1));
    return ResponseEntity.accepted().build();
  }
}
