package de.citycloud.platform.privacy;

/**
 * The cell of a grid in which a home lies, instead of its point. Cells are about as wide as high; everything in a cell
 * gets the same centre, which is no house.
 *
 * @param longitude of the centre of the cell in degrees east
 * @param latitude of the centre of the cell in degrees north
 * @param metres width and height of the cell
 */
public record CoarsePlace(double longitude, double latitude, int metres) {
  private static final double METRES_PER_DEGREE = 111_320;

  /**
   * The cell around a point.
   *
   * @param metres 100 to 100,000
   */
  public static CoarsePlace of(double longitude, double latitude, int metres) {
    if (metres < 100 || metres > 100_000) {
      throw new IllegalArgumentException("metres is %d, expected 100 to 100000.".formatted(metres));
    }
    double high = metres / METRES_PER_DEGREE;
    double row = Math.floor(latitude / high);
    double middle = Math.clamp((row + 0.5) * high, -90, 90);
    // All points of a row of cells use the same width, so that cells do not overlap.
    double wide = high / Math.max(0.01, Math.cos(Math.toRadians(middle)));
    return new CoarsePlace((Math.floor(longitude / wide) + 0.5) * wide, middle, metres);
  }
}
