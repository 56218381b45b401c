package fovea.streams.readings;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionPath;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.schema.LesionPart;
import fovea.schema.Parts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where lesions are, and what each adds to the diagnosis. Immutable and thread-safe. */
final class LesionReader {
  private static final int LEAST_EXPONENT = -30;
  private static final int GREATEST_EXPONENT = 30;

  private final Readings.Lesions said;
  private final int mostMaps;

  LesionReader(Readings.Lesions said, int mostMaps) {
    this.said = said;
    this.mostMaps = mostMaps;
  }

  void write(Parts.Builder out, LabelGrids maps, Cells cells) {
    Diagnosis diagnosis = said.model().diagnosis();
    LesionPath path = said.model().path(maps);
    List<LesionPart> parts = new ArrayList<>();
    for (LesionPath.Step step : path.steps()) {
      CellGrid grid = cells.inFrame(quantised(maps, step.lesion()));
      parts.add(
          new LesionPart(
              said.names().get(step.lesion()),
              (float) step.probability(),
              (float) step.contribution(),
              cells.inFrame(step.peak()),
              map(step.lesion(), grid),
              grid.scaleExponent()));
    }
    out.setLesions(parts).setDiagnosis(said.label()).setPath(ReadingsJson.path(diagnosis));
    if (diagnosis instanceof Diagnosis.Weighted weighted) {
      out.setBias((float) weighted.bias());
    }
  }

  private @Nullable ByteBuffer map(int lesion, CellGrid grid) {
    return lesion < mostMaps ? grid.bytes() : null;
  }

  /** At the finest power of two that holds the map's greatest value. */
  private static CellGrid quantised(LabelGrids maps, int lesion) {
    float[] map = maps.grid(lesion);
    double greatest = 0;
    for (float value : map) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    int exponent = LEAST_EXPONENT;
    while (exponent < GREATEST_EXPONENT
        && Math.scalb((double) Short.MAX_VALUE, exponent) < greatest) {
      exponent++;
    }
    return new Quantiser(exponent).quantise(map, maps.height(), maps.width()).grid();
  }
}
