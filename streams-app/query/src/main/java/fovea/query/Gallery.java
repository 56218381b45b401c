package fovea.query;

import fovea.core.image.Raster;
import fovea.query.KeptPictures.Scene;
import fovea.query.picture.Caption;
import fovea.query.picture.ColourScale;
import fovea.query.picture.HeatMap;
import fovea.query.picture.Pictures;
import fovea.query.picture.ScalarField;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with pictures: draws what is not kept. Thread-safe. */
final class Gallery {
  private static final Logger LOG = LoggerFactory.getLogger(Gallery.class);
  private static final int FIRST_DRAWINGS = 3;
  private static final int SIDE = 16;
  private static final int SIZE = 448;
  private final Pictures pictures = new Pictures();
  private final KeptPictures kept;

  Gallery(KeptPictures kept) {
    this.kept = kept;
  }

  /** The picture of what {@code now} exhibits; {@code wall} keeps apart what endpoints show. */
  Reply png(String wall, Ask ask, Supplier<Exhibit> now) {
    return Reply.ok("image/png", kept.picture(wall + ask.text(), () -> scene(now.get())));
  }

  /** Nothing that was drawn so far may be shown again. */
  void forget() {
    kept.forget();
  }

  /**
   * Draws some pictures for nobody, on a thread of its own: the first that somebody asks for then
   * finds the code ready.
   */
  void warm() {
    Thread.ofPlatform().name("first-pictures").daemon().start(this::first);
  }

  private void first() {
    double[] ramp = new double[SIDE * SIDE];
    byte[] grey = new byte[SIDE * SIDE];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i - SIDE * SIDE / 2.0;
      grey[i] = (byte) i;
    }
    ScalarField field = new ScalarField(SIDE, SIDE, ramp);
    Optional<Raster> below = Optional.of(Raster.of8(SIDE, SIDE, 1, grey));
    Caption caption = new Caption(List.of("n = 0"), "nothing");
    int bytes = 0;
    for (int i = 0; i < FIRST_DRAWINGS; i++) {
      for (ColourScale scale : ColourScale.values()) {
        HeatMap heat = new HeatMap(field, below, SIZE, scale);
        bytes += drawn(new Exhibit(heat, caption, true)).length;
      }
    }
    LOG.debug("drew {} bytes of pictures that nobody asked for", bytes);
  }

  private Scene scene(Exhibit exhibit) {
    return new Scene(exhibit.tag(), () -> drawn(exhibit));
  }

  private byte[] drawn(Exhibit exhibit) {
    return exhibit.captioned()
        ? pictures.captioned(exhibit.heat(), exhibit.caption())
        : pictures.plain(exhibit.heat());
  }
}
