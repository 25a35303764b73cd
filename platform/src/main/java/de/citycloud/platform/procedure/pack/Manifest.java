package de.citycloud.platform.procedure.pack;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a package says about itself.
 *
 * @param key of the procedure, stable over all versions: 3 to 60 lower case letters, digits and hyphens
 * @param name e.g. <i>Bewohnerparkausweis</i>
 * @param summary one sentence: what one gets
 * @param action what a button says, e.g. <i>Bewohnerparkausweis beantragen</i>
 * @param origin slug of the municipality that maintains it
 * @param maintainer who answers questions about it, with a mail address
 * @param leika LeiKa key, 14 digits; empty if there is none
 * @param licence SPDX expression
 * @param minimumPlatform oldest version of the platform that understands it
 * @param intake true if the city only takes the application and another authority decides; then it must say so
 * @param discretion true if the law leaves a choice: then a person decides, always
 * @param assurance how sure the applicant must be known: none, basis, substanziell or hoch
 * @param synonyms everyday words that people search for, by language {@code de} and {@code en}
 * @param topic life situation, one of {@link #TOPICS}
 * @param lastReviewed when the texts were checked
 * @param changes what changed, newest first; the first is this version
 * @param processing how long a decision takes at most once all is there; null if it is not promised
 * @param answerWithin how long people have to send what was asked for
 * @param objectionWithin how long people can object; null for an intake
 * @param keepFor how long a case is kept after it ended
 * @param keepBasis why so long: law or rule
 * @param archive true if the archive is offered the case before it is deleted
 * @param invented what in it is invented, so that nobody takes it for law; may be empty
 */
public record Manifest(String key, Version version, Words name, Words summary, Words action, String origin,
    String maintainer, String leika, String licence, Version minimumPlatform, boolean intake, boolean discretion,
    String assurance, Map<String, List<String>> synonyms, String topic, LocalDate lastReviewed, List<Change> changes,
    @Nullable Period processing, Period answerWithin, @Nullable Period objectionWithin, Period keepFor,
    String keepBasis, boolean archive, List<String> invented) {
  /** Life situations. */
  public static final List<String> TOPICS = List.of("moving", "mobility", "family", "animals", "work", "events",
      "building", "documents");

  public Manifest {
    synonyms = Map.copyOf(synonyms);
    changes = List.copyOf(changes);
    invented = List.copyOf(invented);
  }

  /** What one version changed, for each who reads it. */
  public record Change(Version version, Words citizens, Words staff, Words adopters) {}
}
