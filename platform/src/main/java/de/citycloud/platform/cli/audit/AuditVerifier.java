package de.citycloud.platform.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the records of a store or of an exported file against their chain and against the signed heads. */
public final class AuditVerifier {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AuditVerifier() {}

  /**
   * What came of it.
   *
   * @param records number of records read, by municipality
   * @param signatures number of signed heads that were compared, by municipality
   * @param findings what is not as it was written, at most one for each municipality and those of the heads
   * @param notes what a reader should know
   */
  public record Result(Map<Integer, Long> records, Map<Integer, Integer> signatures, List<AuditFinding> findings,
      List<String> notes) {}

  /** A head as the store says it. */
  private record StoreHead(long seq, byte[] hash) {}

  /**
   * Checks the whole store.
   *
   * @param store connection that sees all municipalities
   * @param heads file of the signed heads
   */
  public static Result verifyStore(Connection store, Path heads, PublicKey key)
      throws SQLException, IOException, GeneralSecurityException {
    // First the heads, then one instant of the store: it can then only know more than they do.
    var lines = new SignedHeadLines(key, true);
    if (Files.exists(heads)) {
      try (var reader = Files.newBufferedReader(heads)) {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
        }
      }
    }
    store.setAutoCommit(false);
    store.setReadOnly(true);
    store.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    var checks = new Checks(lines);
    try (var statement = store.createStatement()) {
      statement.execute("set local row_security = off");
      statement.setFetchSize(5_000);
      try (var rows = statement.executeQuery("""
                                             select municipality_id, seq, at, action, object, actor, purpose, details,
                                               previous, hash from audit_entry order by municipality_id, seq
                                             """)) {
        while (rows.next()) {
          checks.add(new AuditRecordLine(rows.getInt(1), rows.getLong(2),
              rows.getObject(3, OffsetDateTime.class).toInstant(), rows.getString(4), rows.getString(5),
              rows.getString(6), rows.getString(7), rows.getString(8), rows.getBytes(9), rows.getBytes(10)));
        }
      }
      var storeHeads = new HashMap<Integer, StoreHead>();
      try (var rows = statement.executeQuery("select municipality_id, seq, hash from audit_head")) {
        while (rows.next()) {
          storeHeads.put(rows.getInt(1), new StoreHead(rows.getLong(2), rows.getBytes(3)));
        }
      }
      return checks.finish(storeHeads, true);
    } finally {
      store.rollback();
    }
  }

  /** Checks an exported file. The signatures prove nothing unless {@code key} is known to be the deployment's. */
  public static Result verifyFile(Path file, PublicKey key) throws IOException, GeneralSecurityException {
    var lines = new SignedHeadLines(key, false);
    forEach(file, (node, text) -> {
      if (node.path("kind").asString("").matches("head|restored")) {
        lines.add(text);
      }
    });
    var checks = new Checks(lines);
    forEach(file, (node, text) -> {
      if (node.path("kind").asString("").equals("entry")) {
        checks.add(new AuditRecordLine(node.path("municipality").asInt(), node.path("seq").asLong(),
            Instant.parse(text(node, "at")), text(node, "action"), text(node, "object"), text(node, "actor"),
            text(node, "purpose"), text(node, "details"), HexFormat.of().parseHex(text(node, "previous")),
            HexFormat.of().parseHex(text(node, "hash"))));
      }
    });
    return checks.finish(Map.of(), false);
  }

  /** The public key that an exported file names; somebody who changes the file can change it, too. */
  public static PublicKey keyIn(Path file) throws IOException, GeneralSecurityException {
    try (var reader = Files.newBufferedReader(file)) {
      return key(JSON.readTree(String.valueOf(reader.readLine())).path("publicKey").asString(""));
    } catch (JacksonException e) {
      throw notAnExport(file, 1, e);
    }
  }

  /** @param base64 X.509 form of an Ed25519 key */
  public static PublicKey key(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64.strip())));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static void forEach(Path file, Line each) throws IOException, GeneralSecurityException {
    int number = 0;
    try (var reader = Files.newBufferedReader(file)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        each.take(JSON.readTree(line), line);
      }
    } catch (JacksonException | java.time.DateTimeException | IllegalArgumentException e) {
      throw notAnExport(file, number, e);
    }
  }

  private static IllegalStateException notAnExport(Path file, int line, Exception e) {
    return new IllegalStateException("""
                                     Line %d of %s is not a line of an exported log.
                                     Maybe the file was cut, or it is another one.""".formatted(line, file), e);
  }

  @FunctionalInterface
  private interface Line {
    void take(JsonNode node, String text) throws GeneralSecurityException;
  }

  /** One check for each municipality. */
  private static final class Checks {
    private final SignedHeadLines heads;
    private final Map<Integer, ChainCheck> chains = new TreeMap<>();

    Checks(SignedHeadLines heads) {
      this.heads = heads;
    }

    void add(AuditRecordLine entry) {
      of(entry.municipality()).add(entry);
    }

    private ChainCheck of(int municipality) {
      return chains.computeIfAbsent(municipality, m -> {
        try {
          return new ChainCheck(m, heads.of(m), MessageDigest.getInstance("SHA-256"));
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("Every JDK has SHA-256", e);
        }
      });
    }

    Result finish(Map<Integer, StoreHead> store, boolean headsOfStore) {
      var all = new TreeSet<>(chains.keySet());
      all.addAll(heads.municipalities());
      all.addAll(store.keySet());
      var records = new TreeMap<Integer, Long>();
      var signatures = new TreeMap<Integer, Integer>();
      var findings = new ArrayList<>(heads.findings());
      for (int municipality : all) {
        var chain = of(municipality);
        var head = store.getOrDefault(municipality, new StoreHead(headsOfStore ? 0 : -1, new byte[32]));
        chain.finish(head.seq, head.hash).ifPresent(findings::add);
        records.put(municipality, chain.count());
        signatures.put(municipality, heads.of(municipality).size());
        if (chain.count() > 0 && heads.of(municipality).isEmpty()) {
          findings.add(
              new AuditFinding(municipality, 0, "no signed head proves its %d record(s)".formatted(chain.count())));
        }
      }
      return new Result(records, signatures, findings, heads.notes());
    }
  }
}
