package fovea.modelstore;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** Order of versions: runs of digits as numbers, everything else as text. */
final class VersionOrder {
  private static final Pattern RUNS = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  private VersionOrder() {}

  static int compare(String a, String b) {
    List<String> left = RUNS.splitAsStream(a).toList();
    List<String> right = RUNS.splitAsStream(b).toList();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = run(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.size(), right.size());
    return order != 0 ? order : a.compareTo(b);
  }

  private static int run(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }
}
