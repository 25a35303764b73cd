package de.citycloud.platform.procedure.casefile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cases for those who applied. They are known by their account, or by reference and access code; the methods that take a
 * reference alone trust the caller to have asked {@link #byCode} or {@link #ofAccount} in the same request.
 */
public interface CitizenCases {
  /** What the applicant takes home. @param accessCode shown once; only a hash is kept @param expectedBy null if nothing is promised */
  record Receipt(CaseReference reference, String accessCode, BigDecimal fee, @Nullable LocalDate expectedBy) {}

  /**
   * Takes an application: case, flow, messages and log in one transaction. The same {@link Submission#key} again returns
   * the receipt of the first time, with the same code.
   */
  Receipt submit(Submission submission);

  /** The case, if the code fits; counts wrong tries (at most 10 in 15 minutes a case and an address, then 429). */
  Optional<CaseStatus> byCode(CaseReference reference, String code, String address);

  /** The case, if this account applied for it. */
  Optional<CaseStatus> ofAccount(CaseReference reference, int account);

  /** Cases of an account, newest first, without answers, messages and documents. */
  List<CaseStatus> listOf(int account);

  /** A message to the office, 1 to 5,000 characters. */
  void write(CaseReference reference, String text);

  /** What was asked for: words, files, or both. The clock of the deadline goes on. */
  void answer(CaseReference reference, String text, List<Submission.Attachment> files);

  /** Ends a case that is not decided yet. */
  void withdraw(CaseReference reference);

  /** Objects to a decision; after its time it is taken in, and it is said that it is late. */
  void object(CaseReference reference, String text);

  /** Takes an objection back that is not ruled on: the decision stays. */
  void withdrawObjection(CaseReference reference);

  /** Content of a document or file of the case. */
  Optional<byte[]> content(CaseReference reference, long document);

  /** What money does that came for a case. */
  enum Money {
    /** It settles the fee. */
    COUNTED,
    /** It is not what was asked for; somebody has to look. */
    OTHER_AMOUNT,
    /** The case owes nothing, or is gone: it is to be paid back. */
    NOT_OWED
  }

  /**
   * Says that money came; twice is once. What does not settle the fee is noted, and told to the office once.
   *
   * @param provider who says so
   * @param providerReference their number
   */
  Money paid(CaseReference reference, String provider, String providerReference, BigDecimal amount);

  /** Takes an invoice in place of a payment online that is not made; nothing happens if none is due. */
  void payByInvoice(CaseReference reference);

  /** A document that somebody holds in their hands. @param digest SHA-256 of the PDF as hex */
  record Genuine(String procedureName, Instant issuedAt, String digest, boolean stillValid) {}

  /** The document with this code; says nothing about persons. Empty if there is none. */
  Optional<Genuine> verify(String code);
}
