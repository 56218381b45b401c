package fovea.embedded;

import fovea.wire.RegistryException;
import java.util.List;

/** A registry's refusals, with the status and code that Confluent's clients know. */
final class RegistryErrors {
  private RegistryErrors() {}

  static RegistryException subjectNotFound(String subject) {
    return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException versionNotFound(VersionName version) {
    return new RegistryException(404, 40402, "Version " + version + " not found.");
  }

  static RegistryException schemaNotFound() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException levelNotSet(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryException modeNotSet(String subject) {
    return new RegistryException(
        404, 40409, "Subject '" + subject + "' does not have subject-level mode configured");
  }

  static RegistryException unknownPath(String path) {
    return new RegistryException(404, 404, "HTTP 404 Not Found: " + path);
  }

  static RegistryException notJson() {
    return new RegistryException(400, 400, "The request is not a JSON object");
  }

  static RegistryException incompatible(String subject, List<String> objections) {
    return new RegistryException(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject '"
            + subject
            + "', details: "
            + objections);
  }

  static RegistryException invalidSchema(String why) {
    return new RegistryException(422, 42201, "Invalid schema: " + why);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  static RegistryException invalidLevel(String level) {
    return new RegistryException(422, 42203, "Invalid compatibility level: '" + level + "'");
  }

  static RegistryException notPermitted(String what) {
    return new RegistryException(422, 42205, what + " is not permitted");
  }
}
