package fovea.query.picture;

import java.util.Locale;
import java.util.Optional;

/**
 * Draws maps as PNG. Immutable, thread-safe.
 *
 * <p>Over an underlay colours are the more opaque the more there is to see, so that anatomy stays
 * visible where the model does not look, or where nothing differs; the scale bar is drawn by the
 * same rule over mid-grey.
 */
public final class Pictures {
  private static final int PAPER = 0xffffff;
  private static final int INK = 0x1b2733;
  private static final int FAINT = 0x5b6773;
  private static final int MID_GREY = 0x808080;
  private static final int LARGE_FROM = 900;
  private static final int TICKS = 4;

  private final Palette viridis = Palette.viridis();
  private final Palette blueRed = Palette.blueRed();
  private final Lettering small = Lettering.ofSize(13);
  private final Lettering large = Lettering.ofSize(26);

  /** The map alone, size × size for a square grid. */
  public byte[] plain(HeatMap map) {
    Canvas canvas = new Canvas(map.size(), map.rows(), PAPER);
    paint(canvas, map, map.colours(), 0);
    return PngFormat.encode(canvas);
  }

  /** The map with its caption above and a scale bar with numbers below; as wide as the map. */
  public byte[] captioned(HeatMap map, Caption caption) {
    Lettering letters = map.size() < LARGE_FROM ? small : large;
    int line = letters.height() + letters.height() / 5;
    int pad = letters.height() / 2;
    int top = pad + line * caption.lines().size() + pad / 2;
    int bar = letters.height();
    Canvas canvas = new Canvas(map.size(), top + map.rows() + pad + bar + 2 * line + pad, PAPER);
    int y = pad;
    for (String text : caption.lines()) {
      int colour = y == pad ? INK : FAINT;
      letters.draw(canvas, pad, y, letters.fitted(text, map.size() - 2 * pad), colour);
      y += line;
    }
    Colours colours = map.colours();
    paint(canvas, map, colours, top);
    int below = top + map.rows() + pad;
    bar(canvas, colours, new Band(pad, below, map.size() - 2 * pad, bar));
    ticks(canvas, colours, letters, new Band(pad, below + bar, map.size() - 2 * pad, line));
    String unit = letters.fitted(caption.unit(), map.size() - 2 * pad);
    letters.draw(canvas, pad, below + bar + line, unit, FAINT);
    return PngFormat.encode(canvas);
  }

  private record Band(int x, int y, int width, int height) {}

  private void paint(Canvas canvas, HeatMap map, Colours colours, int top) {
    ScalarField field = map.field().resampled(map.rows(), map.size());
    Optional<ScalarField> below =
        map.underlay().map(raster -> ScalarField.of(raster).resampled(map.rows(), map.size()));
    Palette palette = palette(colours);
    for (int y = 0; y < map.rows(); y++) {
      for (int x = 0; x < map.size(); x++) {
        double share = colours.share(field.at(y, x));
        if (below.isPresent()) {
          canvas.set(x, top + y, grey(below.get().at(y, x)));
        }
        canvas.blend(x, top + y, palette.rgb(share), colours.opacity(share));
      }
    }
  }

  private void bar(Canvas canvas, Colours colours, Band band) {
    Palette palette = palette(colours);
    for (int x = 0; x < band.width(); x++) {
      double share = x / (double) Math.max(1, band.width() - 1);
      for (int y = 0; y < band.height(); y++) {
        canvas.set(band.x() + x, band.y() + y, MID_GREY);
        canvas.blend(band.x() + x, band.y() + y, palette.rgb(share), colours.opacity(share));
      }
    }
  }

  private Palette palette(Colours colours) {
    return colours.scale() == ColourScale.SEQUENTIAL ? viridis : blueRed;
  }

  private void ticks(Canvas canvas, Colours colours, Lettering letters, Band band) {
    int ticks = band.width() < 40 * letters.height() / 4 ? 1 : TICKS;
    for (int i = 0; i <= ticks; i++) {
      String number = number(colours, colours.number((double) i / ticks));
      int width = letters.width(number);
      int at = band.x() + band.width() * i / ticks - width * i / ticks;
      letters.draw(canvas, at, band.y() + letters.height() / 8, number, INK);
    }
  }

  private static int grey(double sample) {
    int level = (int) Math.max(0, Math.min(255, Math.round(sample)));
    return level << 16 | level << 8 | level;
  }

  /** Of a difference, with its sign. */
  private static String number(Colours colours, double value) {
    boolean signed = colours.scale() == ColourScale.DIVERGING && value != 0;
    return (signed ? value > 0 ? "+" : "−" : "") + number(signed ? Math.abs(value) : value);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size == 0 ? "%.0f" : size >= 100 ? "%.0f" : size >= 0.095 ? "%.2f" : "%.2g";
    return String.format(Locale.ROOT, form, value);
  }
}
