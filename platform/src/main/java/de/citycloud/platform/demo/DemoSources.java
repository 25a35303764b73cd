package de.citycloud.platform.demo;

/** Names of the sources that the demo town connects, as they stand in the address {@code /in/{source}}. */
final class DemoSources {
  static final String SOIL = "bodenfeuchte";
  static final String PARTICULATES = "feinstaub";
  static final String CAR_PARKS = "parkhaeuser-pbw";
  static final String PARK_AND_RIDE = "park-and-ride";
  static final String COUNTS = "verkehrszaehlung";

  private DemoSources() {}
}
