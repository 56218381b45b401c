package fovea.app.chaos.proof;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Counters;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import fovea.core.quality.QualitySums;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bytes of every key's state.
 *
 * @param byKey arrays for reading only
 */
public record States(SortedMap<String, byte[]> byKey) {
  /** Before the key of a state of folds, which is that of the moments beside it. */
  static final String FOLDS = "folds ";

  /** Of no key. */
  public static final States NONE = new States(new TreeMap<>());

  public States {
    byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
  }

  /** SHA-256 over keys and bytes, in order of key. */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byKey.forEach(
          (key, bytes) -> {
            sha.update(key.getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
          });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What is not as in {@code wanted}, a line for each key; empty where all are bit-identical. */
  public List<String> differences(States wanted) {
    SortedSet<String> keys = new TreeSet<>(byKey.keySet());
    keys.addAll(wanted.byKey.keySet());
    List<String> out = new ArrayList<>();
    for (String key : keys) {
      byte[] is = byKey.get(key);
      byte[] should = wanted.byKey.get(key);
      if (is == null) {
        out.add(key + " is missing");
      } else if (should == null) {
        out.add("%s should not be there: %s".formatted(key, text(key, is)));
      } else if (!Arrays.equals(is, should)) {
        out.add("%s is %s, but should be %s".formatted(key, text(key, is), text(key, should)));
      }
    }
    return out;
  }

  private static String text(String key, byte[] state) {
    if (key.startsWith(FOLDS)) {
      return "n=%d sha256=%s".formatted(Folds.read(state).n(), digest(state).substring(0, 12));
    }
    return switch (AggregateKey.parse(key).quantity()) {
      case COUNTERS -> Counters.read(state).toString();
      case QUALITY -> QualitySums.read(state).toString();
      default -> moments(state);
    };
  }

  private static String moments(byte[] state) {
    MomentsSnapshot moments = Moments.read(state).snapshot();
    return "n=%d F=%016x sha256=%s"
        .formatted(moments.n(), moments.fingerprint(), digest(state).substring(0, 12));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
