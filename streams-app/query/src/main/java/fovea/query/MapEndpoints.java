package fovea.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.query.picture.Caption;
import fovea.query.picture.HeatMap;
import fovea.query.picture.NpyFormat;
import fovea.query.picture.ScalarField;
import fovea.query.read.MeanImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One global map, as JSON, PNG and NPY. */
final class MapEndpoints {
  private static final int SIZE = 448;
  private final ReadModels models;
  private final Gallery gallery;
  private final Composer composer;

  MapEndpoints(ReadModels models, Gallery gallery, Composer composer) {
    this.models = models;
    this.gallery = gallery;
    this.composer = composer;
  }

  List<Route> routes() {
    String path = "/api/v1/global-explanations/map";
    return List.of(
        new Route(path, MapParameters.NAMES, true, this::json),
        new Route(
            path + ".png",
            MapParameters.and(MapParameters.NAMES, "layer", "size", "underlay", "caption"),
            true,
            ask -> gallery.png(path, ask, () -> exhibit(ask))),
        new Route(path + ".npy", MapParameters.and(MapParameters.NAMES, "layer"), true, this::npy));
  }

  private Reply json(Ask ask) {
    ComposedMap map = map(ask);
    ObjectNode tree = MapJson.of(map);
    tree.put("underlayImages", underlay(map).map(MeanImage::n).orElse(0L));
    return Reply.json(MapJson.standing(tree, models));
  }

  private Reply npy(Ask ask) {
    return Reply.ok("application/octet-stream", NpyFormat.encode(field(map(ask), Layer.of(ask))))
        .with("Content-Disposition", "attachment; filename=\"map.npy\"");
  }

  private Exhibit exhibit(Ask ask) {
    int size = ask.integer("size", SIZE, 64, 2048);
    boolean overImage = ask.word("underlay", "mean-image", "none").equals("mean-image");
    boolean captioned = ask.word("caption", "full", "none").equals("full");
    ComposedMap map = map(ask);
    Optional<MeanImage> mean = overImage ? underlay(map) : Optional.empty();
    Layer layer = Layer.of(ask);
    HeatMap heat = new HeatMap(field(map, layer), mean.map(MeanImage::raster), size);
    return new Exhibit(heat, caption(map, layer), captioned);
  }

  private ComposedMap map(Ask ask) {
    return composer.map(MapParameters.wanted(ask));
  }

  private Optional<MeanImage> underlay(ComposedMap map) {
    return models.ring().mean(map.model(), map.frame(), map.wanted().sites());
  }

  private static ScalarField field(ComposedMap map, Layer layer) {
    double[] values =
        switch (layer) {
          case MEAN -> map.mean().mean();
          case STDERR -> map.extra().folds().orElseThrow(Layer::none).standardError();
        };
    if (Double.isNaN(values[0])) {
      throw Layer.none();
    }
    return new ScalarField(map.mean().height(), map.mean().width(), values);
  }

  private static Caption caption(ComposedMap map, Layer layer) {
    String title =
        String.format(Locale.ROOT, "%s · n = %,d · %s", map.label(), map.mean().n(), map.period());
    return new Caption(
        List.of(title, MapWords.below(map)), MapWords.unit(map.wanted().quantity(), layer));
  }
}
