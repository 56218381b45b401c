package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.modelstore.StoredModel;
import java.util.Optional;

/** What came of loading a model. */
public sealed interface Loading {

  /**
   * The model was verified and answers.
   *
   * @param model as it was loaded
   * @param classifier warm; whoever takes it closes it
   * @param parity how its maps compare with the CPU's in fp32; empty where that is what runs
   */
  record Ready(StoredModel model, Classifier classifier, Optional<ParityResult> parity)
      implements Loading {}

  /**
   * The model does not keep its contract and must not serve.
   *
   * @param reason a sentence for a person
   */
  record Refused(String reason) implements Loading {}
}
