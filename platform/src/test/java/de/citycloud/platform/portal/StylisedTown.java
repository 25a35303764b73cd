package de.citycloud.platform.portal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;

/**
 * Draws the base map of the demo town. Axes, river, railway and parks follow known points and are schematic; small
 * streets and houses come from a seeded generator and exist nowhere. Everything is computed in metres east and north of
 * {@link #LONGITUDE}, {@link #LATITUDE}. Run {@link #main} to write the two files again.
 */
final class StylisedTown {
  static final double LONGITUDE = 9.19;
  static final double LATITUDE = 48.8955;
  private static final double NORTH = 111_320;
  private static final double EAST = NORTH * Math.cos(Math.toRadians(LATITUDE));
  private static final long SEED = 71638;
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private final Random random = new Random(SEED);
  private final List<String> ground = new ArrayList<>();
  private final StringBuilder houses = new StringBuilder();
  private Geometry mainRoads = FACTORY.createGeometryCollection();
  private Geometry keepFree = FACTORY.createGeometryCollection();

  /** A quarter: an outline, the direction of its streets and how its blocks are cut. */
  private record Quarter(String name, double turn, double blockLength, double blockDepth, boolean works,
      double... outline) {}

  public static void main(String[] arguments) throws IOException {
    var town = new StylisedTown();
    var folder = Path.of(arguments.length > 0 ? arguments[0] : "demo/ludwigsburg");
    Files.writeString(folder.resolve("basemap.geojson"), town.basemap());
    Files.writeString(folder.resolve("houses.geojson"), town.houses());
  }

  StylisedTown() {
    water();
    parks();
    railway();
    roads();
    landmarks();
    quarters();
    labels();
  }

  String basemap() {
    return "{\"type\":\"FeatureCollection\",\"note\":\"Stylised: axes, river, railway and parks are schematic, small"
        + " streets are generated and exist nowhere.\",\"features\":[\n" + String.join(",\n", ground) + "\n]}\n";
  }

  String houses() {
    return "{\"type\":\"FeatureCollection\",\"note\":\"Stylised: generated houses, none of them exists.\",\"features\":[\n"
        + "{\"type\":\"Feature\",\"properties\":{\"layer\":\"house\"},\"geometry\":{\"type\":\"MultiPolygon\","
        + "\"coordinates\":[" + houses + "]}}\n]}\n";
  }

  private void water() {
    var neckar = curve(9.2950, 48.8905, 9.2780, 48.8930, 9.2610, 48.8985, 9.2470, 48.8990, 9.2360, 48.9035, 9.2265,
        48.9052, 9.2200, 48.9073, 9.2155, 48.9098, 9.2128, 48.9145, 9.2140, 48.9200, 9.2125, 48.9265, 9.2040, 48.9330,
        9.2010, 48.9420);
    area("water", "", neckar.buffer(38));
    line("river", "Neckar", neckar);
    area("water", "", ellipse(9.1722, 48.9206, 210, 120));
    keepFree = keepFree.union(neckar.buffer(70));
  }

  private void parks() {
    park("Blühendes Barock", 9.1943, 48.8966, 9.1956, 48.8963, 9.2003, 48.8964, 9.2011, 48.8998, 9.1999, 48.9026,
        9.1962,
        48.9031, 9.1938, 48.9021, 9.1942, 48.9000);
    park("Favoritepark", 9.1872, 48.9048, 9.1915, 48.9036, 9.1962, 48.9040, 9.1975, 48.9068, 9.1940, 48.9108, 9.1880,
        48.9120, 9.1838, 48.9098);
    park("Bärenwiese", 9.1946, 48.8947, 9.1972, 48.8950, 9.1981, 48.8934, 9.1972, 48.8918, 9.1951, 48.8916, 9.1946,
        48.8929);
    park("", 9.1874, 48.8960, 9.1888, 48.8961, 9.1889, 48.8969, 9.1875, 48.8968);
    park("Salonwald", 9.1985, 48.8868, 9.2040, 48.8862, 9.2062, 48.8838, 9.2040, 48.8806, 9.1990, 48.8812, 9.1968,
        48.8838);
    park("Osterholz", 9.1500, 48.8988, 9.1585, 48.9002, 9.1640, 48.8976, 9.1600, 48.8948, 9.1520, 48.8944);
    park("Alter Friedhof", 9.1992, 48.8955, 9.2022, 48.8952, 9.2025, 48.8932, 9.1996, 48.8934);
    park("", 9.2050, 48.9010, 9.2098, 48.9014, 9.2102, 48.8988, 9.2056, 48.8984);
    park("Monrepos", 9.1670, 48.9222, 9.1760, 48.9236, 9.1790, 48.9198, 9.1735, 48.9172, 9.1672, 48.9186);
    park("", 9.2140, 48.9052, 9.2200, 48.9066, 9.2280, 48.9042, 9.2345, 48.9020, 9.2320, 48.9004, 9.2230, 48.9024);
    park("", 9.1450, 48.9120, 9.1580, 48.9180, 9.1640, 48.9150, 9.1570, 48.9110);
  }

