package de.citycloud.platform.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Our fonts for PDFs, parsed once instead of for each document: that took a third of its time. One document at a time has
 * a pair, since parsed fonts are not made for two at once. Without ligatures, so that what is copied from a document or
 * searched in it is what was written.
 */
final class PdfFonts {
  private static final String FOLDER = "/fonts/";

  private final ConcurrentLinkedQueue<Pair> free = new ConcurrentLinkedQueue<>();

  /** Both weights. */
  record Pair(TrueTypeFont regular, TrueTypeFont semiBold) {
    /** The regular font in a document; what is not used is left out when it is written. */
    PDFont regularIn(PDDocument document) throws IOException {
      return PDType0Font.load(document, regular, true);
    }

    PDFont semiBoldIn(PDDocument document) throws IOException {
      return PDType0Font.load(document, semiBold, true);
    }
  }

  /** A pair that is nobody else's until it is given back. */
  Pair take() {
    var pair = free.poll();
    return pair == null
        ? new Pair(parse("400Regular/FiraSans_400Regular.ttf"), parse("600SemiBold/FiraSans_600SemiBold.ttf"))
        : pair;
  }

  void giveBack(Pair pair) {
    free.add(pair);
  }

  private static TrueTypeFont parse(String file) {
    try (var stream = Objects.requireNonNull(PdfFonts.class.getResourceAsStream(FOLDER + file), file)) {
      var font = new TTFParser(true).parse(new RandomAccessReadBuffer(stream.readAllBytes()));
      font.setEnableGsub(false);
      return font;
    } catch (IOException e) {
      throw new UncheckedIOException("The font " + file + " could not be read.", e);
    }
  }
}
