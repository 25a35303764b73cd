package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonCipher;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.rules.Answers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What people told, encrypted with the key of the case. When the key has ended everything reads as empty. */
@Component
class CaseWords {
  private static final String APPLICATION = "case_file.application";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PersonCipher cipher;

  CaseWords(PersonCipher cipher) {
    this.cipher = cipher;
  }

  /** Answers, and where to write to. @param email null if there is none */
  record Application(Map<String, Object> answers, @Nullable String email) {}

  /** Grounds and conditions of a decision. */
  record Decided(String grounds, String conditions) {}

  /** As it is kept. @param answers JSON in Base64 */
  private record Kept(String answers, @Nullable String email) {}

  byte[] seal(Person person, Application application) {
    var kept = new Kept(Base64.getEncoder().encodeToString(Answers.toJson(application.answers)), application.email);
    return cipher.encrypt(person, APPLICATION, JSON.writeValueAsBytes(kept));
  }

  Application open(CaseFile file, ProcedurePackage pack) {
    return cipher.decrypt(file.person(), APPLICATION, file.application()).map(clear -> {
      var kept = JSON.readValue(clear, Kept.class);
      return new Application(Answers.ofJson(pack, Base64.getDecoder().decode(kept.answers)), kept.email);
    }).orElse(new Application(Map.of(), null));
  }

  byte[] seal(Person person, Decided words) {
    return cipher.encrypt(person, "case_decision.words", JSON.writeValueAsBytes(words));
  }

  Decided openDecision(Person person, byte[] sealed) {
    return cipher.decrypt(person, "case_decision.words", sealed).map(clear -> JSON.readValue(clear, Decided.class))
        .orElse(new Decided("", ""));
  }

  /** @param column {@code table.column} */
  byte[] sealText(Person person, String column, String text) {
    return cipher.encrypt(person, column, text.getBytes(StandardCharsets.UTF_8));
  }

  String openText(Person person, String column, byte @Nullable [] sealed) {
    return sealed == null ? "" : cipher.decryptText(person, column, sealed).orElse("");
  }

  byte[] sealFile(Person person, byte[] content) {
    return cipher.encrypt(person, "case_document.content", content);
  }

  byte[] openFile(Person person, byte[] sealed) {
    return cipher.decrypt(person, "case_document.content", sealed).orElse(new byte[0]);
  }
}
