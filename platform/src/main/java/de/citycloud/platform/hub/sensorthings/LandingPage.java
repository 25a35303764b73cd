package de.citycloud.platform.hub.sensorthings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the service answers at its root: the entity sets, and what it promises to conform to. */
final class LandingPage {
  private static final String SPEC = "http://www.opengis.net/spec/iot_sensing/1.1/req/";
  private static final List<String> CONFORMANCE = List.of(SPEC + "datamodel",
      SPEC + "resource-path/resource-path-to-entities", SPEC + "request-data",
      SPEC + "create-update-delete/create-entity",
      SPEC + "create-update-delete/link-to-existing-entities", SPEC + "create-update-delete/deep-insert",
      SPEC + "create-update-delete/deep-insert-status-code", SPEC + "create-update-delete/update-entity",
      SPEC + "create-update-delete/delete-entity", SPEC + "create-update-delete/historical-location-auto-creation",
      // Multipart/mixed, the standard's own class of batches, is taken too, but without Observations in change sets: so
      // that class is not claimed.
      "https://fraunhoferiosb.github.io/FROST-Server/extensions/JsonBatchRequest.html",
      SPEC + "data-array/data-array",
      SPEC + "create-observations-via-mqtt/observations-creation", SPEC + "receive-updates-via-mqtt/receive-updates");

  private LandingPage() {}

  static Map<String, Object> of(ServiceRoot root) {
    var page = new LinkedHashMap<String, Object>();
    page.put("value", Arrays.stream(EntityType.values()).map(type -> Map.of("name", type.plural(), "url",
        root.url() + "/" + type.plural())).toList());
    page.put("serverSettings", Map.of("conformance", CONFORMANCE));
    return page;
  }
}
