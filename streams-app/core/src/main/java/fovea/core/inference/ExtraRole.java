package fovea.core.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a graph of contract {@code evidence/1} may say beside logits and evidence. */
public enum ExtraRole {
  /** What the model makes of the image as a whole: D numbers. */
  EMBEDDING("embedding", 1),
  /** Where the image lies in the model's plane: 2 numbers. */
  PROJECTION("projection", 1),
  /** How much each cell is like each learned example: P×h×w. */
  PROTOTYPE_SIMILARITY("prototype_similarity", 3),
  /** Activation of each lesion before its sigmoid: K×h×w. */
  LESIONS("lesions", 3);

  private static final int PLANE = 2;

  private final String text;
  private final int rank;

  ExtraRole(String text, int rank) {
    this.text = text;
    this.rank = rank;
  }

  /** The role as a manifest names it. */
  public String text() {
    return text;
  }

  /** Extents of one image. */
  public int rank() {
    return rank;
  }

  /** Whether it is maps on the evidence's grid. */
  public boolean maps() {
    return rank > 1;
  }

  /** The role of this name; empty where it is none of these. */
  public static Optional<ExtraRole> named(String text) {
    return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
  }

  /** Whether one image's output may have this shape. */
  boolean allows(List<Integer> shape) {
    return shape.size() == rank
        && shape.stream().allMatch(extent -> extent > 0)
        && (this != PROJECTION || shape.getFirst() == PLANE);
  }
}
