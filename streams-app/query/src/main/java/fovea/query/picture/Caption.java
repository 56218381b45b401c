package fovea.query.picture;

import java.util.List;

/**
 * What is written beside a map.
 *
 * @param lines above it, the first in full strength
 * @param unit below the scale bar
 */
public record Caption(List<String> lines, String unit) {
  public Caption {
    lines = List.copyOf(lines);
  }
}