  private void park(String name, double... outline) {
    var shape = soft(outline);
    area("park", name, shape);
    keepFree = keepFree.union(shape.buffer(6));
  }

  private void railway() {
    var trunk = curve(9.1772, 48.8700, 9.1812, 48.8800, 9.1842, 48.8880, 9.18523, 48.89209, 9.1854, 48.8965, 9.1838,
        48.9010, 9.1795, 48.9042, 9.1700, 48.9062, 9.1580, 48.9082, 9.1450, 48.9110);
    var branch = curve(9.1838, 48.9010, 9.1816, 48.9050, 9.18057, 48.90948, 9.1826, 48.9160, 9.1900, 48.9235, 9.1990,
        48.9300);
    line("rail", "", trunk);
    line("rail", "", branch);
    keepFree = keepFree.union(trunk.buffer(26)).union(branch.buffer(20));
  }

  private void roads() {
    federal("Stuttgarter Straße", 9.1888, 48.8740, 9.1903, 48.8806, 9.19068, 48.88473, 9.1925, 48.8886, 9.19271,
        48.89079,
        9.1939, 48.8936, 9.1940, 48.8962);
    federal("Schlossstraße", 9.1940, 48.8962, 9.1939, 48.8983, 9.1931, 48.9000, 9.1917, 48.9015);
    federal("Heilbronner Straße", 9.1917, 48.9015, 9.1902, 48.9023, 9.1873, 48.90275, 9.1830, 48.9030);
    federal("Frankfurter Straße", 9.1830, 48.9030, 9.1767, 48.9034, 9.1712, 48.9052, 9.1712, 48.9078, 9.1720, 48.9088,
        9.1716, 48.9120, 9.1690, 48.9180, 9.1640, 48.9260);
    main("Schwieberdinger Straße", 9.1400, 48.8912, 9.1534, 48.8921, 9.1666, 48.8927, 9.1759, 48.8920, 9.1810, 48.8909,
        9.1843, 48.8909);
    main("Friedrichstraße", 9.1843, 48.8909, 9.1880, 48.8896, 9.1925, 48.8886, 9.1990, 48.8889, 9.20743, 48.88941);
    main("Schorndorfer Straße", 9.1940, 48.8962, 9.1990, 48.8959, 9.20307, 48.8960, 9.2084, 48.8957, 9.2162, 48.8943,
        9.2222, 48.8935, 9.2296, 48.8926, 9.2400, 48.8880);
    main("Marbacher Straße", 9.1917, 48.9015, 9.1965, 48.9030, 9.2060, 48.9031, 9.2117, 48.9038, 9.2160, 48.9058,
        9.2200,
        48.9076, 9.2226, 48.9098, 9.2200, 48.9135, 9.2205, 48.9195);
    main("Wilhelmstraße", 9.1856, 48.8955, 9.1884, 48.8957, 9.1926, 48.8961, 9.1940, 48.8962);
    main("Alleenstraße", 9.1864, 48.8928, 9.1900, 48.8932, 9.1939, 48.8936);
    main("Friedrich-Ebert-Straße", 9.1939, 48.8936, 9.1975, 48.8925, 9.2007, 48.8911, 9.2045, 48.8911);
    main("Solitudestraße", 9.1872, 48.8850, 9.1876, 48.8875, 9.1880, 48.8896, 9.1886, 48.8925, 9.1884, 48.8957);
    main("Asperger Straße", 9.1917, 48.8972, 9.1878, 48.8974, 9.1834, 48.8984, 9.1789, 48.8993, 9.1728, 48.9014, 9.1640,
        48.9036);
    main("Bietigheimer Straße", 9.1902, 48.9023, 9.1902, 48.9012, 9.1908, 48.8990, 9.1910, 48.8974);
    main("Oststraße", 9.2031, 48.8960, 9.2040, 48.8930, 9.2045, 48.8911, 9.2074, 48.8894);
    main("Aldinger Straße", 9.2074, 48.8894, 9.2084, 48.8844, 9.2118, 48.8824, 9.2190, 48.8790);
    main("Robert-Franck-Allee", 9.1925, 48.8886, 9.1970, 48.8874, 9.2023, 48.8871, 9.2081, 48.8862);
    main("Osterholzallee", 9.1595, 48.8943, 9.1684, 48.8967, 9.1728, 48.8971, 9.1790, 48.8970);
    main("Gänsfußallee", 9.1759, 48.8920, 9.1768, 48.8945, 9.1762, 48.8980, 9.1728, 48.9014);
    main("Möglinger Straße", 9.1500, 48.8866, 9.1593, 48.8859, 9.1640, 48.8874, 9.1732, 48.8878, 9.1782, 48.8898,
        9.1843,
        48.8909);
    main("Neckarweihinger Straße", 9.2296, 48.8926, 9.2250, 48.8961, 9.2230, 48.9010, 9.2200, 48.9076);
    main("Markgröninger Straße", 9.1712, 48.9052, 9.1640, 48.9036, 9.1530, 48.9020, 9.1400, 48.9022);
  }

