package fovea.streams.application;

import fovea.wire.Topics;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/**
 * What topologies do, as the facts of a drawing: its arrows. Immutable.
 *
 * <p>{@code (images) -> [score]}, {@code [score] -> (explanations)}, {@code [accumulate] ->
 * {moments}}: topics in round, steps in square brackets, stores in braces. A step is a node with a
 * store; nodes without one are plumbing between a step and a topic and leave no trace. Topics go by
 * their names without prefix and without what Kafka appends, so that a topic and the one it is
 * repartitioned to are one.
 *
 * @param arrows every arrow once
 */
public record DescribedFlow(SortedSet<String> arrows) {
  private static final String REPARTITION = "-repartition";

  public DescribedFlow {
    arrows = Collections.unmodifiableSortedSet(new TreeSet<>(arrows));
  }

  /** The flow of topologies that are joined by their topics. */
  public static DescribedFlow of(Topics topics, List<Topology> topologies) {
    SortedSet<String> arrows = new TreeSet<>();
    for (Topology topology : topologies) {
      for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
        part.nodes().forEach(node -> leaving(node, topics.prefix() + ".", arrows));
      }
    }
    return new DescribedFlow(arrows);
  }

  /** Names between these brackets, e.g. {@code "()"} for the topics. */
  public SortedSet<String> between(String brackets) {
    SortedSet<String> names = new TreeSet<>();
    for (String arrow : arrows) {
      for (String end : arrow.split(" -> ")) {
        if (end.charAt(0) == brackets.charAt(0)) {
          names.add(end.substring(1, end.length() - 1));
        }
      }
    }
    return names;
  }

  private static void leaving(Node node, String prefix, Set<String> arrows) {
    if (node instanceof Source source) {
      for (String topic : source.topicSet()) {
        reached(node, prefix).stream()
            .filter(to -> to.startsWith("["))
            .forEach(to -> arrows.add(topic(topic, prefix) + " -> " + to));
      }
    } else if (isStep(node)) {
      String from = "[" + node.name() + "]";
      ((Processor) node).stores().forEach(store -> arrows.add(from + " -> {" + store + "}"));
      reached(node, prefix).forEach(to -> arrows.add(from + " -> " + to));
    }
  }

  /** Steps and topics behind a node, through its plumbing. */
  private static SortedSet<String> reached(Node from, String prefix) {
    SortedSet<String> out = new TreeSet<>();
    for (Node next : from.successors()) {
      if (next instanceof Sink sink) {
        out.add(topic(sink.topic(), prefix));
      } else if (isStep(next)) {
        out.add("[" + next.name() + "]");
      } else {
        out.addAll(reached(next, prefix));
      }
    }
    return out;
  }

  private static boolean isStep(Node node) {
    return node instanceof Processor processor && !processor.stores().isEmpty();
  }

  private static String topic(String name, String prefix) {
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return "("
        + (bare.endsWith(REPARTITION)
            ? bare.substring(0, bare.length() - REPARTITION.length())
            : bare)
        + ")";
  }
}
