package de.citycloud.platform.message;

import de.citycloud.platform.message.MailDoor.Outcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what is due. Several programs may do so: a mail is claimed in the database. A failed one is tried eight times
 * with growing pauses, over about five days, then given up with its reason.
 */
@Component
class MailClock {
  private static final Logger LOG = LoggerFactory.getLogger(MailClock.class);
  private static final int AT_ONCE = 10;
  static final int TRIES = 8;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final Outbox outbox;
  private final MailDoor door;
  private final Duration firstPause;

  MailClock(Outbox outbox, MailDoor door, MailSettings settings) {
    this.outbox = outbox;
    this.door = door;
    this.firstPause = settings.firstPause();
  }

  @Scheduled(initialDelay = 2_000, fixedDelayString = "${city.mail.check-ms:1000}")
  void tick() {
    if (!door.isOpen()) {
      return;
    }
    try {
      outbox.claim(AT_ONCE).forEach(this::send);
    } catch (DataAccessException e) {
      LOG.warn("The outbox does not answer; mails wait: {}", e.getClass().getSimpleName());
    }
  }

  private void send(OutgoingMessage mail) {
    switch (door.send(mail)) {
      // From here to the note below lies the one moment in which a crash makes a mail go out twice.
      case Outcome.Taken() -> outbox.sent(mail);
      case Outcome.Refused(var reason) -> outbox.givenUp(mail, reason);
      case Outcome.Later(var reason) -> {
        if (mail.tries() >= TRIES) {
          LOG.warn("Mail {} of municipality {} is given up after {} tries.", mail.id(), mail.municipality(), TRIES);
          outbox.givenUp(mail, reason);
        } else {
          outbox.tryAgain(mail, pauseAfter(mail.tries()), reason);
        }
      }
    }
  }

  /** After the first try {@code firstPause}, then four times as long each, a day at most. */
  Duration pauseAfter(int tries) {
    var pause = firstPause.multipliedBy(1L << 2 * Math.min(10, tries - 1));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