  private void federal(String name, double... points) {
    road("federal", name, points);
  }

  private void main(String name, double... points) {
    road("main", name, points);
  }

  private void road(String layer, String name, double... points) {
    var axis = curve(points);
    line(layer, name, axis);
    mainRoads = mainRoads.union(axis);
  }

  private void landmarks() {
    var palace = at(9.1958, 48.8998);
    var castle = rectangle(palace, -85, -110, 85, 110).difference(rectangle(palace, -48, -78, 48, 72))
        .union(rectangle(palace, -22, 100, 22, 128)).union(rectangle(palace, -105, -30, -80, 0))
        .union(rectangle(palace, 80, -30, 105, 0)).union(rectangle(palace, -40, -118, 40, -104));
    landmark("Residenzschloss", castle);
    landmark("MHPArena", AffineTransformation.rotationInstance(0.2, at(9.1823, 48.8905).x, at(9.1823, 48.8905).y)
        .transform(rectangle(at(9.1823, 48.8905), -48, -36, 48, 36)));
    landmark("Bahnhof", AffineTransformation.rotationInstance(0.06, at(9.1858, 48.8921).x, at(9.1858, 48.8921).y)
        .transform(rectangle(at(9.1858, 48.8921), -12, -62, 12, 62)));
    landmark("Forum", rectangle(at(9.1950, 48.8922), -34, -30, 34, 30));
    landmark("Rathaus", rectangle(at(9.1919, 48.8957), -30, -14, 30, 14));
    landmark("Schloss Favorite", rectangle(at(9.1966, 48.9052), -26, -16, 26, 16));
    landmark("Klinikum", rectangle(at(9.2052, 48.8980), -90, -30, 90, 30).union(rectangle(at(9.2052, 48.8980), -20, -70,
        20, 70)));
    var market = rectangle(at(9.1912, 48.8979), -38, -34, 38, 34);
    area("square", "Marktplatz", market);
    keepFree = keepFree.union(market.buffer(4));
  }

  private void landmark(String name, Geometry shape) {
    area("landmark", name, shape);
    keepFree = keepFree.union(shape.buffer(16));
  }

