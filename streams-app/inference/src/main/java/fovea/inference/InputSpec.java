package fovea.inference;

import fovea.modelstore.Manifest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a graph takes, as a user writes it: {@code rgb224,scale=1/127.5,shift=-1}.
 *
 * <p>First {@code rgb} or {@code grey} with a side or height×width ({@code rgb384x512}); then
 * {@code scale} (a number or a fraction, 1 if absent) and {@code shift} (0 if absent). The graph
 * sees sample · scale + shift, samples in 0..255. {@code imagenet} in their place stands for the
 * means and deviations of that collection, by channel.
 *
 * @param channels 3 or 1
 * @param height rows
 * @param width columns
 * @param scale factor, positive
 * @param shift what is added after
 * @param imagenet ImageNet's means and deviations in place of scale and shift
 */
public record InputSpec(
    int channels, int height, int width, double scale, double shift, boolean imagenet) {
  private static final Pattern SIZE = Pattern.compile("(rgb|grey)(\\d{1,5})(?:x(\\d{1,5}))?");
  private static final int MAX_SIDE = 4096;
  private static final List<Float> IMAGENET_MEAN = List.of(123.675f, 116.28f, 103.53f);
  private static final List<Float> IMAGENET_STD = List.of(58.395f, 57.12f, 57.375f);

  public InputSpec {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException(
          "sides must be 1..%d: %dx%d".formatted(MAX_SIDE, height, width));
    }
    if (!Double.isFinite(scale) || scale <= 0 || !Double.isFinite(shift)) {
      throw new IllegalArgumentException(
          "scale must be positive and shift a number: " + scale + ", " + shift);
    }
    if (imagenet && channels != IMAGENET_MEAN.size()) {
      throw new IllegalArgumentException("imagenet is for rgb");
    }
  }

  /** With the same scale and shift for all channels. */
  public InputSpec(int channels, int height, int width, double scale, double shift) {
    this(channels, height, width, scale, shift, false);
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with what is wrong and an example
   */
  public static InputSpec parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(",", -1);
    Matcher size = SIZE.matcher(parts[0]);
    if (!size.matches()) {
      throw wrong(text, "'" + parts[0] + "' is no size");
    }
    double scale = 1;
    double shift = 0;
    boolean imagenet = false;
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.startsWith("scale=")) {
        scale = number(text, part.substring("scale=".length()));
      } else if (part.startsWith("shift=")) {
        shift = number(text, part.substring("shift=".length()));
      } else if (part.equals("imagenet")) {
        imagenet = true;
      } else {
        throw wrong(text, "'" + part + "' is neither scale nor shift");
      }
    }
    int height = Integer.parseInt(size.group(2));
    int width = size.group(3) == null ? height : Integer.parseInt(size.group(3));
    int channels = size.group(1).equals("rgb") ? 3 : 1;
    return new InputSpec(channels, height, width, scale, shift, imagenet);
  }

  /** The manifest's form: (sample − mean) ÷ std. */
  Manifest.Input input(String name) {
    if (imagenet) {
      return new Manifest.Input(name, channels, height, width, "NCHW", IMAGENET_MEAN, IMAGENET_STD);
    }
    float mean = (float) (0.0 - shift / scale);
    float std = (float) (1 / scale);
    return new Manifest.Input(
        name,
        channels,
        height,
        width,
        "NCHW",
        Collections.nCopies(channels, mean),
        Collections.nCopies(channels, std));
  }

  @Override
  public String toString() {
    String size = (channels == 3 ? "rgb" : "grey") + height + (height == width ? "" : "x" + width);
    return imagenet ? size + ",imagenet" : "%s,scale=%s,shift=%s".formatted(size, scale, shift);
  }

  private static double number(String text, String number) {
    String[] parts = number.split("/", -1);
    try {
      double value = Double.parseDouble(parts[0]);
      return switch (parts.length) {
        case 1 -> value;
        case 2 -> value / Double.parseDouble(parts[1]);
        default -> throw wrong(text, "'" + number + "' is no number and no fraction");
      };
    } catch (NumberFormatException e) {
      throw wrong(text, "'" + number + "' is no number and no fraction");
    }
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException(
        "input '%s': %s; write it like rgb224,scale=1/127.5,shift=-1".formatted(text, why));
  }
}
