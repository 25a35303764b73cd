package de.citycloud.platform.privacy.rights;

import de.citycloud.platform.privacy.Person;
import de.citycloud.platform.privacy.PersonalDataHolder;
import de.citycloud.platform.privacy.PersonalItem;
import de.citycloud.platform.ui.PageFormats;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;

/** Everything all modules hold of a person, in words. */
@Service
class MyData {
  private final List<PersonalDataHolder> holders;
  private final MessageSource messages;
  private final PageFormats formats;

  MyData(List<PersonalDataHolder> holders, MessageSource messages, PageFormats formats) {
    this.holders = List.copyOf(holders);
    this.messages = messages;
    this.formats = formats;
  }

  /**
   * What is held for one activity.
   *
   * @param activity key of the activity
   * @param name its name, and purpose, recipients, retention as Art. 15 (1) DSGVO wants them
   */
  record Section(String activity, String name, String purpose, String basis, String recipients, String retention,
      List<Line> lines) {}

  /** One value in words; {@code at} is null if the time is not kept. */
  record Line(String group, String label, String value, @Nullable Instant at) {}

  /** By activity, in order of their names; the order of values within is the modules'. */
  List<Section> of(Person person, Locale language) {
    var byActivity = new TreeMap<String, List<PersonalItem>>();
    holders.forEach(holder -> holder.listOf(person)
        .forEach(item -> byActivity.computeIfAbsent(item.activity(), key -> new ArrayList<>()).add(item)));
    var sections = new ArrayList<Section>();
    byActivity.forEach((activity, items) -> {
      var root = "activity." + activity + ".";
      sections.add(new Section(activity, text(root + "name", language), text(root + "purpose", language),
          text(root + "basis", language), text(root + "recipients", language), text(root + "retention", language),
          items.stream().map(item -> new Line(item.group(), text(item.label(), language), readable(item.value()),
              item.at())).toList()));
    });
    return sections;
  }

  /** A time as people write it, anything else as it is. */
  private String readable(String value) {
    if (value.length() > 19 && value.endsWith("Z")) {
      try {
        return formats.dateTime(Instant.parse(value));
      } catch (DateTimeParseException e) {
        return value;
      }
    }
    return value;
  }

  private String text(String key, Locale language) {
    var words = messages.getMessage(key, null, key, language);
    return words == null ? key : words;
  }
}
