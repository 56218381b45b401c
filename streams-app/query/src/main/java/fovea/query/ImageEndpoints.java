package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.image.Raster;
import fovea.core.map.ImageExplanation;
import fovea.core.map.ImageFilter;
import fovea.core.map.ListedImage;
import fovea.query.picture.HeatMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The newest images, and what was said of each. */
final class ImageEndpoints {
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 200;
  private static final int SIZE = 224;
  private final ReadModels models;
  private final Gallery gallery;

  ImageEndpoints(ReadModels models, Gallery gallery) {
    this.models = models;
    this.gallery = gallery;
  }

  List<Route> routes() {
    String one = "/api/v1/images/{imageId}";
    return List.of(
        new Route(
            "/api/v1/images",
            List.of("site", "label", "model", "limit", "before"),
            true,
            this::newest),
        new Route(one + "/explanations", List.of(), true, this::explanations),
        new Route(
            one + "/explanations.png",
            List.of(
                "label",
                "map",
                "lesion",
                "model",
                "version",
                "subject",
                "size",
                "underlay",
                "caption"),
            true,
            ask -> gallery.png(one, ask, () -> exhibit(ask))));
  }

  private Reply newest(Ask ask) {
    int limit = ask.integer("limit", PAGE, 1, MAX_PAGE);
    ImageFilter filter =
        new ImageFilter(ask.text("site"), ask.text("label"), ask.text("model"), before(ask));
    List<ListedImage> images = models.images().newest(filter, limit);
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode list = out.putArray("images");
    images.forEach(image -> list.add(ImageJson.listed(image)));
    if (images.size() == limit) {
      out.put("next", Long.toString(images.getLast().position()));
    }
    return Reply.json(out);
  }

  private static Optional<Long> before(Ask ask) {
    try {
      return ask.text("before").map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw Problem.parameter("before", "must be the next of an earlier answer");
    }
  }

  private Reply explanations(Ask ask) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    held(ask).forEach(one -> out.add(ImageJson.full(one)));
    return Reply.json(out);
  }

  private Exhibit exhibit(Ask ask) {
    int size = ask.integer("size", SIZE, 64, 2048);
    boolean overImage = ask.word("underlay", "image", "none").equals("image");
    boolean captioned = ask.word("caption", "full", "none").equals("full");
    ImageExplanation one = one(ask);
    ImagePicture picture = ImagePicture.of(ask, one);
    Optional<Raster> below = overImage ? one.thumbnail() : Optional.empty();
    HeatMap heat = new HeatMap(picture.field(), below, size);
    return new Exhibit(heat, picture.caption(), captioned);
  }

  private List<ImageExplanation> held(Ask ask) {
    String imageId = ask.variable("imageId");
    List<ImageExplanation> held = models.images().of(imageId);
    if (held.isEmpty()) {
      throw Problem.notFound("no explanation of this image is held; the newest images are");
    }
    return held;
  }

  private ImageExplanation one(Ask ask) {
    List<ImageExplanation> left = held(ask);
    left = chosen(ask, "subject", left, one -> one.image().subjectId());
    left = chosen(ask, "model", left, one -> one.model().id());
    left = chosen(ask, "version", left, one -> one.model().version());
    return left.getFirst();
  }

  private static List<ImageExplanation> chosen(
      Ask ask,
      String parameter,
      List<ImageExplanation> from,
      Function<ImageExplanation, String> name) {
    List<String> names = from.stream().map(name).distinct().sorted().toList();
    Optional<String> given = ask.text(parameter);
    if (given.isEmpty() && names.size() > 1) {
      throw Problem.ambiguous(parameter, names);
    }
    String wanted = given.orElse(names.getFirst());
    if (!names.contains(wanted)) {
      throw Problem.notOneOf(parameter, wanted, names);
    }
    return from.stream().filter(one -> name.apply(one).equals(wanted)).toList();
  }
}
