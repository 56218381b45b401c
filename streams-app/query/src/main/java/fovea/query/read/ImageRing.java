package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.map.ImageExplanation;
import fovea.core.map.ImageExplanations;
import fovea.core.map.ImageFilter;
import fovea.core.map.ImageKey;
import fovea.core.map.LabelEvidence;
import fovea.core.map.ListedImage;
import fovea.core.map.ModelChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest images by Kafka timestamp, with what every model said of them, and the mean of their
 * thumbnails. Thread-safe; bounded by images and by bytes.
 */
public final class ImageRing implements ImageExplanations {
  private static final int SEQUENCE_BITS = 20;
  private final int maxImages;
  private final long maxBytes;
  private final NavigableMap<Long, HeldImage> byPosition = new TreeMap<>();
  private final Map<ImageKey, HeldImage> byKey = new HashMap<>();
  private final Map<String, Set<ImageKey>> byImageId = new HashMap<>();
  private final Underlays underlays = new Underlays();
  private long bytes;
  private long sequence;

  /** Holds at most so many images, and about so many bytes. */
  public ImageRing(int maxImages, long maxBytes) {
    if (maxImages < 1 || maxImages >= 1 << SEQUENCE_BITS || maxBytes < 1) {
      throw new IllegalArgumentException(
          "images must be 1..%d, bytes positive: %d, %d"
              .formatted((1 << SEQUENCE_BITS) - 1, maxImages, maxBytes));
    }
    this.maxImages = maxImages;
    this.maxBytes = maxBytes;
  }

  /** Adds or replaces what one model said of one image; whether the image is new here. */
  public synchronized boolean put(ImageExplanation explanation) {
    ImageKey key = explanation.image();
    HeldImage before = byKey.get(key);
    HeldImage after =
        before == null
            ? HeldImage.first(position(explanation), explanation)
            : before.with(position(explanation), explanation);
    drop(before);
    hold(after);
    while (byKey.size() > maxImages || (bytes > maxBytes && byKey.size() > 1)) {
      drop(byPosition.firstEntry().getValue());
    }
    return before == null;
  }

  /** Takes away what one model version said of one image. */
  public synchronized void remove(ImageKey key, String model, String version) {
    HeldImage before = byKey.get(key);
    if (before != null) {
      drop(before);
      before.without(model, version).ifPresent(this::hold);
    }
  }

  @Override
  public synchronized List<ImageExplanation> of(String imageId) {
    return byImageId.getOrDefault(imageId, Set.of()).stream()
        .flatMap(key -> Optional.ofNullable(byKey.get(key)).stream())
        .flatMap(image -> image.explanations().stream())
        .toList();
  }

  @Override
  public synchronized List<ListedImage> newest(ImageFilter filter, int limit) {
    List<ListedImage> out = new ArrayList<>();
    for (HeldImage image :
        byPosition
            .headMap(filter.before().orElse(Long.MAX_VALUE), false)
            .descendingMap()
            .values()) {
      if (out.size() == limit) {
        break;
      }
      List<ImageExplanation> wanted =
          image.explanations().stream().filter(one -> wanted(filter, one)).toList();
      if (!wanted.isEmpty()) {
        out.add(new ListedImage(image.position(), wanted));
      }
    }
    return out;
  }

  /** The mean of the thumbnails held of some sites (none means all), where there is any. */
  public synchronized Optional<MeanImage> mean(
      ModelVersion model, String frame, Set<String> sites) {
    return underlays.mean(model, frame, sites);
  }

  /**
   * Whether an image is held that entered the maps, but whose record carries none of the label. One
   * without any map entered none.
   */
  public synchronized boolean lacksMap(ModelChoice model, String label) {
    return byKey.values().stream()
        .flatMap(image -> image.explanations().stream())
        .filter(one -> one.aligned() && one.mapped() && meant(model, one.model()))
        .flatMap(one -> one.labels().stream())
        .anyMatch(one -> one.label().equals(label) && one.evidence().isEmpty());
  }

  private static boolean meant(ModelChoice choice, ModelVersion model) {
    return choice.id().map(model.id()::equals).orElse(true)
        && choice.version().map(model.version()::equals).orElse(true)
        && choice.variant().map(model.variant()::equals).orElse(true);
  }

  public synchronized int size() {
    return byKey.size();
  }

  /** Positions order images by time, and those of one millisecond by arrival. */
  private long position(ImageExplanation explanation) {
    long within = sequence++ & (1 << SEQUENCE_BITS) - 1;
    return explanation.recordedAt().toEpochMilli() << SEQUENCE_BITS | within;
  }

  private void hold(HeldImage image) {
    byPosition.put(image.position(), image);
    byKey.put(image.key(), image);
    byImageId.computeIfAbsent(image.key().imageId(), id -> new LinkedHashSet<>()).add(image.key());
    image.explanations().forEach(one -> underlays.change(one, 1));
    bytes += image.bytes();
  }

  private void drop(@Nullable HeldImage image) {
    if (image == null) {
      return;
    }
    byPosition.remove(image.position());
    byKey.remove(image.key());
    byImageId.computeIfPresent(
        image.key().imageId(),
        (id, keys) -> {
          keys.remove(image.key());
          return keys.isEmpty() ? null : keys;
        });
    image.explanations().forEach(one -> underlays.change(one, -1));
    bytes -= image.bytes();
  }

  private static boolean wanted(ImageFilter filter, ImageExplanation one) {
    return filter.site().map(one.site()::equals).orElse(true)
        && filter.model().map(one.model().id()::equals).orElse(true)
        && filter.label().map(label -> decided(one, label)).orElse(true);
  }

  private static boolean decided(ImageExplanation one, String label) {
    return one.labels().stream()
        .filter(LabelEvidence::decision)
        .anyMatch(each -> each.label().equals(label));
  }
}
