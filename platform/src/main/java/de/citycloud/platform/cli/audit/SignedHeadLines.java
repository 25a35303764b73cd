package de.citycloud.platform.cli.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads signed heads line by line, checks them, and keeps which hash each record must have. */
final class SignedHeadLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PublicKey key;
  private final boolean whole;
  private final MessageDigest sha256;
  private final Map<Integer, TreeMap<Long, byte[]>> signed = new TreeMap<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String before = "0".repeat(64);
  private int number;

  /** @param whole true for the whole file, whose lines hang together; false for those of one municipality */
  SignedHeadLines(PublicKey key, boolean whole) throws GeneralSecurityException {
    this.key = key;
    this.whole = whole;
    this.sha256 = MessageDigest.getInstance("SHA-256");
  }

  void add(String text) throws GeneralSecurityException {
    number++;
    JsonNode line;
    try {
      line = JSON.readTree(text);
    } catch (JacksonException e) {
      notes.add("Line %d of the heads is cut: %s".formatted(number, text.length() > 60 ? text.substring(0, 60) : text));
      before = hashOf(text);
      return;
    }
    if (whole && !line.path("before").asString("").equals(before)) {
      findings.add(new AuditFinding(0, 0,
          "Line %d of the heads does not follow the line before it: lines are missing or were changed."
              .formatted(number)));
    }
    before = hashOf(text);
    if (!fits(line)) {
      findings.add(new AuditFinding(0, 0, "The signature of line %d of the heads does not fit.".formatted(number)));
      return;
    }
    var heads = signed.computeIfAbsent(line.path("municipality").asInt(), none -> new TreeMap<>());
    long seq = line.path("seq").asLong();
    if (line.path("kind").asString("").equals("restored")) {
      notes.add("Municipality %d: a backup that ends with record %d was restored at %s."
          .formatted(line.path("municipality").asInt(), seq, line.path("at").asString("")));
      heads.clear();
    }
    heads.put(seq, HexFormat.of().parseHex(line.path("hash").asString("")));
  }

  private boolean fits(JsonNode line) throws GeneralSecurityException {
    var text = String.join("\n", "city-audit-head-1", line.path("kind").asString(""),
        line.path("municipality").asString(""), line.path("seq").asString(""), line.path("hash").asString(""),
        line.path("at").asString(""), line.path("before").asString(""));
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(line.path("signature").asString("")))
          && line.path("hash").asString("").matches("[0-9a-f]{64}");
    } catch (IllegalArgumentException | java.security.SignatureException e) {
      return false;
    }
  }

  private String hashOf(String text) {
    return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Hash of a record by its place, as it was signed. */
  TreeMap<Long, byte[]> of(int municipality) {
    return signed.getOrDefault(municipality, new TreeMap<>());
  }

  /** Municipalities with a signed head. */
  List<Integer> municipalities() {
    return List.copyOf(signed.keySet());
  }

  List<AuditFinding> findings() {
    return findings;
  }

  List<String> notes() {
    return notes;
  }
}
