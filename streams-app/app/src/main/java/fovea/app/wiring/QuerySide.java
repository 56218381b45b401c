package fovea.app.wiring;

/** The read models with the page and the API on top. */
final class QuerySide {
  static QuerySide start(Instance instance) {
    return new QuerySide();
  }

  String page() {
    return "";
  }

  long images() {
    return 0;
  }

  long deadLetters() {
    return 0;
  }

  void close() {}
}
