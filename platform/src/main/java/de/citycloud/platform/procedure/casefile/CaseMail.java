package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.message.MailAddress;
import de.citycloud.platform.message.Messages;
import de.citycloud.platform.message.Text;
import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.ResolvedProcedure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Mails about a case: that something happened, and where to read it; never what. They belong to the case and end with it.
 */
@Component
class CaseMail {
  private final Messages messages;
  private final String publicUrl;

  CaseMail(Messages messages, @Value("${city.public-url:}") String publicUrl) {
    this.messages = messages;
    this.publicUrl = publicUrl.replaceFirst("/+$", "");
  }

  /**
   * Tells the applicant, if there is an address.
   *
   * @param template of the words {@code mail.case.<template>.…}: reference, name of the procedure, town, then {@code more}
   */
  void tell(CaseFile file, ResolvedProcedure procedure, @Nullable String email, String template, String... more) {
    if (email == null || !MailAddress.isValid(email)) {
      return;
    }
    var values = new ArrayList<>(List.of(file.reference().text(),
        procedure.pack().manifest().name().in(file.language()), CurrentMunicipality.get().name()));
    values.addAll(List.of(more));
    var link = address("cases");
    messages.send(file.person(), new MailAddress(email), new Text("case." + template, file.language(), values,
        link.startsWith("/") ? null : link, file.inLog()));
  }

  /**
   * Puts a letter with a document into the print queue.
   *
   * @throws CityProblem {@code case-address} (422) unless the address has 2 to 6 lines
   */
  void print(CaseFile file, ResolvedProcedure procedure, List<String> address, String document) {
    var lines = address.stream().map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
        .filter(line -> !line.isEmpty()).toList();
    if (lines.size() < 2 || lines.size() > 6) {
      throw new CityProblem("case-address", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          The address has %d lines, expected 2 to 6.
          Maybe write street and town on lines of their own.""".formatted(lines.size()));
    }
    messages.print(file.person(), lines, new Text("case.letter", file.language(),
        List.of(file.reference().text(), procedure.pack().manifest().name().in(file.language()),
            CurrentMunicipality.get().name(), document),
        null, file.inLog()));
  }

  /** Address of a page of this municipality; without host if the program does not know the one the world sees. */
  String address(String page) {
    return publicUrl + "/" + CurrentMunicipality.get().slug() + "/" + page;
  }
}