  private void quarters() {
    var all = List.of(
        new Quarter("Innenstadt", -3, 96, 58, false, 9.1862, 48.8899, 9.1931, 48.8892, 9.1936, 48.8940, 9.1936, 48.9000,
            9.1906, 48.9019, 9.1866, 48.9018),
        new Quarter("Nordstadt", 4, 104, 60, false, 9.1845, 48.9012, 9.1866, 48.9018, 9.1900, 48.9021, 9.1908, 48.9034,
            9.1868, 48.9045, 9.1836, 48.9080, 9.1826, 48.9060),
        new Quarter("Weststadt", 13, 112, 62, false, 9.1700, 48.8930, 9.1842, 48.8918, 9.1848, 48.8965, 9.1826, 48.9010,
            9.1760, 48.9022, 9.1650, 48.9000, 9.1655, 48.8965),
        new Quarter("Werke", 10, 190, 110, true, 9.1520, 48.8930, 9.1690, 48.8937, 9.1745, 48.8913, 9.1750, 48.8872,
            9.1640,
            48.8868, 9.1530, 48.8890),
        new Quarter("Südstadt", 7, 104, 60, false, 9.1780, 48.8902, 9.1870, 48.8894, 9.1925, 48.8880, 9.1968, 48.8866,
            9.1958,
            48.8820, 9.1890, 48.8800, 9.1800, 48.8820),
        new Quarter("Oststadt", -4, 100, 60, false, 9.1990, 48.8928, 9.1990, 48.8890, 9.2080, 48.8870, 9.2160, 48.8880,
            9.2180, 48.8940, 9.2150, 48.8992, 9.2060, 48.8975, 9.2028, 48.8957),
        new Quarter("Karlshöhe", 2, 104, 62, false, 9.1944, 48.8912, 9.1990, 48.8912, 9.1992, 48.8880, 9.1940, 48.8872),
        new Quarter("Schlösslesfeld", 18, 104, 60, false, 9.2110, 48.9030, 9.2140, 48.8998, 9.2210, 48.9006, 9.2240,
            48.9030,
            9.2190, 48.9050),
        new Quarter("Marbacher Tor", 9, 104, 60, false, 9.1980, 48.9028, 9.2060, 48.9016, 9.2110, 48.9030, 9.2080,
            48.9060,
            9.2000, 48.9070),
        round("Eglosheim", 27, 9.1680, 48.9095, 720, 560), round("Hoheneck", 38, 9.2055, 48.9108, 420, 380),
        round("Neckarweihingen", 60, 9.2240, 48.9125, 520, 740), round("Oßweil", -12, 9.2305, 48.8918, 760, 560),
        round("Pflugfelden", 20, 9.1595, 48.8848, 480, 300), round("Poppenweiler", 8, 9.2660, 48.9082, 480, 620),
        round("Grünbühl", 22, 9.2145, 48.8805, 520, 300));
    for (var quarter : all) {
      build(quarter);
    }
  }

  private static Quarter round(String name, double turn, double longitude, double latitude, double wide, double high) {
    var outline = new double[24];
    for (int i = 0; i < 12; i++) {
      double angle = Math.PI * i / 6;
      double reach = 0.86 + 0.14 * Math.cos(3 * angle + turn);
      outline[2 * i] = longitude + wide * reach * Math.cos(angle) / EAST;
      outline[2 * i + 1] = latitude + high * reach * Math.sin(angle) / NORTH;
    }
    return new Quarter(name, turn, 110, 64, false, outline);
  }

  /** Cuts a quarter into blocks: streets between them, houses along their edges. */
  private void build(Quarter quarter) {
    var outline = polygon(quarter.outline());
    area("built", "", soft(quarter.outline()));
    var middle = outline.getCentroid().getCoordinate();
    var turned = AffineTransformation.rotationInstance(Math.toRadians(quarter.turn()), middle.x, middle.y);
    double reach = Math.max(outline.getEnvelopeInternal().getWidth(), outline.getEnvelopeInternal().getHeight());
    var ground = outline.buffer(-14).difference(keepFree).difference(mainRoads.buffer(10));
    var streetGround = outline.difference(keepFree);
    var columns = steps(middle.x - reach, middle.x + reach, quarter.blockLength());
    var rows = steps(middle.y - reach, middle.y + reach, quarter.blockDepth());
    for (double x : columns) {
      street(turned.transform(straight(x, rows.getFirst(), x, rows.getLast())).intersection(streetGround));
    }
    for (double y : rows) {
      street(turned.transform(straight(columns.getFirst(), y, columns.getLast(), y)).intersection(streetGround));
    }
    for (int i = 0; i + 1 < columns.size(); i++) {
      for (int j = 0; j + 1 < rows.size(); j++) {
        block(quarter, turned, ground, columns.get(i), rows.get(j), columns.get(i + 1), rows.get(j + 1));
      }
    }
  }

