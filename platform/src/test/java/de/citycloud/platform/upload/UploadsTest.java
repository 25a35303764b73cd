package de.citycloud.platform.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.problem.CityProblem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D19: type by content, size, pictures without EXIF, outside of the web, malware hook. */
class UploadsTest {
  private static final Municipality TOWN = new Municipality(7, "upload-town", "Bildstadt", 9, 48, false);
  private static final UploadPolicy PHOTOS = new UploadPolicy(EnumSet.allOf(UploadType.class), 1 << 20, true);
  @TempDir
  private Path data;

  private StoredFile keep(byte[] content, String name, UploadPolicy policy, MalwareCheck... checks) throws IOException {
    return CurrentMunicipality.call(TOWN,
        () -> new Uploads(data, List.of(checks)).keep(new ByteArrayInputStream(content), name, policy));
  }

  private static byte[] picture(String format) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  /** A photo with an EXIF part, as a phone writes it behind the first two bytes. */
  private static byte[] photoFromAPhone() throws IOException {
    var exif = "Exif\0\0II*\0GPS 48.8975N 9.1922E MARKER".getBytes(StandardCharsets.ISO_8859_1);
    var plain = picture("jpeg");
    var out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    out.write(new byte[]{(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)});
    out.write(exif);
    out.write(plain, 2, plain.length - 2);
    return out.toByteArray();
  }

  @Test
  void aPhotoForThePublicLosesPlaceAndCamera() throws Exception {
    var photo = photoFromAPhone();
    assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("MARKER");
    var kept = keep(photo, "IMG_1.JPG", PHOTOS);
    var file = CurrentMunicipality.call(TOWN, () -> new Uploads(data, List.of()).find(kept.id())).orElseThrow();
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain("MARKER", "Exif");
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(40);
    assertThat(kept.type()).isEqualTo(UploadType.JPEG);
  }

  @Test
  void aFileIsWhatItsFirstBytesSay() throws Exception {
    var files = Map.of("photo.jpg", picture("png"), "page.png", "<html><script>".getBytes(StandardCharsets.UTF_8),
        "tool.pdf", new byte[]{'M', 'Z', 0, 1}, "photo.jpeg.exe", picture("jpeg"), "noending", picture("png"),
        "x.png", new byte[0], "drawing.svg",
        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
    for (var file : files.entrySet()) {
      assertThatThrownBy(() -> keep(file.getValue(), file.getKey(), PHOTOS)).as(file.getKey())
          .isInstanceOf(CityProblem.class).hasFieldOrPropertyWithValue("slug", "upload-type");
    }
    var onlyPdf = new UploadPolicy(Set.of(UploadType.PDF), 1_000, false);
    assertThatThrownBy(() -> keep(picture("png"), "a.png", onlyPdf)).isInstanceOf(CityProblem.class);
    assertThat(keep("%PDF-1.7\n%âãÏÓ\n1 0 obj".getBytes(StandardCharsets.ISO_8859_1), "a.PDF", onlyPdf).type())
        .isEqualTo(UploadType.PDF);
  }

  @Test
  void aFileThatIsTooLargeOrUnpacksToTooMuchIsRefused() throws Exception {
    assertThatThrownBy(() -> keep(new byte[(1 << 20) + 1], "a.png", PHOTOS)).isInstanceOf(CityProblem.class)
        .hasFieldOrPropertyWithValue("slug", "upload-too-large");
    var bomb = picture("png");
    // width and height stand at 16 and 20: 60,000 times 60,000 pixels
    System.arraycopy(new byte[]{0, 0, (byte) 0xea, 0x60, 0, 0, (byte) 0xea, 0x60}, 0, bomb, 16, 8);
    assertThatThrownBy(() -> keep(bomb, "a.png", PHOTOS)).isInstanceOf(CityProblem.class);
    assertThatThrownBy(() -> new UploadPolicy(Set.of(UploadType.PDF), 1L << 40, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatACheckFindsHarmfulOrCannotReadIsRefused() throws Exception {
    assertThatThrownBy(() -> keep(picture("png"), "a.png", PHOTOS, file -> true, file -> false))
        .isInstanceOf(CityProblem.class).hasFieldOrPropertyWithValue("slug", "upload-harmful");
    assertThatThrownBy(() -> keep(picture("png"), "a.png", PHOTOS, file -> {
      throw new IOException("scanner away");
    })).isInstanceOf(CityProblem.class).hasMessageNotContaining("scanner");
    assertThat(keep(picture("png"), "a.png", PHOTOS, file -> true).bytes()).isPositive();
    try (var files = Files.list(data.resolve("uploads").resolve("7"))) {
      assertThat(files.map(file -> file.getFileName().toString())).as("what was refused leaves nothing")
          .hasSize(1).allMatch(name -> name.matches("[0-9a-f]{32}"));
    }
  }

  @Test
  void filesLieOutsideOfTheWebUnderNamesOfOurOwn() throws Exception {
    var kept = keep(picture("png"), "../../../static/evil.png", PHOTOS);
    assertThat(kept.id()).matches("[0-9a-f]{32}");
    var other = new Municipality(8, "upload-other", "Nachbar", 9, 48, false);
    var uploads = new Uploads(data, List.of());
    assertThat(CurrentMunicipality.call(other, () -> uploads.find(kept.id()))).as("another town").isEmpty();
    for (var id : List.of("", "..", "../7/" + kept.id(), kept.id() + "/",
        kept.id().toUpperCase(java.util.Locale.ROOT) + "x")) {
      assertThat(CurrentMunicipality.call(TOWN, () -> uploads.find(id))).as(id).isEmpty();
    }
    assertThat(CurrentMunicipality.call(TOWN, () -> uploads.delete(kept.id()))).isTrue();
    assertThat(CurrentMunicipality.call(TOWN, () -> uploads.find(kept.id()))).isEmpty();
  }
}
