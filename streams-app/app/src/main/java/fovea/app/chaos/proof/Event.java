package fovea.app.chaos.proof;

import fovea.core.aggregate.ModelVersion;
import fovea.core.explanation.CellGrid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Something that was committed and of which the maps must take account. */
public sealed interface Event {

  /**
   * A model explained an image.
   *
   * @param subject pseudonym
   * @param image identity within the subject
   * @param ingestedAt when the image came
   * @param order which of several of one image counts
   * @param model what ran
   * @param place where it is counted
   * @param alignment {@code ALIGNED}, or why it is not
   * @param picture the image as acquired, and how it came into the frame
   * @param residual of the whole record, where it was checked
   * @param quantisation how the evidence is to be read
   * @param labels in the model's order
   */
  record Explained(
      String subject,
      String image,
      Instant ingestedAt,
      Order order,
      ModelVersion model,
      Place place,
      String alignment,
      Picture picture,
      OptionalDouble residual,
      Quantisation quantisation,
      List<Label> labels)
      implements Event {
    public Explained {
      labels = List.copyOf(labels);
    }
  }

  /**
   * What turned out to be true of an image.
   *
   * @param subject pseudonym
   * @param image identity within the subject
   * @param recordedAt when it came
   * @param rank which of several of one image holds
   * @param labels confirmed
   * @param assessed looked for; empty for all
   * @param regions by label, boxes in acquired pixels as x, y, width, height
   */
  record Confirmed(
      String subject,
      String image,
      Instant recordedAt,
      Rank rank,
      Set<String> labels,
      Set<String> assessed,
      Map<String, List<List<Integer>>> regions)
      implements Event {
    public Confirmed {
      labels = Set.copyOf(labels);
      assessed = Set.copyOf(assessed);
      regions = Map.copyOf(regions);
    }

    boolean speaksOf(String label) {
      return assessed.isEmpty() || assessed.contains(label) || labels.contains(label);
    }
  }

  /**
   * What came up to a moment is to be forgotten.
   *
   * @param subject pseudonym
   * @param image this one alone; empty for the whole subject
   * @param until the moment, included
   */
  record Erased(String subject, Optional<String> image, Instant until) implements Event {}

  /** The later confirmation wins, of equal ones the greater record, by its bytes in hexadecimal. */
  record Rank(Instant confirmedAt, String bytes) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      int byTime = confirmedAt.compareTo(other.confirmedAt);
      return byTime != 0 ? byTime : bytes.compareTo(other.bytes);
    }
  }

  /** The greater revision wins, of equal ones the greater SHA-256 of the content. */
  record Order(long revision, String sha256) implements Comparable<Order> {
    @Override
    public int compareTo(Order other) {
      int byRevision = Long.compare(revision, other.revision);
      return byRevision != 0 ? byRevision : sha256.compareTo(other.sha256);
    }
  }

  /** Frame, site and day. */
  record Place(String frame, String site, LocalDate pane) {}

  /** Size in pixels, and the transform's name. */
  record Picture(int width, int height, String transform) {}

  /** What of a map counts as nothing, and whether its minimum is taken away. */
  record Quantisation(int floor, boolean subtractMin) {}

  /**
   * One label's decision and, where the record has it, its map.
   *
   * @param measured names and values that came with it, in their order
   */
  record Label(
      String name,
      boolean decision,
      int clipped,
      Optional<CellGrid> evidence,
      List<Map.Entry<String, Double>> measured) {
    public Label {
      measured = List.copyOf(measured);
    }
  }
}
