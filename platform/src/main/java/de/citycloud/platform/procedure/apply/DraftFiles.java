package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.apply.Draft.KeptFile;
import de.citycloud.platform.procedure.casefile.SentPapers;
import de.citycloud.platform.procedure.casefile.Submission.Attachment;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/** Files of drafts: looked at by {@link SentPapers}, then kept encrypted with the draft's key. */
@Service
class DraftFiles {
  /** Files of one draft, so that nobody uses it as a store. */
  static final int MOST = 10;
  private static final String WORDS = "application_draft_file.words";
  private static final String CONTENT = "application_draft_file.content";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final PersonCipher cipher;
  private final SentPapers papers;

  DraftFiles(JdbcClient jdbc, PersonCipher cipher, SentPapers papers) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.papers = papers;
  }

  /**
   * Checks a file and reads it; nothing of it stays in the data folder.
   *
   * @throws CityProblem as {@link SentPapers#read}
   */
  Attachment read(MultipartFile sent) throws IOException {
    return papers.read(sent);
  }

  /**
   * Keeps a file of a field.
   *
   * @throws CityProblem as {@link SentPapers#read}, or {@code too-many-files} (422)
   */
  @Transactional
  public KeptFile keep(Draft draft, String field, MultipartFile sent) throws IOException {
    if (listOf(draft.person(), draft.id()).size() >= MOST) {
      throw new CityProblem("too-many-files", HttpStatus.UNPROCESSABLE_CONTENT,
          "There are %d files already, expected at most so many.\nMaybe put several pages into one PDF."
              .formatted(MOST));
    }
    var file = read(sent);
    var kept = new KeptFile(file.id(), field, file.name(), file.mediaType(), file.content().length);
    jdbc.sql("""
             insert into application_draft_file (municipality_id, id, draft, words, content) values (?, ?, ?, ?, ?)
             """).param(CurrentMunicipality.get().id()).param(UUID.fromString(kept.id())).param(draft.id())
        .param(cipher.encryptText(draft.person(), WORDS, JSON.writeValueAsString(kept)))
        .param(cipher.encrypt(draft.person(), CONTENT, file.content())).update();
    return kept;
  }

  /** Removes a file; nothing happens if it is not there. */
  void remove(Draft draft, String id) {
    draft.files().stream().filter(file -> file.id().equals(id)).findFirst()
        .ifPresent(file -> jdbc.sql("delete from application_draft_file where draft = ? and id = ?").param(draft.id())
            .param(UUID.fromString(id)).update());
  }

  void deleteAll(UUID draft) {
    jdbc.sql("delete from application_draft_file where draft = ?").param(draft).update();
  }

  /** Without their content, oldest first. */
  List<KeptFile> listOf(Person person, UUID draft) {
    return jdbc.sql("select words from application_draft_file where draft = ? order by created_at, id").param(draft)
        .query(byte[].class).list().stream().flatMap(words -> cipher.decryptText(person, WORDS, words).stream())
        .map(json -> JSON.readValue(json, KeptFile.class)).toList();
  }

  /** Those that the answers name, with their content. */
  List<Attachment> load(Draft draft, Set<String> ids) {
    return draft.files().stream().filter(file -> ids.contains(file.id()))
        .flatMap(file -> jdbc.sql("select content from application_draft_file where draft = ? and id = ?")
            .param(draft.id()).param(UUID.fromString(file.id())).query(byte[].class).optional()
            // gone if the same form is sent twice at once: then the other one has them
            .flatMap(sealed -> cipher.decrypt(draft.person(), CONTENT, sealed))
            .map(content -> new Attachment(file.id(), file.name(), file.mediaType(), content)).stream())
        .toList();
  }
}
