package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.procedure.casefile.CaseDesk.Opened;
import de.citycloud.platform.procedure.rules.ProcedureRules;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Texts that a package brings for its letters and decisions, with the values of the case in them. They are German in
 * every language of the page: that is the language of the procedure (§ 23 LVwVfG).
 */
@Component
class TextBlocks {
  private static final String BLOCK = "block.";

  private final ProcedureRules rules;

  TextBlocks(ProcedureRules rules) {
    this.rules = rules;
  }

  /** @param key as the form sends it */
  record Block(String key, String text) {}

  /** Blocks that fit the case, by key; our own words in place of those of the package. */
  List<Block> of(Opened opened) {
    var procedure = opened.status().procedure();
    return procedure.pack().texts().keySet().stream().filter(key -> key.startsWith(BLOCK)).sorted().map(key -> {
      var own = procedure.ownTexts().get("text." + key);
      var words = own == null ? procedure.pack().texts().get(key) : own;
      return new Block(key, words == null
          ? ""
          : rules.text(procedure, words, opened.status().answers(), Locale.GERMAN));
    }).filter(block -> !block.text.isBlank()).toList();
  }

  /** What was typed with the block below it; unchanged if there is no such block. */
  String append(Opened opened, @Nullable String typed, @Nullable String key) {
    var before = Typed.text(typed);
    return of(opened).stream().filter(block -> block.key.equals(key)).findFirst()
        .map(block -> before.isEmpty() ? block.text : before + "\n\n" + block.text).orElse(before);
  }
}
