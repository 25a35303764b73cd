package de.citycloud.platform.procedure.apply;

import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.procedure.apply.Applications.Opened;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.rules.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Takes the files that a page sent, and removes those whose button was pressed. */
@Component
class SentFiles {
  private final DraftFiles files;
  private final MessageSource messages;

  SentFiles(DraftFiles files, MessageSource messages) {
    this.files = files;
    this.messages = messages;
  }

  /** What was wrong with files of the fields {@code shown}; what was right is kept. */
  List<FieldError> take(Opened opened, List<String> shown, HttpServletRequest request, Locale language) {
    var remove = request.getParameter("remove");
    if (remove != null) {
      files.remove(opened.draft(), remove);
    }
    var errors = new ArrayList<FieldError>();
    if (request instanceof MultipartHttpServletRequest parts) {
      for (var key : shown) {
        opened.procedure().pack().field(key).filter(field -> field.type() == Field.Type.FILE)
            .ifPresent(field -> take(opened.draft(), field, parts, language, errors));
      }
    }
    return errors;
  }

  private void take(Draft draft, Field field, MultipartHttpServletRequest parts, Locale language,
      List<FieldError> errors) {
    int there = draft.filesOf(field.key()).size();
    for (var sent : parts.getFiles(field.key())) {
      if (sent.isEmpty()) {
        continue; // a browser sends an empty part for a field without a file
      }
      if (there >= field.maxLength()) {
        errors.add(new FieldError(field.key(),
            messages.getMessage("apply.file.too-many-files", new Object[]{field.maxLength()}, language)));
        return;
      }
      try {
        files.keep(draft, field.key(), sent);
        there++;
      } catch (CityProblem e) {
        errors.add(new FieldError(field.key(), wordsOf(e, field, language)));
        return;
      } catch (IOException e) {
        throw new UncheckedIOException("A file of a form could not be read.", e);
      }
    }
  }

  private String wordsOf(CityProblem problem, Field field, Locale language) {
    return switch (problem.slug()) {
      case "upload-too-large", "upload-type", "upload-harmful" ->
        messages.getMessage("apply.file." + problem.slug(), null, language);
      case "too-many-files" ->
        messages.getMessage("apply.file.too-many-files", new Object[]{field.maxLength()}, language);
      default -> throw problem;
    };
  }
}
