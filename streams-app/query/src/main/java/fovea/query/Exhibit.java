package fovea.query;

import fovea.query.picture.Caption;
import fovea.query.picture.HeatMap;
import fovea.query.picture.ScalarField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A picture that could be drawn.
 *
 * @param heat the map
 * @param caption what is written beside it
 * @param captioned whether anything is
 */
record Exhibit(HeatMap heat, Caption caption, boolean captioned) {

  /** Equal exhibits, and for all that matters only they, have equal tags. */
  String tag() {
    byte[] words =
        (captioned + "|" + heat.size() + "|" + heat.scale() + "|" + caption)
            .getBytes(StandardCharsets.UTF_8);
    byte[] field = bytes(heat.field());
    byte[] below = heat.underlay().map(ScalarField::of).map(Exhibit::bytes).orElse(new byte[0]);
    ByteBuffer all = ByteBuffer.allocate(words.length + field.length + below.length + 8);
    all.putInt(words.length).put(words).putInt(field.length).put(field).put(below);
    return Etags.of(all.array());
  }

  private static byte[] bytes(ScalarField field) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + Double.BYTES * field.height() * field.width());
    bytes.putInt(field.width());
    for (int y = 0; y < field.height(); y++) {
      for (int x = 0; x < field.width(); x++) {
        bytes.putDouble(field.at(y, x));
      }
    }
    return bytes.array();
  }
}
