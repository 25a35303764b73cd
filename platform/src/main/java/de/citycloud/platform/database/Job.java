package de.citycloud.platform.database;

import java.time.Duration;

/**
 * Work in the background that one node at a time does, claimed through the database; a bean of this type is enough. It
 * runs outside of any municipality. What fails is logged and tried again at the next time.
 *
 * @param name stable, lower case with hyphens
 * @param every pause between two runs, 10 s or more
 * @param work what to do; must be safe to do twice
 */
public record Job(String name, Duration every, Runnable work) {
  public Job {
    if (every.compareTo(Duration.ofSeconds(10)) < 0) {
      throw new IllegalArgumentException("The job %s runs every %s, expected 10 s or more.".formatted(name, every));
    }
  }
}
