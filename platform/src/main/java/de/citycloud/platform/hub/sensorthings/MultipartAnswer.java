package de.citycloud.platform.hub.sensorthings;

import de.citycloud.platform.hub.sensorthings.BatchAnswer.Part;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The answer to a batch as {@code multipart/mixed}. A change set that went well is answered by a part with a part for
 * each of its requests, one that failed by one part, as OData wants it.
 */
final class MultipartAnswer implements BatchAnswers {
  private static final String LINE = "\r\n";

  private final String boundary = "batch_" + UUID.randomUUID();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
  private final List<Answered> changeSet = new ArrayList<>();
  private long length;

  private record Answered(BatchRequest request, Part part) {}

  /** Media type with the boundary that separates the parts. */
  String type() {
    return "multipart/mixed;boundary=" + boundary;
  }

  @Override
  public void add(BatchRequest request, Part part) {
    length += part.body().length;
    if (!changeSet.isEmpty() && !changeSet.getFirst().request.group().equals(request.group())) {
      endChangeSet();
    }
    if (request.group().isEmpty()) {
      write(boundary, new Answered(request, part));
    } else {
      changeSet.add(new Answered(request, part));
    }
  }

  private void endChangeSet() {
    if (changeSet.isEmpty()) {
      return;
    }
    var first = changeSet.getFirst();
    if (first.part.status().isError()) {
      write(boundary, first);
    } else {
      var inner = "changeset_" + UUID.randomUUID();
      text("--" + boundary + LINE + "Content-Type: multipart/mixed;boundary=" + inner + LINE + LINE);
      changeSet.forEach(each -> write(inner, each));
      text("--" + inner + "--" + LINE);
    }
    changeSet.clear();
  }

  private void write(String separator, Answered answered) {
    var part = answered.part;
    text("--" + separator + LINE + "Content-Type: application/http" + LINE + "Content-Transfer-Encoding: binary" + LINE
        + "Content-ID: " + answered.request.id() + LINE + LINE);
    text("HTTP/1.1 " + part.status().value() + " " + part.status().getReasonPhrase() + LINE);
    if (!part.location().isEmpty()) {
      text("Location: " + part.location() + LINE);
    }
    if (!part.type().isEmpty()) {
      text("Content-Type: " + part.type() + LINE);
    }
    text("Content-Length: " + part.body().length + LINE + LINE);
    bytes.writeBytes(part.body());
    text(LINE);
  }

  private void text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] finish() {
    endChangeSet();
    text("--" + boundary + "--" + LINE);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
