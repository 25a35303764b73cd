package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.problem.CityProblem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Documents, files and messages of cases, each encrypted with the key of its case. */
@Component
class CasePapers {
  static final int MOST_BYTES = 10 * 1024 * 1024;
  private static final int MOST_PAPERS = 200;
  private static final String NAME = "case_document.name";
  static final String MESSAGE = "case_message.words";
  static final String NOTE = "case_note.words";

  private final JdbcClient jdbc;
  private final CaseWords words;

  CasePapers(JdbcClient jdbc, CaseWords words) {
    this.jdbc = jdbc;
    this.words = words;
  }

  /** A paper that comes in or goes out. @param code null for those of applicants */
  record Paper(String name, String mediaType, byte[] content, boolean fromOffice, @Nullable String code) {}

  /**
   * Keeps a paper and returns its number.
   *
   * @throws CityProblem {@code case-file-size} (413) or {@code case-files} (422)
   */
  long add(long id, Person person, Paper paper, Instant at) {
    if (paper.content.length > MOST_BYTES) {
      throw new CityProblem("case-file-size", HttpStatus.CONTENT_TOO_LARGE,
          """
          A file has %,d bytes, expected at most %,d.
          Maybe send it in parts, or with a lower resolution.""".formatted(paper.content.length, MOST_BYTES));
    }
    int known = jdbc.sql("select count(*) from case_document where case_id = ?").param(id).query(Integer.class)
        .single();
    if (known >= MOST_PAPERS) {
      throw new CityProblem("case-files", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The case holds %d papers, expected at most %d.
          Maybe put several pages into one file.""".formatted(known, MOST_PAPERS));
    }
    return jdbc
        .sql(
            """
            insert into case_document (municipality_id, case_id, at, from_office, name, media_type, bytes, content, digest, code)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
            """)
        .param(CurrentMunicipality.get().id()).param(id).param(at.atOffset(ZoneOffset.UTC)).param(paper.fromOffice)
        .param(words.sealText(person, NAME, paper.name)).param(paper.mediaType).param(paper.content.length)
        .param(words.sealFile(person, paper.content)).param(sha256(paper.content)).param(paper.code)
        .query(Long.class).single();
  }

  /** Papers of a case without their content, oldest first; replaced ones are left out. */
  List<CaseStatus.Document> listOf(CaseFile file) {
    return jdbc.sql("""
                    select id, at, from_office, name, media_type, bytes, code from case_document
                    where case_id = ? and replaced_at is null order by id
                    """).param(file.id())
        .query((row, number) -> new CaseStatus.Document(row.getLong("id"), CaseFile.instant(row, "at"),
            words.openText(file.person(), NAME, row.getBytes("name")), row.getString("media_type"),
            row.getLong("bytes"), row.getBoolean("from_office"), row.getString("code")))
        .list();
  }

  Optional<byte[]> content(CaseFile file, long document) {
    return jdbc.sql("select content from case_document where case_id = ? and id = ?").params(file.id(), document)
        .query(byte[].class).optional().map(sealed -> words.openFile(file.person(), sealed));
  }

  /** Another one stands in its place, or nothing does. */
  void replace(CaseFile file, long document, Instant at) {
    jdbc.sql("update case_document set replaced_at = ? where case_id = ? and id = ?")
        .params(at.atOffset(ZoneOffset.UTC), file.id(), document).update();
  }

  /** A document by its code; the language decides the name. */
  Optional<CitizenCases.Genuine> verify(String code, boolean english) {
    return jdbc
        .sql("""
             select f.procedure_de, f.procedure_en, d.at, d.digest, d.replaced_at from case_document d
             join case_file f on f.id = d.case_id where d.code = ?
             """).param(code)
        .query((row, number) -> new CitizenCases.Genuine(row.getString(english ? 2 : 1),
            row.getObject(3, OffsetDateTime.class).toInstant(), HexFormat.of().formatHex(row.getBytes(4)),
            row.getObject(5) == null))
        .optional();
  }

  /** A message of the applicant. */
  void hear(CaseFile file, String text, Instant at) {
    keep(file, false, null, text, at);
  }

  /** A message to the applicant. @param account of staff; null if the procedure itself says it */
  void tell(CaseFile file, @Nullable Integer account, String text, Instant at) {
    keep(file, true, account, text, at);
  }

  private void keep(CaseFile file, boolean fromOffice, @Nullable Integer account, String text, Instant at) {
    jdbc.sql("""
             insert into case_message (municipality_id, case_id, at, from_office, account, words)
             values (?, ?, ?, ?, ?, ?)
             """).param(CurrentMunicipality.get().id()).param(file.id()).param(at.atOffset(ZoneOffset.UTC))
        .param(fromOffice).param(account).param(words.sealText(file.person(), MESSAGE, text)).update();
  }

  List<CaseStatus.Note> messages(CaseFile file) {
    return jdbc.sql("select at, from_office, words from case_message where case_id = ? order by id limit 500")
        .param(file.id()).query((row, number) -> new CaseStatus.Note(CaseFile.instant(row, "at"),
            row.getBoolean("from_office"), words.openText(file.person(), MESSAGE, row.getBytes("words"))))
        .list();
  }

  void note(CaseFile file, int account, String text, Instant at) {
    jdbc.sql("insert into case_note (municipality_id, case_id, at, account, words) values (?, ?, ?, ?, ?)")
        .params(CurrentMunicipality.get().id(), file.id(), at.atOffset(ZoneOffset.UTC), account,
            words.sealText(file.person(), NOTE, text))
        .update();
  }

  List<CaseDesk.InternalNote> notes(CaseFile file) {
    return jdbc.sql("select at, account, words from case_note where case_id = ? order by id limit 500")
        .param(file.id()).query((row, number) -> new CaseDesk.InternalNote(CaseFile.instant(row, "at"),
            row.getInt("account"), words.openText(file.person(), NOTE, row.getBytes("words"))))
        .list();
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
