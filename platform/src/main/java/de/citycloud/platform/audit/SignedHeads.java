package de.citycloud.platform.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the end of every chain, signed, outside the database: whoever changes the store afterwards cannot change what
 * was signed. What was written since the last signature, at most a minute, is protected by the chain alone.
 */
public final class SignedHeads {
  private final JdbcClient owner;
  private final HeadFile file;
  private final String publicKey;
  private final Map<Integer, Long> signed = new HashMap<>();

  private SignedHeads(JdbcClient owner, HeadFile file, String publicKey) {
    this.owner = owner;
    this.file = file;
    this.publicKey = publicKey;
  }

  /**
   * Opens the heads of a deployment; its key is made at the first use.
   *
   * @param owner connections that see all municipalities
   * @param data the data folder
   */
  public static SignedHeads open(JdbcClient owner, AuditProperties properties, Path data) throws IOException {
    var key = SigningKey.in(properties.secretsIn(data));
    return new SignedHeads(owner, new HeadFile(properties.headsIn(data), key), key.publicKey());
  }

  /** Signs the chains that grew since the last call; returns how many. */
  public synchronized int sign() throws IOException {
    var grown = heads().stream().filter(head -> head.seq() != signed.getOrDefault(head.municipality(), -1L)).toList();
    if (!grown.isEmpty()) {
      file.append("head", grown);
      grown.forEach(head -> signed.put(head.municipality(), head.seq()));
    }
    return grown.size();
  }

  /** Says that the store now holds a backup: what was signed before no longer stands for it, this does. */
  public synchronized void restored() throws IOException {
    file.append("restored", heads());
  }

  /** Lines of one municipality as they stand in the file. */
  List<String> linesOf(int municipality) throws IOException {
    var mark = "\"municipality\":" + municipality + ",";
    return file.lines(line -> line.contains(mark));
  }

  /** The public half of the key, X.509 as Base64. */
  String publicKey() {
    return publicKey;
  }

  private List<HeadFile.Head> heads() {
    return owner.sql("select municipality_id, seq, hash from audit_head where seq > 0 order by municipality_id")
        .query((row, number) -> new HeadFile.Head(row.getInt(1), row.getLong(2),
            HexFormat.of().formatHex(row.getBytes(3))))
        .list();
  }
}
