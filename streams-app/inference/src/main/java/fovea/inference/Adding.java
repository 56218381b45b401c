package fovea.inference;

import fovea.modelstore.StoredModel;
import java.util.List;

/** What came of adding a model. */
public sealed interface Adding {

  /**
   * A new version stands in the store, and was loaded from it once.
   *
   * @param model as written
   * @param notes what was decided for the user, a sentence each
   */
  record Added(StoredModel model, List<String> notes) implements Adding {
    public Added {
      notes = List.copyOf(notes);
    }
  }

  /** The store has the very same model already: nothing was written. */
  record Unchanged(StoredModel model) implements Adding {}

  /**
   * The file does not keep the contract.
   *
   * @param reason a sentence for a person
   */
  record Refused(String reason) implements Adding {}
}
