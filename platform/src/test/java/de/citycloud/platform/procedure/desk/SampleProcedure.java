package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.ResolvedProcedure;
import de.citycloud.platform.procedure.pack.Condition;
import de.citycloud.platform.procedure.pack.Field;
import de.citycloud.platform.procedure.pack.Flow;
import de.citycloud.platform.procedure.pack.Manifest;
import de.citycloud.platform.procedure.pack.ProcedurePackage;
import de.citycloud.platform.procedure.pack.Version;
import de.citycloud.platform.procedure.pack.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small procedure with a field of every kind. */
final class SampleProcedure {
  private SampleProcedure() {}

  static ResolvedProcedure resolved() {
    var fields = new LinkedHashMap<String, Field>();
    put(fields, "givenName", Field.Type.TEXT, words("Vorname", "Given name"), true, Map.of(), null);
    put(fields, "familyName", Field.Type.TEXT, words("Familienname", "Family name"), true, Map.of(), null);
    put(fields, "street", Field.Type.TEXT, words("Straße", "Street"), true, Map.of(), null);
    put(fields, "houseNumber", Field.Type.TEXT, words("Hausnummer", "House number"), true, Map.of(), null);
    put(fields, "postcode", Field.Type.TEXT, words("Postleitzahl", "Postcode"), true, Map.of(), null);
    put(fields, "city", Field.Type.TEXT, words("Ort", "Town"), true, Map.of(), null);
    put(fields, "email", Field.Type.EMAIL, words("E-Mail", "E-mail"), false, Map.of(), null);
    var kinds = new LinkedHashMap<String, Words>();
    kinds.put("market", words("Markt", "Market"));
    kinds.put("music", words("Musik", "Music"));
    put(fields, "kind", Field.Type.CHOICE, words("Was findet statt?", "What takes place?"), true, kinds, null);
    put(fields, "volume", Field.Type.INTEGER, words("Lautstärke in dB", "Volume in dB"), true, Map.of(),
        new Condition.Is("kind", "music"));
    put(fields, "begins", Field.Type.DATE, words("Beginn", "Begins"), true, Map.of(), null);
    put(fields, "about", Field.Type.LONG_TEXT, words("Beschreibung", "Description"), false, Map.of(), null);
    put(fields, "rent", Field.Type.MONEY, words("Standgebühr", "Rent of a stall"), false, Map.of(), null);
    put(fields, "plan", Field.Type.FILE, words("Lageplan", "Plan"), false, Map.of(), null);
    var steps = List.of(
        new Field.Step("who", words("Wer beantragt?", "Who applies?"), null,
            List.of("givenName", "familyName", "street", "houseNumber", "postcode", "city", "email"), null),
        new Field.Step("what", words("Was ist geplant?", "What is planned?"), null,
            List.of("kind", "volume", "begins", "about", "rent", "plan"), null));
    var manifest = new Manifest("sondernutzung", new Version(1, 2, 0),
        words("Sondernutzung im öffentlichen Raum", "Special use of public space"),
        words("Sie dürfen einen Platz nutzen.", "You may use a square."), words("Beantragen", "Apply"), "musterstadt",
        "Musterstadt <post@musterstadt.example>", "", "EUPL-1.2", new Version(0, 1, 0), false, true, "none", Map.of(),
        "events", LocalDate.of(2026, 11, 1), List.of(), Period.ofWeeks(4), Period.ofWeeks(2), Period.ofMonths(1),
        Period.ofYears(2), "Aktenplan", false, List.of());
    var document = """
                   <h1>Bescheid</h1><p>{{reference}}, {{date}}</p>{{#outcomeRefused}}<p>Wir lehnen ab.</p>{{/outcomeRefused}}\
                   {{#outcomePartly}}<p>Wir bewilligen teilweise.</p>{{/outcomePartly}}{{#outcomeGranted}}<p>Wir bewilligen.</p>{{/outcomeGranted}}\
                   <h2>Gründe</h2><p>{{grounds}}</p><p>{{conditions}}</p><p id="remedy">Sie können Widerspruch einlegen.</p>""";
    var pack = new ProcedurePackage(manifest, Map.of(),
        Map.of("block.quiet", words("Ab 22 Uhr ist Ruhe.", "Quiet from 10 pm."), "block.way",
            words("Der Rettungsweg bleibt frei.", "The rescue way stays free.")),
        Map.of(), fields, steps, new Flow(Map.of(), List.of()), new byte[0], Map.of(), Map.of("decision.de", document),
        Map.of("fire", words("Feuerwehr", "Fire service"), "police", words("Polizei", "Police")), List.of(),
        "0".repeat(64));
    return new ResolvedProcedure(pack, 1, Map.of(), Map.of(), Map.of(), new ResolvedProcedure.OfficeInfo("ordnungsamt",
        "Ordnungsamt", "Rathausplatz 1", "115", "ordnungsamt@musterstadt.example", ""), LocalDate.of(2026, 11, 20));
  }

  static Map<String, Object> answers() {
    return Map.of("givenName", "Lena", "familyName", "Vogt <i>x</i>", "street", "Am Markt", "houseNumber", "3",
        "postcode", "71638", "city", "Ludwigsburg", "kind", "music", "volume", new BigDecimal("70"), "begins",
        LocalDate.of(2026, 12, 24), "about", "Zeile eins\nZeile zwei <script>alert(2)</script>");
  }

  static Words words(String de, String en) {
    return new Words(de, en, null);
  }

  private static void put(Map<String, Field> fields, String key, Field.Type type, Words label, boolean required,
      Map<String, Words> options, @Nullable Condition when) {
    fields.put(key, new Field(key, type, label, null, "", required, type == Field.Type.FILE ? 2 : 200, null, null, null,
        null, options, null, "", true, "§ 16 StrG", words("Zweck", "Purpose"), when));
  }
}
