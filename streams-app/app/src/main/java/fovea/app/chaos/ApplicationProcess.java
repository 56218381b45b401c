package fovea.app.chaos;

import fovea.app.Main;
import fovea.embedded.EndWithParent;

/** The product's own command line as a process that ends with the one that started it. */
public final class ApplicationProcess {
  private ApplicationProcess() {}

  /** Takes the arguments of {@code fovea}. */
  public static void main(String[] args) {
    EndWithParent.watch();
    Main.main(args);
  }
}
