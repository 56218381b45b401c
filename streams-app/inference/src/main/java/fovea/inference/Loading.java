package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.modelstore.StoredModel;

/** What came of loading a model. */
public sealed interface Loading {

  /**
   * The model was verified and answers.
   *
   * @param model as it was loaded
   * @param classifier warm; whoever takes it closes it
   */
  record Ready(StoredModel model, Classifier classifier) implements Loading {}

  /**
   * The model does not keep its contract and must not serve.
   *
   * @param reason a sentence for a person
   */
  record Refused(String reason) implements Loading {}
}
