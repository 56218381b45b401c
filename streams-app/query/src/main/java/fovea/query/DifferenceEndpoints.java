package fovea.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.composition.MapDifference;
import fovea.query.picture.Caption;
import fovea.query.picture.ColourScale;
import fovea.query.picture.HeatMap;
import fovea.query.picture.NpyFormat;
import fovea.query.picture.ScalarField;
import fovea.query.read.MeanImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One map minus another, as JSON, PNG and NPY: of any two, or of present and absent findings. */
final class DifferenceEndpoints {
  private static final int SIZE = 448;
  private final ReadModels models;
  private final Gallery gallery;
  private final Pairs pairs;

  DifferenceEndpoints(ReadModels models, Gallery gallery, Pairs pairs) {
    this.models = models;
    this.gallery = gallery;
    this.pairs = pairs;
  }

  List<Route> routes() {
    String path = "/api/v1/global-explanations/map/";
    String contrast = path + "present-minus-absent";
    List<String> names = MapParameters.PRESENT_MINUS_ABSENT;
    return List.of(
        json(path + "difference", MapParameters.OF_BOTH, pairs::chosen),
        png(path + "difference", MapParameters.OF_BOTH, pairs::chosen),
        npy(path + "difference", MapParameters.OF_BOTH, pairs::chosen),
        json(contrast, names, pairs::presentAbsent),
        png(contrast, names, pairs::presentAbsent),
        npy(contrast, names, pairs::presentAbsent));
  }

  private Route json(String path, List<String> names, Function<Ask, MapPair> pair) {
    return new Route(path, names, true, ask -> Reply.json(json(pair.apply(ask))));
  }

  private Route png(String path, List<String> names, Function<Ask, MapPair> pair) {
    return new Route(
        path + ".png",
        MapParameters.and(names, "layer", "size", "underlay", "caption"),
        true,
        ask -> gallery.png(path, ask, () -> exhibit(ask, pair)));
  }

  private Route npy(String path, List<String> names, Function<Ask, MapPair> pair) {
    return new Route(
        path + ".npy",
        MapParameters.and(names, "layer"),
        true,
        ask ->
            Reply.ok(
                    "application/octet-stream",
                    NpyFormat.encode(field(pair.apply(ask), Layer.of(ask))))
                .with("Content-Disposition", "attachment; filename=\"difference.npy\""));
  }

  private ObjectNode json(MapPair pair) {
    MapDifference difference = pair.difference();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.putObject("grid")
        .put("height", difference.first().height())
        .put("width", difference.first().width());
    out.put("unit", MapWords.difference(pair.first().wanted().quantity()));
    MapJson.array(out.putArray("difference"), difference.values());
    pair.standardError().ifPresent(values -> MapJson.standardError(out, values));
    out.set("greatest", cell(difference, difference.greatest()));
    out.set("least", cell(difference, difference.least()));
    pair.by().ifPresent(by -> out.put("by", by));
    out.set("first", MapJson.of(pair.first()));
    out.set("minus", MapJson.of(pair.second()));
    out.put("asOf", pair.asOf().toString());
    out.put("underlayImages", underlay(pair).map(MeanImage::n).orElse(0L));
    return MapJson.standing(out, models);
  }

  private static ObjectNode cell(MapDifference of, int at) {
    int width = of.first().width();
    return JsonNodeFactory.instance
        .objectNode()
        .put("row", at / width)
        .put("column", at % width)
        .put("value", of.values()[at]);
  }

  private Exhibit exhibit(Ask ask, Function<Ask, MapPair> of) {
    int size = ask.integer("size", SIZE, 64, 2048);
    boolean overImage = ask.word("underlay", "mean-image", "none").equals("mean-image");
    boolean captioned = ask.word("caption", "full", "none").equals("full");
    MapPair pair = of.apply(ask);
    Layer layer = Layer.of(ask);
    Optional<MeanImage> mean = overImage ? underlay(pair) : Optional.empty();
    return new Exhibit(
        new HeatMap(field(pair, layer), mean.map(MeanImage::raster), size, scale(layer)),
        caption(pair, layer),
        captioned);
  }

  private Optional<MeanImage> underlay(MapPair pair) {
    ComposedMap first = pair.first();
    return models.ring().mean(first.model(), first.frame(), first.wanted().sites());
  }

  private static ColourScale scale(Layer layer) {
    return layer == Layer.MEAN ? ColourScale.DIVERGING : ColourScale.SEQUENTIAL;
  }

  private static ScalarField field(MapPair pair, Layer layer) {
    MapDifference difference = pair.difference();
    double[] values =
        switch (layer) {
          case MEAN -> difference.values();
          case STDERR -> pair.standardError().orElseThrow(Layer::none);
        };
    return new ScalarField(difference.first().height(), difference.first().width(), values);
  }

  private static Caption caption(MapPair pair, Layer layer) {
    ComposedMap first = pair.first();
    ComposedMap second = pair.second();
    return new Caption(
        List.of(
            "Difference: first minus second",
            "first: " + who(first),
            MapWords.whence(first),
            "second: " + who(second),
            MapWords.whence(second)),
        MapWords.difference(first.wanted().quantity(), layer));
  }

  private static String who(ComposedMap map) {
    return String.format(
        Locale.ROOT,
        "%s · n = %,d · %s",
        map.label(),
        map.mean().n(),
        map.wanted().population().words());
  }
}
