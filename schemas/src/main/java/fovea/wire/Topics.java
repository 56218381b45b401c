package fovea.wire;

/**
 * The names of Fovea's topics under one prefix.
 *
 * @param prefix what every name begins with, e.g. {@code fovea}
 */
public record Topics(String prefix) {
  public Topics {
    if (!prefix.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "topic prefix must be letters, digits, '.', '_' and '-': '" + prefix + "'");
    }
  }

  public String images() {
    return prefix + ".images";
  }

  public String explanations() {
    return prefix + ".explanations";
  }

  public String outcomes() {
    return prefix + ".outcomes";
  }

  public String erasures() {
    return prefix + ".erasures";
  }

  public String globalExplanations() {
    return prefix + ".global-explanations";
  }

  public String validations() {
    return prefix + ".validations";
  }

  public String alarms() {
    return prefix + ".alarms";
  }

  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  public String models() {
    return prefix + ".models";
  }

  public String certificates() {
    return prefix + ".certificates";
  }
}
