package de.citycloud.platform.cli.audit;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows the chain of one municipality from its first record on and stops at the first bad one. */
final class ChainCheck {
  private final int municipality;
  private final TreeMap<Long, byte[]> signed;
  private final MessageDigest sha256;
  private long last;
  private byte[] lastHash = new byte[32];
  private long lastSigned;
  private boolean broken;
  private @Nullable AuditFinding finding;

  /** @param signed hashes that were signed, by place */
  ChainCheck(int municipality, TreeMap<Long, byte[]> signed, MessageDigest sha256) {
    this.municipality = municipality;
    this.signed = signed;
    this.sha256 = sha256;
  }

  void add(AuditRecordLine entry) {
    if (broken && finding == null) {
      blame(Arrays.equals(entry.previous(), lastHash));
    }
    if (finding != null) {
      return;
    }
    if (entry.seq() > last + 1) {
      missing(last + 1, entry.seq() - 1, "the next one is " + entry.name());
    } else if (entry.seq() <= last) {
      bad(entry.seq(), entry.name() + " stands twice or in the wrong place, expected record " + (last + 1));
    } else if (!Arrays.equals(entry.hash(), entry.expectedHash(sha256))) {
      bad(entry.seq(), entry.name() + " was changed: its hash does not fit what it says");
    } else if (!Arrays.equals(entry.previous(), lastHash)) {
      broken = true; // which of the two is wrong, the next record says
    } else {
      compareWithSignature(entry);
    }
    last = entry.seq();
    lastHash = entry.hash();
  }

  /**
   * The last record and the one before each fit themselves but not each other.
   *
   * @param lastIsProven true if what comes after the last one confirms it
   */
  private void blame(boolean lastIsProven) {
    bad(lastIsProven ? last - 1 : last, lastIsProven
        ? "record %d was changed and its hash with it: record %d, which is proven, names another".formatted(last - 1,
            last)
        : "record %d was changed and its hash with it: it does not follow record %d".formatted(last, last - 1));
  }

  private void compareWithSignature(AuditRecordLine entry) {
    var expected = signed.get(entry.seq());
    if (expected == null) {
      return;
    }
    if (!Arrays.equals(expected, entry.hash())) {
      bad(lastSigned + 1,
          "the chain was written anew: %s differs from what was signed, so the first bad record is among %d to %d"
              .formatted(entry.name(), lastSigned + 1, entry.seq()));
    }
    lastSigned = entry.seq();
  }

  /**
   * Ends the check.
   *
   * @param headSeq place of the last record as the store's own head says; −1 if there is no such head
   * @param headHash its hash
   */
  Optional<AuditFinding> finish(long headSeq, byte[] headHash) {
    if (broken && finding == null) {
      blame(Arrays.equals(headHash, lastHash) || Arrays.equals(signed.get(last), lastHash));
    }
    if (finding == null && !signed.isEmpty() && signed.lastKey() > last) {
      missing(last + 1, signed.lastKey(), "a signature proves them");
    }
    if (finding == null && headSeq >= 0) {
      if (headSeq > last) {
        missing(last + 1, headSeq, "the head of the chain names the last of them");
      } else if (headSeq < last) {
        bad(headSeq + 1, "record %d lies behind the head of the chain, which names %d".formatted(headSeq + 1, headSeq));
      } else if (!Arrays.equals(headHash, lastHash)) {
        bad(last, "the head of the chain names another hash than record %d has".formatted(last));
      }
    }
    return Optional.ofNullable(finding);
  }

  /** Records that were read. */
  long count() {
    return last;
  }

  private void missing(long from, long to, String why) {
    bad(from, (from == to ? "record %d is missing; %s" : "records %d to %3$d are missing; %2$s")
        .formatted(from, why, to));
  }

  private void bad(long seq, String message) {
    finding = new AuditFinding(municipality, seq, message);
  }
}
