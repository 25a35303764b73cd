package de.citycloud.platform.procedure.casefile;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the archive is offered before it is deleted (German: <i>Anbietung</i>, § 3 LArchG), for who leads an office. Cases are
 * offered once their own time is over, many at a time, and deleted when the archive has answered, or has not for too long.
 */
public interface ArchiveDesk {
  /** Cases of one offer at most, so that a package stays small enough to look at. */
  int MOST = 200;

  /** What waits to be offered. @param oldest when the time of the first of them was over */
  record Due(String office, String procedure, String name, long cases, Instant oldest) {}

  /** What was offered. @param result null until the archive has answered */
  record Offer(long id, String office, String name, Instant offeredAt, int cases, @Nullable Result result,
      @Nullable Instant endedAt) {}

  /** What the archive said. */
  enum Result {
    /** It has the package: the cases may be deleted here. */
    TAKEN,
    /** They are of no lasting value: the same. */
    DECLINED
  }

  /** Of my offices, by procedure. */
  List<Due> due();

  /** Offers of my offices, the ones without an answer first, then the newest; at most 50. */
  List<Offer> offers();

  /** Days after which cases are deleted although the archive has not answered. */
  int waitDays();

  /**
   * Offers the oldest cases of a procedure, at most {@link #MOST}; returns the number of the offer.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code archive-nothing} (409) if nothing is due
   */
  long offer(String office, String procedure);

  /**
   * Writes the package of an offer: a ZIP with the data of each case as JSON, its documents, and a manifest with the SHA-256
   * of every file. Each case is opened for it, and that is logged.
   *
   * @throws de.citycloud.platform.problem.CityProblem {@code own-case} (403) if the reader applied in one of them
   * @throws de.citycloud.platform.problem.CityProblem {@code archive-offer} (404) if there is no such offer of my offices
   */
  void write(long offer, OutputStream out) throws IOException;

  /** Notes the answer; @throws de.citycloud.platform.problem.CityProblem {@code archive-offer} (404) if none is awaited */
  void answer(long offer, Result result);
}
