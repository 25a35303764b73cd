package de.citycloud.platform.procedure.casefile;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Cases as files that somebody can read in fifty years: words in JSON, documents as they were, and a list to check them by. */
@Component
class ArchivePackage {
  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final CaseViews views;
  private final CasePapers papers;
  private final CaseDecisions decisions;
  private final ProcedureRules rules;

  ArchivePackage(CaseViews views, CasePapers papers, CaseDecisions decisions, ProcedureRules rules) {
    this.views = views;
    this.papers = papers;
    this.decisions = decisions;
    this.rules = rules;
  }

  /**
   * A ZIP that is being written; the manifest comes last, when all sums are known. What is not {@link #finish finished}
   * has neither manifest nor directory, so that nobody takes a part for the whole.
   */
  final class Writing {
    private final ZipOutputStream zip;
    private final List<Map<String, Object>> files = new ArrayList<>();
    private final Map<String, Object> about;

    Writing(OutputStream out, ArchiveDesk.Offer offer) {
      zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
      about = new LinkedHashMap<>();
      about.put("format", "smart-city-cloud archive offer 1");
      about.put("municipality", CurrentMunicipality.get().name());
      about.put("office", offer.office());
      about.put("procedure", offer.name());
      about.put("offer", offer.id());
      about.put("offeredAt", offer.offeredAt().toString());
      about.put("cases", offer.cases());
    }

    void add(CaseFile file) throws IOException {
      var folder = "cases/" + file.reference().text() + "/";
      var status = views.whole(file);
      put(folder + "case.json", JSON.writeValueAsBytes(data(file, status)));
      int number = 0;
      for (var paper : status.documents()) {
        number++;
        var content = papers.content(file, paper.id());
        if (content.isPresent()) {
          put(folder + "documents/%02d-%s".formatted(number, safe(paper.name(), paper.mediaType())), content.get());
        }
      }
    }

    private void put(String path, byte[] content) throws IOException {
      zip.putNextEntry(new ZipEntry(path));
      zip.write(content);
      zip.closeEntry();
      files.add(Map.of("path", path, "bytes", content.length, "sha256",
          HexFormat.of().formatHex(CasePapers.sha256(content))));
    }

    void finish() throws IOException {
      about.put("files", files);
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(JSON.writeValueAsBytes(about));
      zip.closeEntry();
      zip.finish();
    }
  }

  private Map<String, Object> data(CaseFile file, CaseStatus status) {
    var procedure = status.procedure();
    var data = new LinkedHashMap<String, Object>();
    data.put("reference", file.reference().text());
    data.put("procedure", procedure.pack().id());
    data.put("procedureName", procedure.pack().manifest().name().in(file.language()));
    data.put("receivedAt", file.receivedAt().toString());
    data.put("channel", file.channel().name());
    data.put("state", status.state().name());
    data.put("outcome", String.valueOf(status.outcome()));
    data.put("fee", status.fee().toPlainString());
    data.put("payment", status.payment().name());
    var answers = new ArrayList<Map<String, Object>>();
    status.answers().forEach((key, answer) -> procedure.pack().field(key)
        .ifPresent(field -> answers.add(Map.of("field", key, "label", field.label().in(file.language()), "answer",
            rules.display(procedure, field, answer, file.language())))));
    data.put("answers", answers);
    data.put("history", status.history().stream()
        .map(one -> Map.of("at", one.at().toString(), "what", one.key(), "values", one.values())).toList());
    data.put("messages", status.messages().stream().map(one -> Map.of("at", one.at().toString(), "from",
        one.fromOffice() ? "office" : "applicant", "text", one.text())).toList());
    data.put("decisions", decisions.listOf(file).stream().filter(one -> one.notifiedAt() != null)
        .map(one -> Map.of("at", one.at().toString(), "outcome", one.outcome().name(), "grounds",
            one.words().grounds(), "conditions", one.words().conditions(), "withdrawn", one.withdrawnAt() != null))
        .toList());
    data.put("objections", status.objections().stream().map(one -> Map.of("receivedAt", one.receivedAt().toString(),
        "late", one.late(), "ruling", String.valueOf(one.ruling()), "grounds", one.grounds())).toList());
    data.put("notes", papers.notes(file).stream()
        .map(one -> Map.of("at", one.at().toString(), "text", one.text())).toList());
    return data;
  }

  /** A name for a file on any computer, with the ending of its kind. */
  private static String safe(String name, String mediaType) {
    var ending = switch (mediaType) {
      case "application/pdf" -> ".pdf";
      case "image/jpeg" -> ".jpg";
      case "image/png" -> ".png";
      default -> "";
    };
    var bare = name.replaceAll("(?i)\\.(pdf|jpe?g|png)$", "").replaceAll("[^\\p{L}\\p{N} ._-]+", "-").strip();
    return (bare.isEmpty() ? "file" : bare.substring(0, Math.min(100, bare.length()))) + ending;
  }
}
