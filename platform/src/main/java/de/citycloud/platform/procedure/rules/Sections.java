package de.citycloud.platform.procedure.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A section of the service page as safe HTML: paragraphs, lists of lines that begin with {@code - }, and links to
 * {@code https} addresses. Everything else is text.
 */
final class Sections {
  private static final Pattern LINK = Pattern
      .compile("\\[([^\\[\\]\\n]{1,200})]\\((https://[A-Za-z0-9._~:/?#@!$&*+,;=%-]{1,500})\\)");

  private Sections() {}

  /** The HTML of {@code text}; empty if it is blank. */
  static String html(String text) {
    var html = new StringBuilder();
    for (var block : text.strip().split("\\n[ \\t]*\\n")) {
      var words = new ArrayList<String>();
      var items = new ArrayList<String>();
      for (var line : block.strip().lines().toList()) {
        if (line.startsWith("- ")) {
          paragraph(html, words);
          items.add(line.substring(2).strip());
        } else if (!items.isEmpty() && line.startsWith("  ")) {
          items.add(items.removeLast() + " " + line.strip());
        } else {
          list(html, items);
          words.add(line.strip());
        }
      }
      paragraph(html, words);
      list(html, items);
    }
    return html.toString();
  }

  private static void paragraph(StringBuilder html, List<String> words) {
    var text = String.join(" ", words).strip();
    if (!text.isEmpty()) {
      html.append("<p>").append(inline(text)).append("</p>\n");
    }
    words.clear();
  }

  private static void list(StringBuilder html, List<String> items) {
    if (!items.isEmpty()) {
      html.append("<ul>\n");
      items.forEach(item -> html.append("<li>").append(inline(item)).append("</li>\n"));
      html.append("</ul>\n");
      items.clear();
    }
  }

  private static String inline(String text) {
    var html = new StringBuilder();
    int from = 0;
    var link = LINK.matcher(text);
    while (link.find()) {
      html.append(Texts.escape(text.substring(from, link.start()))).append("<a href=\"")
          .append(Texts.escape(link.group(2))).append("\">").append(Texts.escape(link.group(1))).append("</a>");
      from = link.end();
    }
    return html.append(Texts.escape(text.substring(from))).toString();
  }
}
