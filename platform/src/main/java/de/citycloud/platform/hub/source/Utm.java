package de.citycloud.platform.hub.source;

/**
 * UTM zone 32 north on GRS 80 (EPSG:25832) to degrees: inverse transverse Mercator in Krüger's series to the fourth
 * order of n, exact to millimetres within the zone.
 */
final class Utm {
  /** Semi-major axis of GRS 80 (m). */
  private static final double A = 6_378_137.0;
  private static final double FLATTENING = 1 / 298.257222101;
  private static final double N = FLATTENING / (2 - FLATTENING);
  private static final double SCALE = 0.9996;
  private static final double CENTRAL_MERIDIAN = Math.toRadians(9);
  private static final double RADIUS = A / (1 + N) * (1 + N * N / 4 + Math.pow(N, 4) / 64);
  private static final double[] BETA = {N / 2 - 2 * N * N / 3 + 37 * Math.pow(N, 3) / 96 - Math.pow(N, 4) / 360,
      N * N / 48 + Math.pow(N, 3) / 15 - 437 * Math.pow(N, 4) / 1440,
      17 * Math.pow(N, 3) / 480 - 37 * Math.pow(N, 4) / 840, 4397 * Math.pow(N, 4) / 161280};
  private static final double[] DELTA = {2 * N - 2 * N * N / 3 - 2 * Math.pow(N, 3) + 116 * Math.pow(N, 4) / 45,
      7 * N * N / 3 - 8 * Math.pow(N, 3) / 5 - 227 * Math.pow(N, 4) / 45,
      56 * Math.pow(N, 3) / 15 - 136 * Math.pow(N, 4) / 35, 4279 * Math.pow(N, 4) / 630};

  private Utm() {}

  /** True if these are metres within Germany's part of the zone, with some margin. */
  static boolean isInZone32(double easting, double northing) {
    return easting > 200_000 && easting < 950_000 && northing > 5_200_000 && northing < 6_120_000;
  }

  static Position zone32(double easting, double northing) {
    double xi = northing / (SCALE * RADIUS);
    double eta = (easting - 500_000) / (SCALE * RADIUS);
    double xi0 = xi;
    double eta0 = eta;
    for (int j = 1; j <= BETA.length; j++) {
      xi0 -= BETA[j - 1] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
      eta0 -= BETA[j - 1] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
    }
    double chi = Math.asin(Math.sin(xi0) / Math.cosh(eta0));
    double latitude = chi;
    for (int j = 1; j <= DELTA.length; j++) {
      latitude += DELTA[j - 1] * Math.sin(2 * j * chi);
    }
    double longitude = CENTRAL_MERIDIAN + Math.atan2(Math.sinh(eta0), Math.cos(xi0));
    return new Position(rounded(Math.toDegrees(longitude)), rounded(Math.toDegrees(latitude)));
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }
}
