package de.citycloud.platform.procedure.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A JSON object whose last member is its signature: {@code {…,"signature":"…"}}. Signed is the object without this
 * member, byte by byte, after a line that says what it is for; so nothing has to be put into a canonical form first, and
 * a file server can serve it.
 *
 * @param content the object without the signature
 * @param signature 64 bytes
 */
record SignedDocument(byte[] content, byte[] signature) {
  private static final Pattern SEALED = Pattern.compile("(?s)(.*),\"signature\":\"([A-Za-z0-9+/]{86}==)\"}");

  /**
   * Signs {@code json}, an object with at least one member.
   *
   * @param use what it is for, e.g. {@code index}
   * @param signer makes a signature of the bytes
   */
  static byte[] seal(String json, String use, UnaryOperator<byte[]> signer) {
    var signature = signer.apply(signed(use, json.getBytes(StandardCharsets.UTF_8)));
    return "%s,\"signature\":\"%s\"}".formatted(json.substring(0, json.length() - 1),
        Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.UTF_8);
  }

  /** The parts of a sealed document; empty if it has no signature at its end. */
  static Optional<SignedDocument> parse(byte[] document) {
    var match = SEALED.matcher(new String(document, StandardCharsets.UTF_8));
    // Base64 has spare bits at its end: only the one true form counts, so that no byte can be changed unseen.
    return match.matches()
        && Base64.getEncoder().encodeToString(Base64.getDecoder().decode(match.group(2))).equals(match.group(2))
            ? Optional.of(new SignedDocument((match.group(1) + "}").getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(match.group(2))))
            : Optional.empty();
  }

  /** True if it was signed with this key for this use. */
  boolean isBy(byte[] publicKey, String use) {
    return Ed25519.isSigned(publicKey, signed(use, content), signature);
  }

  /** What is signed: a signature for one use is none for another. */
  static byte[] signed(String use, byte[] content) {
    var line = ("city-procedures " + use + "\n").getBytes(StandardCharsets.UTF_8);
    var all = new byte[line.length + content.length];
    System.arraycopy(line, 0, all, 0, line.length);
    System.arraycopy(content, 0, all, line.length, content.length);
    return all;
  }
}