  private List<Double> steps(double from, double to, double width) {
    var all = new ArrayList<Double>();
    for (double at = from; at < to; at += width * (0.82 + 0.36 * random.nextDouble())) {
      all.add(at);
    }
    return all;
  }

  private void street(Geometry lines) {
    for (int i = 0; i < lines.getNumGeometries(); i++) {
      if (lines.getGeometryN(i) instanceof LineString line && line.getLength() > 60) {
        line("street", "", line);
      }
    }
  }

  private void block(Quarter quarter, AffineTransformation turned, Geometry ground, double west, double south,
      double east, double north) {
    double inset = 9;
    if (quarter.works()) {
      if (random.nextDouble() < 0.8) {
        house(turned, ground, west + inset + 6, south + inset + 4, east - inset - 25 * random.nextDouble() - 6,
            north - inset - 25 * random.nextDouble());
      }
      return;
    }
    double depth = 13 + 3 * random.nextDouble();
    for (double x = west + inset; x < east - inset - 12;) {
      double width = Math.min(14 + 16 * random.nextDouble(), east - inset - x);
      if (random.nextDouble() < 0.88) {
        house(turned, ground, x, south + inset, x + width, south + inset + depth);
      }
      if (random.nextDouble() < 0.88) {
        house(turned, ground, x, north - inset - depth, x + width, north - inset);
      }
      x += width + (random.nextDouble() < 0.35 ? 8 : 1.5);
    }
  }

  private void house(AffineTransformation turned, Geometry ground, double west, double south, double east,
      double north) {
    if (east - west < 8 || north - south < 8) {
      return;
    }
    var shape = turned.transform(FACTORY.toGeometry(new org.locationtech.jts.geom.Envelope(west, east, south, north)));
    if (ground.contains(shape)) {
      houses.append(houses.isEmpty() ? "" : ",\n").append(rings((Polygon) shape));
    }
  }

  private void labels() {
    label("town", "Ludwigsburg", 9.1900, 48.8985);
    label("quarter", "Innenstadt", 9.1899, 48.8967);
    label("quarter", "Weststadt", 9.1746, 48.8962);
    label("quarter", "Südstadt", 9.1872, 48.8862);
    label("quarter", "Oststadt", 9.2115, 48.8927);
    label("quarter", "Nordstadt", 9.1862, 48.9036);
    label("district", "Eglosheim", 9.1680, 48.9095);
    label("district", "Hoheneck", 9.2055, 48.9108);
    label("district", "Neckarweihingen", 9.2240, 48.9125);
    label("district", "Oßweil", 9.2305, 48.8918);
    label("district", "Pflugfelden", 9.1595, 48.8848);
    label("district", "Poppenweiler", 9.2660, 48.9082);
    label("district", "Grünbühl-Sonnenberg", 9.2145, 48.8805);
    label("district", "Schlösslesfeld", 9.2175, 48.9024);
    label("spot", "Bahnhof", 9.1859, 48.8914);
    label("spot", "Residenzschloss", 9.1958, 48.8999);
    label("spot", "Marktplatz", 9.1912, 48.8979);
    label("spot", "Forum am Schlosspark", 9.1950, 48.8917);
    label("spot", "MHPArena", 9.1823, 48.8899);
    label("spot", "Klinikum", 9.2052, 48.8972);
    label("parkname", "Blühendes Barock", 9.1985, 48.8980);
    label("parkname", "Favoritepark", 9.1905, 48.9075);
    label("parkname", "Bärenwiese", 9.1964, 48.8941);
    label("parkname", "Salonwald", 9.2015, 48.8838);
    label("parkname", "Osterholz", 9.1568, 48.8974);
    label("parkname", "Seeschloss Monrepos", 9.1725, 48.9186);
  }

