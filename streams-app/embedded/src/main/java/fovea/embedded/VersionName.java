package fovea.embedded;

import fovea.wire.RegistryException;
import java.util.List;
import java.util.Optional;

/**
 * How a caller names a version: a number from 1, or {@code latest}.
 *
 * @param number the number; 0 for the latest
 */
record VersionName(int number) {
  private static final VersionName LATEST = new VersionName(0);

  static VersionName of(String text) throws RegistryException {
    if (text.equals("latest") || text.equals("-1")) {
      return LATEST;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw RegistryErrors.invalidVersion(text);
    }
    return new VersionName(Integer.parseInt(text));
  }

  boolean isLatest() {
    return number == 0;
  }

  Optional<SchemaVersion> in(List<SchemaVersion> versions) {
    return isLatest()
        ? Optional.of(versions.getLast())
        : versions.stream().filter(version -> version.version() == number).findFirst();
  }

  @Override
  public String toString() {
    return isLatest() ? "latest" : Integer.toString(number);
  }
}
