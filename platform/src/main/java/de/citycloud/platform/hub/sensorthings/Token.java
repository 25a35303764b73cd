package de.citycloud.platform.hub.sensorthings;

/**
 * A word of {@code $filter} or {@code $orderby}.
 *
 * @param kind what it is
 * @param text as written
 * @param value of a literal; the text of everything else
 * @param position of its first character in the option, from 1
 */
record Token(Kind kind, String text, Object value, int position) {
  /** What a token is. */
  enum Kind {
    /** A literal. */
    LITERAL,
    /** A path, a function name, or a word such as {@code and}. */
    WORD,
    /** {@code (} */
    OPEN,
    /** {@code )} */
    CLOSE,
    /** {@code ,} */
    COMMA,
    /** Behind the last one. */
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** For messages. */
  String shown() {
    return kind == Kind.END ? "the end" : "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
  }
}