  private void label(String layer, String name, double longitude, double latitude) {
    ground
        .add("{\"type\":\"Feature\",\"properties\":{\"layer\":\"%s\",\"name\":\"%s\"},\"geometry\":{\"type\":\"Point\","
            .formatted(layer, name) + "\"coordinates\":[" + longitude + "," + latitude + "]}}");
  }

  private void line(String layer, String name, LineString line) {
    ground.add(feature(layer, name, "LineString", ring(line.getCoordinates())));
  }

  private void area(String layer, String name, Geometry shape) {
    for (int i = 0; i < shape.getNumGeometries(); i++) {
      if (shape.getGeometryN(i) instanceof Polygon polygon) {
        ground.add(feature(layer, name, "Polygon", rings(polygon)));
      }
    }
  }

  private static String feature(String layer, String name, String type, String coordinates) {
    return "{\"type\":\"Feature\",\"properties\":{\"layer\":\"" + layer + "\""
        + (name.isEmpty() ? "" : ",\"name\":\"" + name + "\"") + "},\"geometry\":{\"type\":\"" + type
        + "\",\"coordinates\":" + coordinates + "}}";
  }

  private static String rings(Polygon polygon) {
    var text = new StringBuilder("[").append(ring(polygon.getExteriorRing().getCoordinates()));
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      text.append(',').append(ring(polygon.getInteriorRingN(i).getCoordinates()));
    }
    return text.append(']').toString();
  }

  private static String ring(Coordinate[] coordinates) {
    var text = new StringBuilder("[");
    for (var c : coordinates) {
      text.append(text.length() == 1 ? "[" : ",[")
          .append(String.format(Locale.ROOT, "%.5f,%.5f", LONGITUDE + c.x / EAST, LATITUDE + c.y / NORTH)).append(']');
    }
    return text.append(']').toString();
  }

  private static Coordinate at(double longitude, double latitude) {
    return new Coordinate((longitude - LONGITUDE) * EAST, (latitude - LATITUDE) * NORTH);
  }

  private static Geometry rectangle(Coordinate middle, double west, double south, double east, double north) {
    return FACTORY.toGeometry(new org.locationtech.jts.geom.Envelope(middle.x + west, middle.x + east, middle.y + south,
        middle.y + north));
  }

  private static Geometry ellipse(double longitude, double latitude, double wide, double high) {
    var middle = at(longitude, latitude);
    return AffineTransformation.scaleInstance(wide, high, middle.x, middle.y)
        .transform(FACTORY.createPoint(middle).buffer(1, 8));
  }

  private static LineString straight(double fromX, double fromY, double toX, double toY) {
    return FACTORY.createLineString(new Coordinate[]{new Coordinate(fromX, fromY), new Coordinate(toX, toY)});
  }

  private static Polygon polygon(double... outline) {
    var ring = new Coordinate[outline.length / 2 + 1];
    for (int i = 0; i < ring.length - 1; i++) {
      ring[i] = at(outline[2 * i], outline[2 * i + 1]);
    }
    ring[ring.length - 1] = ring[0].copy();
    return FACTORY.createPolygon(ring);
  }

  /** An outline with rounded corners. */
  private static Geometry soft(double... outline) {
    return polygon(outline).buffer(-35, 4).buffer(35, 4);
  }

  /** A line that swings softly through all points (Catmull–Rom). */
  private static LineString curve(double... points) {
    int count = points.length / 2;
    var all = new ArrayList<Coordinate>();
    for (int i = 0; i + 1 < count; i++) {
      var before = at(points[2 * Math.max(0, i - 1)], points[2 * Math.max(0, i - 1) + 1]);
      var from = at(points[2 * i], points[2 * i + 1]);
      var to = at(points[2 * i + 2], points[2 * i + 3]);
      int last = Math.min(count - 1, i + 2);
      var after = at(points[2 * last], points[2 * last + 1]);
      for (int step = 0; step < 6; step++) {
        double t = step / 6.0;
        all.add(new Coordinate(bend(before.x, from.x, to.x, after.x, t), bend(before.y, from.y, to.y, after.y, t)));
      }
    }
    all.add(at(points[points.length - 2], points[points.length - 1]));
    return FACTORY.createLineString(all.toArray(Coordinate[]::new));
  }

  private static double bend(double a, double b, double c, double d, double t) {
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
  }
}
