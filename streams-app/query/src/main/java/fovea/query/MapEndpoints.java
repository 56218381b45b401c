package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.map.GlobalMap;
import fovea.core.map.KeyCount;
import fovea.core.map.MapAnswer;
import fovea.core.map.Period;
import fovea.core.moments.MomentsSnapshot;
import fovea.query.picture.Caption;
import fovea.query.picture.HeatMap;
import fovea.query.picture.NpyFormat;
import fovea.query.picture.Pictures;
import fovea.query.picture.ScalarField;
import fovea.query.read.MeanImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The global maps: which there are, and each as JSON, PNG and NPY. */
final class MapEndpoints {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1000;
  private static final int SIZE = 448;
  private final ReadModels models;
  private final Pictures pictures;

  MapEndpoints(ReadModels models, Pictures pictures) {
    this.models = models;
    this.pictures = pictures;
  }

  List<Route> routes() {
    String base = "/api/v1/global-explanations";
    return List.of(
        new Route(base, MapParameters.and("limit", "after"), true, this::keys),
        new Route(base + "/map", MapParameters.NAMES, true, this::json),
        new Route(
            base + "/map.png", MapParameters.and("size", "underlay", "caption"), true, this::png),
        new Route(base + "/map.npy", MapParameters.NAMES, true, this::npy));
  }

  private Reply keys(Ask ask) {
    Period period = MapParameters.period(ask);
    int limit = ask.integer("limit", PAGE, 1, MAX_PAGE);
    String after = ask.text("after").orElse("");
    List<Named> found =
        models
            .maps()
            .keys()
            .filter(one -> wanted(ask, one.key()) && period.contains(one.key().pane()))
            .map(one -> new Named(one.key().text(), one))
            .filter(one -> one.text.compareTo(after) > 0)
            .sorted(Comparator.comparing(Named::text))
            .limit(limit + 1L)
            .toList();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode keys = out.putArray("keys");
    found.stream().limit(limit).forEach(one -> keys.add(one.json()));
    if (found.size() > limit) {
      out.put("next", found.get(limit - 1).text);
    }
    return Reply.json(out);
  }

  private static boolean wanted(Ask ask, AggregateKey key) {
    Set<String> sites = ask.many("site");
    return is(ask, "model", key.model().id())
        && is(ask, "version", key.model().version())
        && is(ask, "variant", key.model().variant())
        && is(ask, "frame", key.frame())
        && is(ask, "label", key.label())
        && is(ask, "basis", key.basis().name())
        && is(ask, "quantity", key.quantity().name())
        && (sites.isEmpty() || sites.contains(key.site()));
  }

  private static boolean is(Ask ask, String name, String value) {
    return ask.text(name).map(value::equals).orElse(true);
  }

  private Reply json(Ask ask) {
    GlobalMap map = map(ask);
    ObjectNode tree = MapJson.of(map);
    tree.put("underlayImages", underlay(ask, map).map(MeanImage::n).orElse(0L));
    return Reply.json(tree);
  }

  private Reply npy(Ask ask) {
    return Reply.ok("application/octet-stream", NpyFormat.encode(field(map(ask).moments())))
        .with("Content-Disposition", "attachment; filename=\"map.npy\"");
  }

  private Reply png(Ask ask) {
    int size = ask.integer("size", SIZE, 64, 2048);
    boolean overImage = ask.word("underlay", "mean-image", "none").equals("mean-image");
    boolean captioned = ask.word("caption", "full", "none").equals("full");
    GlobalMap map = map(ask);
    Optional<MeanImage> mean = overImage ? underlay(ask, map) : Optional.empty();
    HeatMap heat = new HeatMap(field(map.moments()), mean.map(MeanImage::raster), size);
    return Reply.ok(
        "image/png", captioned ? pictures.captioned(heat, caption(map)) : pictures.plain(heat));
  }

  private GlobalMap map(Ask ask) {
    return switch (models.maps().map(MapParameters.query(ask))) {
      case MapAnswer.Here here -> here.map();
      case MapAnswer.Absent absent -> throw Problem.notFound(absent.reason());
      case MapAnswer.Ambiguous open -> throw Problem.ambiguous(open.parameter(), open.choices());
    };
  }

  private Optional<MeanImage> underlay(Ask ask, GlobalMap map) {
    return models.ring().mean(map.model(), map.frame(), ask.many("site"));
  }

  private static ScalarField field(MomentsSnapshot moments) {
    return new ScalarField(moments.gridHeight(), moments.gridWidth(), moments.mean());
  }

  private static Caption caption(GlobalMap map) {
    String days =
        map.days().size() == 1
            ? map.days().firstKey().toString()
            : map.days().firstKey() + " to " + map.days().lastKey();
    String title =
        String.format(
            Locale.ROOT, "%s · n = %,d · %s", map.measure().label(), map.moments().n(), days);
    String sites = String.join(", ", map.sites().keySet());
    String below =
        "%s %s · %s · %s"
            .formatted(
                map.model().id(), map.model().version(), words(map.measure().basis()), sites);
    return new Caption(List.of(title, below), MapJson.unit(map.measure().quantity()));
  }

  private static String words(Basis basis) {
    return switch (basis) {
      case ALL, NONE -> "all images";
      case PREDICTED -> "images predicted to have it";
      case CONFIRMED -> "images confirmed to have it";
      case TP -> "images rightly found";
      case FP -> "images wrongly found";
      case FN -> "images missed";
      case TN -> "images rightly not found";
    };
  }

  private record Named(String text, KeyCount count) {
    ObjectNode json() {
      AggregateKey key = count.key();
      return JsonNodeFactory.instance
          .objectNode()
          .put("key", text)
          .put("model", key.model().id())
          .put("version", key.model().version())
          .put("variant", key.model().variant())
          .put("frame", key.frame())
          .put("quantity", key.quantity().name())
          .put("label", key.label())
          .put("basis", key.basis().name())
          .put("site", key.site())
          .put("day", key.pane().toString())
          .put("n", count.n())
          .put("asOf", count.asOf().toString());
    }
  }
}
