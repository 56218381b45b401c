package fovea.modelstore;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of looking for a classifier's evidence in a plain graph. */
public sealed interface HeadReading {

  /**
   * The graph gives logits and evidence now.
   *
   * @param graph the same net with nodes at its end
   * @param outputs its outputs by role: logits, evidence, and offset where it depends on the image
   * @param offset one per label where it does not; empty where it does
   * @param found what was read off the graph
   */
  record Rewritten(OnnxGraph graph, Map<String, String> outputs, List<Float> offset, Found found)
      implements HeadReading {
    public Rewritten {
      outputs = Map.copyOf(outputs);
      offset = List.copyOf(offset);
    }
  }

  /**
   * The head cannot be written as evidence per cell.
   *
   * @param reason a sentence for a person, naming the node
   * @param logits the same net with its logits as the only output; empty where no output has one
   *     row of numbers per image
   */
  record BlackBox(String reason, Optional<Rewritten> logits) implements HeadReading {}

  /**
   * A classifier's end.
   *
   * @param output the graph's output that was followed
   * @param pooling what takes the mean, and of which value; empty of a black box
   * @param head the layers from there to the logits; empty of a black box
   * @param labels how many logits there are; 0 where the graph does not say
   * @param link as the graph's last node shows it; empty if none does
   * @param linear whether the head is one matrix
   * @param exact whether logits are mean(evidence) + offset by the head's own algebra; else
   *     evidence is first order
   * @param float16 whether the graph computes in half precision somewhere; logits are then summed
   *     anew in float32
   */
  record Found(
      String output,
      String pooling,
      String head,
      int labels,
      Optional<Link> link,
      boolean linear,
      boolean exact,
      boolean float16) {}
}
