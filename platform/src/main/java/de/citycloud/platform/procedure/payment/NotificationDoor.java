package de.citycloud.platform.procedure.payment;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where providers tell how a payment went. Open to everybody, since only the signature counts. */
@RestController
class NotificationDoor {
  private static final int MOST_BYTES = 10_000;

  private final Payments payments;

  NotificationDoor(Payments payments) {
    this.payments = payments;
  }

  /** 204 if it was taken, also for the second time; 403 if it is not from the provider or about nothing of ours. */
  @PostMapping("/{municipality}/payments/{provider}/notification")
  ResponseEntity<Void> take(@PathVariable("provider") String provider,
      @RequestHeader(name = "X-Signature", defaultValue = "") String signature, HttpServletRequest request)
      throws IOException {
    var body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    boolean taken = body.length <= MOST_BYTES && payments.take(provider, body, signature);
    return ResponseEntity.status(taken ? HttpStatus.NO_CONTENT : HttpStatus.FORBIDDEN).build();
  }
}
