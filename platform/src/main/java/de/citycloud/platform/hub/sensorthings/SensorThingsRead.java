package de.citycloud.platform.hub.sensorthings;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that is asked with GET. What changes something has a controller of its own. */
@RestController
class SensorThingsRead {
  private final Reads reads;
  private final SensorThingsProperties properties;

  SensorThingsRead(Reads reads, SensorThingsProperties properties) {
    this.reads = reads;
    this.properties = properties;
  }

  @GetMapping({"/{municipality}/sta/v1.1", "/{municipality}/sta/v1.1/**", "/v1.1", "/v1.1/**"})
  void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var reply = reads.get(ServiceRoot.of(request, properties.publicUrl()), request.getQueryString());
    if (reply.type() == null) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.setContentType(reply.type());
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }
}
