package fovea.app;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;

/**
 * How much of a map lies where the lesion is.
 *
 * @param mass share of the map's sum inside the dilated truth zone
 * @param area share of the field of view that the zone covers
 */
record ZoneShare(double mass, double area) {

  static ZoneShare of(JsonNode map, Lesion lesion) {
    int height = map.path("grid").path("height").asInt();
    int width = map.path("grid").path("width").asInt();
    boolean[] zone = lesion.dilatedZone().mask(height, width);
    boolean[] field = Phantom.FIELD_OF_VIEW.mask(height, width);
    double inside = 0;
    double all = 0;
    int zoneCells = 0;
    int fieldCells = 0;
    for (int i = 0; i < zone.length; i++) {
      double value = map.path("mean").path(i).asDouble();
      all += value;
      inside += zone[i] ? value : 0;
      zoneCells += zone[i] ? 1 : 0;
      fieldCells += field[i] ? 1 : 0;
    }
    return new ZoneShare(inside / all, zoneCells / (double) fieldCells);
  }

  @Override
  public String toString() {
    return "%.3f of the attention on %.3f of the field: %.1f times its share"
        .formatted(mass, area, mass / area);
  }
}
