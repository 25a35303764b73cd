package de.citycloud.platform.upload;

import de.citycloud.platform.problem.CityProblem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.springframework.http.HttpStatus;

/** Draws a picture anew, so that nothing but the picture stays: no place, no time, no camera, no hidden parts. */
final class PictureOnly {
  /** Width times height; a small file can unpack to much more. */
  static final long MOST_PIXELS = 40_000_000;

  private PictureOnly() {}

  static void redraw(Path file, UploadType type) throws IOException {
    BufferedImage picture;
    try (var in = ImageIO.createImageInputStream(file.toFile())) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw unreadable();
      }
      var reader = readers.next();
      try {
        reader.setInput(in, true, true);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new CityProblem("upload-too-large", HttpStatus.CONTENT_TOO_LARGE,
              "The picture has more than %d pixels.\nMaybe send a smaller version.".formatted(MOST_PIXELS));
        }
        picture = reader.read(0);
      } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw unreadable();
      } finally {
        reader.dispose();
      }
    }
    if (!ImageIO.write(picture, type.name().toLowerCase(Locale.ROOT), file.toFile())) {
      throw unreadable();
    }
  }

  private static CityProblem unreadable() {
    return new CityProblem("upload-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "The picture cannot be read.\nMaybe it was cut off; save it again and send that.");
  }
}
