package de.citycloud.platform.hub.page;

import de.citycloud.platform.hub.page.ExportRows.Head;
import de.citycloud.platform.hub.page.ExportRows.Row;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.problem.CityProblem;
import de.citycloud.platform.guard.SpreadsheetCell;
import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Downloads of one Datastream, for spreadsheets (CSV) and programs (JSON): times in UTC, numbers with a point. */
@Controller
class ExportDoor {
  private final Municipalities municipalities;
  private final ExportRows rows;
  private final JsonMapper json;

  ExportDoor(Municipalities municipalities, ExportRows rows, JsonMapper json) {
    this.municipalities = municipalities;
    this.rows = rows;
    this.json = json;
  }

  /** Columns {@code phenomenonTime, phenomenonEnd, resultTime, result, unit, resultQuality}; RFC 4180 with a header. */
  @GetMapping(path = "/{municipality}/datastreams/{id}.csv", produces = "text/csv")
  void csv(@PathVariable("municipality") String municipality, @PathVariable("id") String id,
      @RequestParam(name = "from", required = false) @Nullable String from,
      @RequestParam(name = "to", required = false) @Nullable String to, HttpServletResponse response)
      throws IOException {
    var head = head(municipality, id);
    var extract = extract(head, from, to);
    var first = rows.next(head.id(), extract, null);
    var out = begin(response, "text/csv;charset=UTF-8", "datastream-" + head.id() + ".csv");
    try (var csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      csv.writeRecord("phenomenonTime", "phenomenonEnd", "resultTime", "result", "unit", "resultQuality");
      for (var piece = first; !piece.isEmpty(); piece = rows.next(head.id(), extract, piece.getLast())) {
        for (var row : piece) {
          csv.writeRecord(row.time().toString(), SpreadsheetCell.harmless(row.end()),
              row.resultTime() == null ? "" : row.resultTime().toString(), result(row),
              SpreadsheetCell.harmless(head.unit()),
              SpreadsheetCell.harmless(row.quality()));
        }
      }
    }
  }

  private String result(Row row) {
    if (row.value() != null) {
      return number(row.value());
    }
    if (row.other() == null) {
      return "";
    }
    var node = json.readTree(row.other());
    return SpreadsheetCell.harmless(node.isString() ? node.asString() : row.other());
  }

  /** Without exponent for everyday numbers, since spreadsheets turn 1.2E1 into a text. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-9 || size >= 1e15)) {
      return Double.toString(value);
    }
    var plain = BigDecimal.valueOf(value).stripTrailingZeros();
    return plain.signum() == 0 ? "0" : plain.toPlainString();
  }

  /** An object with {@code datastream, from, to} and the list {@code observations}, oldest first. */
  @GetMapping(path = "/{municipality}/datastreams/{id}.json", produces = "application/json")
  void json(@PathVariable("municipality") String municipality, @PathVariable("id") String id,
      @RequestParam(name = "from", required = false) @Nullable String from,
      @RequestParam(name = "to", required = false) @Nullable String to, HttpServletResponse response)
      throws IOException {
    var head = head(municipality, id);
    var extract = extract(head, from, to);
    var first = rows.next(head.id(), extract, null);
    var out = begin(response, "application/json", "datastream-" + head.id() + ".json");
    try (var generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writePOJOProperty("datastream", Map.of("id", head.id(), "name", head.name(), "unit", head.unit(),
          "thing", Map.of("id", head.thingId(), "name", head.thingName())));
      if (head.source() != null) {
        generator.writeStringProperty("source", head.source());
      }
      if (head.licence() != null) {
        generator.writeStringProperty("licence", head.licence());
      }
      generator.writeStringProperty("from", extract.from().toString());
      generator.writeStringProperty("to", extract.to().toString());
      generator.writeArrayPropertyStart("observations");
      for (var piece = first; !piece.isEmpty(); piece = rows.next(head.id(), extract, piece.getLast())) {
        piece.forEach(row -> write(generator, row));
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
  }

  private void write(JsonGenerator generator, Row row) {
    generator.writeStartObject();
    generator.writeStringProperty("phenomenonTime",
        row.end() == null ? row.time().toString() : row.time() + "/" + row.end());
    if (row.resultTime() != null) {
      generator.writeStringProperty("resultTime", row.resultTime().toString());
    }
    if (row.value() != null) {
      generator.writeNumberProperty("result", new BigDecimal(number(row.value())));
    } else {
      generator.writePOJOProperty("result", row.other() == null ? null : json.readTree(row.other()));
    }
    if (row.quality() != null) {
      generator.writeStringProperty("resultQuality", row.quality());
    }
    generator.writeEndObject();
  }

  private Head head(String municipality, String id) {
    municipalities.getBySlug(municipality);
    return datastreamId(id).flatMap(rows::findHead).orElseThrow(() -> new CityProblem("datastream-not-found",
        HttpStatus.NOT_FOUND, """
                              Datastream "%s" is not here, expected the number of a Datastream of this municipality.
                              Maybe it was deleted; look it up under sta/v1.1/Datastreams.\
                              """.formatted(id.length() > 40 ? id.substring(0, 40) + "…" : id)));
  }

  private static java.util.Optional<Integer> datastreamId(String text) {
    try {
      return java.util.Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return java.util.Optional.empty();
    }
  }

  private Extract extract(Head head, @Nullable String from, @Nullable String to) {
    var extract = Extract.of(from, to, Instant.now());
    if (rows.isTooLong(head.id(), extract)) {
      throw new CityProblem("extract-too-long", HttpStatus.UNPROCESSABLE_CONTENT,
          """
          From %s to %s there are more than %d Observations, which is all one download holds.
          Maybe ask for a shorter time, several times.\
          """.formatted(extract.from(), extract.to(), ExportRows.LIMIT));
    }
    return extract;
  }

  private static OutputStream begin(HttpServletResponse response, String type, String file) throws IOException {
    response.setContentType(type);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
    return new BufferedOutputStream(response.getOutputStream(), 32_768);
  }
}
