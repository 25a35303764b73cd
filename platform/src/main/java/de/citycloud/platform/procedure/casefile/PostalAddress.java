package de.citycloud.platform.procedure.casefile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Name and postal address of an applicant, from the fields that packages call the same. */
public final class PostalAddress {
  private PostalAddress() {}

  /** Given and family name; empty where the form asks for neither. */
  public static String nameOf(Map<String, Object> answers) {
    return join(answers, "givenName", "familyName");
  }

  /** Lines of the address, as far as the answers hold it. */
  public static List<String> of(Map<String, Object> answers) {
    return Stream.of(nameOf(answers), join(answers, "street", "houseNumber"), join(answers, "postcode", "city"))
        .filter(line -> !line.isBlank()).toList();
  }

  private static String join(Map<String, Object> answers, String... keys) {
    return Stream.of(keys).map(answers::get).filter(Objects::nonNull).map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
