package de.citycloud.platform.identity;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as an SVG path of unit squares.
 *
 * @param size squares on each side, with the quiet border of 4
 * @param path what is dark, for {@code <path d>}
 */
record QrCode(int size, String path) {
  private static final int QUIET = 4;

  static QrCode of(String text) {
    try {
      var matrix = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
      var path = new StringBuilder();
      for (int y = 0; y < matrix.getHeight(); y++) {
        for (int x = 0; x < matrix.getWidth(); x++) {
          if (matrix.get(x, y) == 1) {
            path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
          }
        }
      }
      return new QrCode(matrix.getWidth() + 2 * QUIET, path.toString());
    } catch (WriterException e) {
      throw new IllegalArgumentException("%d characters do not fit into a QR code".formatted(text.length()), e);
    }
  }
}
