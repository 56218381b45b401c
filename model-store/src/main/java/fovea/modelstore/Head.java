package fovea.modelstore;

import fovea.modelstore.HeadLayer.Activation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A classifier's end as it was read off its graph: a map of features, its mean, and layers from
 * there to the logits.
 *
 * @param map value of shape N×C×H×W
 * @param pooling what takes its mean, as a person would name it
 * @param layers in the order they run
 * @param logits value of shape N×L
 * @param end what makes probabilities of the logits
 */
record Head(String map, String pooling, List<HeadLayer> layers, String logits, HeadEnd end) {
  Head {
    layers = List.copyOf(layers);
  }

  /** The link and the output that showed it. */
  record HeadEnd(String output, Optional<Link> link) {}

  /** Whether every activation is linear in pieces: the evidence then says all. */
  boolean exact() {
    return layers.stream().noneMatch(layer -> layer instanceof Activation a && !a.linear());
  }

  /** Whether there is any activation between the layers. */
  boolean linear() {
    return layers.stream().noneMatch(Activation.class::isInstance);
  }

  String said() {
    return layers.isEmpty()
        ? "none: the pooled channels are the logits"
        : layers.stream().map(HeadLayer::said).collect(Collectors.joining(" → "));
  }
}
