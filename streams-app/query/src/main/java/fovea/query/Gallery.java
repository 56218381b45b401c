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

/** Answers with pictures: draws what is not kept. Thread-safe. */
final class Gallery {
  private static final int FIRST_DRAWINGS = 6;
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
    for (int i = 0; i < FIRST_DRAWINGS; i++) {
      ColourScale scale = ColourScale.values()[i % ColourScale.values().length];
      scene(new Exhibit(new HeatMap(field, below, SIZE, scale), caption, true)).drawing().get();
    }
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
